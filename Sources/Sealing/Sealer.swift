/// Seals one container in memory: a header for the recipients, then the payload.
///
/// For a stream, use ``Header`` and ``PayloadSealer`` with one ``FileKey``.
package struct SealedContainer: Equatable, Sendable {
    /// The header's exact bytes.
    package let header: [UInt8]
    /// Nonce and chunks; its SHA-256 is the part's content address.
    package let payload: [UInt8]

    /// A container of bytes that are already sealed.
    package init(header: [UInt8], payload: [UInt8]) {
        self.header = header
        self.payload = payload
    }

    /// Seals `plaintext` to `recipients` under a fresh file key.
    package static func sealing<P: Primitives>(
        _ plaintext: Span<UInt8>, to recipients: [Recipient], with primitives: P.Type
    ) throws(SealingError) -> SealedContainer {
        let fileKey = FileKey<P>()
        let header = try Header(wrapping: fileKey, to: recipients)
        return try sealing(plaintext, under: fileKey, header: header)
    }

    /// Seals `plaintext` under a passphrase and a fresh file key.
    package static func sealing<P: Primitives>(
        _ plaintext: Span<UInt8>, passphrase: borrowing SecretBytes<P>,
        workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws(SealingError) -> SealedContainer {
        let fileKey = FileKey<P>()
        let header = try Header(
            wrapping: fileKey, passphrase: passphrase, workFactor: workFactor)
        return try sealing(plaintext, under: fileKey, header: header)
    }

    private static func sealing<P: Primitives>(
        _ plaintext: Span<UInt8>, under fileKey: borrowing FileKey<P>, header: Header
    ) throws(SealingError) -> SealedContainer {
        var payload: [UInt8] = []
        payload.reserveCapacity(Payload.sealedLength(of: plaintext.count))
        var sealer = PayloadSealer(fileKey: fileKey)
        try sealer.update(plaintext, into: &payload)
        try sealer.finish(into: &payload)
        return SealedContainer(header: header.encoded, payload: payload)
    }
}
