package import NativePrimitives
package import Sealing
package import Tips

/// An identifier as a keyed hash: equal for equal identifiers, and worthless without the key.
///
/// `HMAC-SHA-256(key, "sallyport.match/1" 0x00 kind 0x00 value)`. Numbers and names can be guessed,
/// so a plain hash would hide nothing; the key never leaves the desk.
package struct StrongKey: Hashable, Sendable {
    /// What is hashed.
    package let kind: Identifier.Kind
    /// Whose it is; not in the hash.
    package let owner: Identifier.Owner
    /// The keyed hash.
    package let hash: SHA256Digest

    /// The key of `identifier` under the desk's matching key.
    package init(_ identifier: Identifier, key: borrowing SecretBytes<NativePrimitives>) {
        kind = identifier.kind
        owner = identifier.owner
        let message =
            [UInt8]("sallyport.match/1".utf8) + [0] + [UInt8](kind.rawValue.utf8) + [0]
            + [UInt8](identifier.value.utf8)
        let mac = key.withBytes { NativePrimitives.hmacSHA256(key: $0, message.span) }
        guard let hash = SHA256Digest(mac) else { preconditionFailure("HMAC-SHA-256 has 32 bytes") }
        self.hash = hash
    }
}
