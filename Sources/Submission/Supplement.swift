package import Agencies
internal import NativePrimitives
internal import Sealing
package import Tips

/// Which place a supplement has among those of its tip.
///
/// The number is a hint for people at the desk: it rises from hour to hour by the device's clock,
/// and within one run. The receipt alone cannot tell how many came before, so nobody may rely on it:
/// an envelope's digest is what tells two supplements apart, and its tip key whose they are.
package struct SupplementPlace: Equatable, Sendable {
    /// The sequence number.
    package let sequence: Int
    /// The digest of the tip's own envelope, known only in the run that sent it.
    package let firstEnvelope: SHA256Digest?

    /// The `count`th supplement (from 0) of a run at a Unix time in seconds.
    package init(count: Int, unixTime: Int, firstEnvelope: SHA256Digest?) {
        let hours = min(max(unixTime, 0) / 3600, Int(Int32.max) >> 8 - 1)
        sequence = hours << 8 | min(count + 1, 255)
        self.firstEnvelope = firstEnvelope
    }
}

/// Makes supplements of one JSON part: an answer, a withdrawal.
package enum SupplementBuilder {
    /// Seals `content` and a manifest to the desk, and signs the envelope with the tip's key.
    ///
    /// - Throws: ``BuildError``.
    package static func build(
        _ content: TipContent, at place: SupplementPlace, directory: Directory, today: Day,
        keys: borrowing TipBuilder.Keys
    ) throws(BuildError) -> Frame {
        let epoch = try TipBuilder.epoch(of: directory, today: today)
        return try build(try SealedText(content, to: epoch), at: place, epoch, keys: keys)
    }

    /// Seals a withdrawal with its word, likewise.
    ///
    /// - Throws: ``BuildError``.
    package static func withdrawal(
        _ word: borrowing CodeWord, reason: String, at place: SupplementPlace,
        directory: Directory, today: Day, keys: borrowing TipBuilder.Keys
    ) throws(BuildError) -> Frame {
        let epoch = try TipBuilder.epoch(of: directory, today: today)
        let part = try word.withdrawal(reason: reason).withBytes { (text) throws(BuildError) in
            try SealedText(plaintext: text, as: .withdrawal, to: epoch)
        }
        return try build(part, at: place, epoch, keys: keys)
    }

    private static func build(
        _ part: SealedText, at place: SupplementPlace, _ epoch: DeskEpoch,
        keys: borrowing TipBuilder.Keys
    ) throws(BuildError) -> Frame {
        let manifest = Manifest(
            epoch: epoch.number, tipKey: keys.signer.key, sequence: place.sequence,
            firstEnvelope: place.firstEnvelope, parts: [part.listed])
        let sealed = try ManifestSealing.seal(manifest, keys: keys, to: epoch)
        do throws(FormatError) {
            let frame = try Frame.make(
                kind: .supplement, epoch: epoch.number, parts: [part.container, sealed],
                signedBy: keys.signer)
            guard frame.encoded.count <= Limits.tipFrameBytes else { throw .tooLarge }
            return frame
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
    }
}
