package import Custody
internal import NativePrimitives
package import Sealing

/// Makes the custody log's entry of an effect: a salted commitment for the log, salt and event
/// sealed to the desk.
package struct Journal: Sendable {
    /// The desk's recipient of the current epoch.
    package let desk: Recipient
    /// The hour that events carry.
    package let hour: Hour

    /// A journal for one transaction.
    package init(desk: Recipient, hour: Hour) {
        self.desk = desk
        self.hour = hour
    }

    /// The entry for `effect`, with a fresh salt.
    ///
    /// - Throws: ``StoreFailure`` when the desk's key cannot be sealed to: then nothing may happen.
    package func entry(for effect: Effect) throws(StoreFailure) -> JournalEntry {
        let leaf = SaltedLeaf(effect.event(at: hour))
        do {
            let sealed = try SealedContainer.sealing(
                leaf.encoded.span, to: [desk], with: NativePrimitives.self)
            return JournalEntry(
                commitment: leaf.commitment, opening: leaf.encoded,
                sealed: sealed.header + sealed.payload)
        } catch {
            throw StoreFailure("seal a custody event", code: 0)
        }
    }
}

/// One entry of the custody log, as an effect brings it.
package struct JournalEntry: Sendable {
    /// The leaf: all that the log ever shows.
    package let commitment: Hash
    /// Salt and event in clear. Only a release's is kept, in its bundle.
    package let opening: [UInt8]
    /// Salt and event, sealed to the desk.
    package let sealed: [UInt8]
}

/// The limits of quarantine.
package enum QuarantineLimits {
    /// Hours for which a nonce is kept: the tolerance of `created` is minutes.
    package static let nonceHours = 2
    /// Hours for which a payload that the desk sent waits for its release.
    package static let stagingHours = 48
    /// Bytes copied at once.
    package static let pieceBytes = 128 * 1024
}

/// How much quarantine takes; checked again after intake's own budgets.
package struct Quotas: Equatable, Sendable {
    /// Most bytes of all payloads together.
    package var totalBytes: Int
    /// Of these, bytes that only tips may use: evidence can never fill them.
    package var tipReserveBytes: Int
    /// Most bytes of one tip.
    package var bytesPerTip: Int
    /// Most frames of one tip.
    package var framesPerTip: Int

    /// Quotas; the defaults suit one disk of a few hundred gigabytes.
    package init(
        totalBytes: Int = 200 << 30, tipReserveBytes: Int = 2 << 30, bytesPerTip: Int = 32 << 30,
        framesPerTip: Int = 256
    ) {
        self.totalBytes = totalBytes
        self.tipReserveBytes = tipReserveBytes
        self.bytesPerTip = bytesPerTip
        self.framesPerTip = framesPerTip
    }
}
