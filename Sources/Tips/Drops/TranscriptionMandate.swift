package import Sealing

/// What lets two verifiers transcribe consent for one tip, and for no other: the tip's own key, which
/// the page's tips use for consent leaves alone, says that consent stands in the sealed file.
///
///     ["sallyport.transcription-mandate/1", tip-key, file-digest]
package struct TranscriptionMandate: Equatable, Sendable {
    /// The tip.
    package let tipKey: TipKey
    /// SHA-256 of the dropped age file, without armor.
    package let file: SHA256Digest

    /// The mandate of a tip for a file.
    package init(tipKey: TipKey, file: SHA256Digest) {
        self.tipKey = tipKey
        self.file = file
    }

    /// The one encoding, which the tip's key signs.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(3)
        writer.label("sallyport.transcription-mandate/1")
        writer.bytes(tipKey.bytes)
        writer.bytes(file.bytes)
        return writer.bytes
    }

    /// Whether the tip's key gave this mandate.
    package func isSigned<P: Primitives>(by signature: [UInt8], with primitives: P.Type) -> Bool {
        tipKey.verifies(signature, over: encoded.span, with: P.self)
    }
}
