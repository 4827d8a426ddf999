/// Consent that two verifiers read above the marker of a dropped file: what each of them signs.
///
///     ["sallyport.transcribed-consent/1", consent-leaf, file-digest]
package struct TranscribedConsent: Equatable, Sendable {
    /// What the reporter wrote, as a leaf.
    package let leaf: ConsentLeaf
    /// SHA-256 of the dropped age file that it was read in.
    package let file: SHA256Digest

    /// The consent of `leaf`, read in `file`.
    package init(leaf: ConsentLeaf, file: SHA256Digest) {
        self.leaf = leaf
        self.file = file
    }

    /// The one encoding, which verifiers sign.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(3)
        writer.label("sallyport.transcribed-consent/1")
        writer.bytes(leaf.encoded)
        writer.bytes(file.bytes)
        return writer.bytes
    }
}
