internal import NativePrimitives
internal import Sealing
package import Tips

/// What opens one entry of the custody log: a salt and the event.
///
/// The log holds only ``commitment``, which without the salt tells nothing, not even to someone who
/// guesses the event. Salt and event are sealed to the desk and erased with the case; those of a
/// release also travel in its bundle (`custody/release.event`).
package struct SaltedLeaf: Hashable, Sendable {
    /// The length of the salt, in bytes.
    package static let saltByteCount = 32
    /// The longest encoding, in bytes.
    package static let maximumByteCount = saltByteCount + CustodyEvent.maximumByteCount

    /// 32 random bytes, used for this leaf only.
    package let salt: [UInt8]
    /// What happened.
    package let event: CustodyEvent

    /// The leaf of `event` with a fresh random salt.
    package init(_ event: CustodyEvent) {
        salt = NativePrimitives.randomBytes(count: Self.saltByteCount)
        self.event = event
    }

    /// The entry of the log: SHA-256("sallyport.leaf/1" || salt || event).
    package var commitment: Hash {
        Hash(sha256: ascii("sallyport.leaf/1") + encoded)
    }

    /// Salt and event, one after the other.
    package var encoded: [UInt8] { salt + event.encoded }

    /// Reads what ``encoded`` writes.
    ///
    /// - Throws: ``FormatError`` for anything else.
    package init(_ bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLarge }
        guard bytes.count > Self.saltByteCount else { throw .truncated }
        salt = Array(bytes.prefix(Self.saltByteCount))
        event = try CustodyEvent(Array(bytes.dropFirst(Self.saltByteCount)))
    }
}
