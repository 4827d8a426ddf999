package import Sealing
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
    /// Seals a manifest to the desk beside a part that is sealed already, and signs the envelope with
    /// the tip's key.
    ///
    /// - Throws: ``BuildError``.
    package static func build<P: Primitives>(
        _ part: SealedText, at place: SupplementPlace, terms: DeskTerms,
        keys: borrowing ReceiptKeys<P>
    ) throws(BuildError) -> Frame {
        let manifest = Manifest(
            epoch: terms.epoch, tipKey: keys.signer.key, sequence: place.sequence,
            firstEnvelope: place.firstEnvelope, parts: [part.listed])
        let sealed = try ManifestSealing.seal(manifest, keys: keys, to: terms.recipient)
        do throws(FormatError) {
            let frame = try Frame.make(
                kind: .supplement, epoch: terms.epoch, parts: [part.container, sealed],
                signedBy: keys.signer)
            guard frame.encoded.count <= Limits.tipFrameBytes else { throw .tooLarge }
            return frame
        } catch {
            throw error == .tooLarge ? .tooLong : .format(error)
        }
    }
}
