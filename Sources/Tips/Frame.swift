package import Sealing

/// A whole frame in memory, everything in it checked: signature, lengths, digests, headers.
///
/// For tips, answers and withdrawals; evidence streams, with ``FrameHead`` and ``SealedPart``.
package struct Frame: Equatable, Sendable {
    /// The envelope.
    package let envelope: VerifiedEnvelope
    /// The parts, in the envelope's order.
    package let parts: [SealedContainer]

    /// Makes a frame of sealed `parts` (in any order) and signs it.
    ///
    /// - Throws: ``FormatError``; ``FormatError/tooLarge`` when a tip does not fit its limit.
    package static func make<P: Primitives>(
        kind: Envelope.Kind, epoch: Int, parts: [SealedContainer],
        signedBy signer: borrowing TipSigner<P>
    ) throws(FormatError) -> Frame {
        let described = parts.map { SealedPart($0, with: P.self) }
        let envelope = try Envelope.shuffling(
            described, kind: kind, epoch: epoch, tipKey: signer.key, with: P.self
        ).signed(by: signer)
        try envelope.head.checkSize()
        let ordered = envelope.envelope.parts.compactMap { part in
            described.firstIndex(of: part).map { parts[$0] }
        }
        return Frame(envelope: envelope, parts: ordered)
    }

    /// Reads a frame and checks everything that can be checked without a key.
    ///
    /// - Throws: ``FormatError``; ``FormatError/tooLarge`` above `limit` bytes.
    package static func parse<P: Primitives>(
        _ bytes: Span<UInt8>, limit: Int = Limits.tipFrameBytes, with primitives: P.Type
    ) throws(FormatError) -> Frame {
        guard bytes.count <= limit else { throw .tooLarge }
        guard let head = try FrameHead.parse(prefix: bytes) else { throw .truncated }
        guard bytes.count >= head.frameByteCount else { throw .truncated }
        guard bytes.count == head.frameByteCount else { throw .trailingBytes }
        let envelope = try head.envelope.verified(with: P.self)
        var parts: [SealedContainer] = []
        for place in head.layout {
            let header = bytes.extracting(place.header)
            let payload = bytes.extracting(place.payload)
            guard SHA256Digest.of(payload, with: P.self) == place.part.payloadDigest,
                SHA256Digest.of(header, with: P.self) == place.part.headerDigest
            else { throw .wrongDigest }
            guard place.part.accepts(header: header, with: P.self) else { throw .badHeader }
            parts.append(
                SealedContainer(
                    header: [UInt8](copying: header), payload: [UInt8](copying: payload)))
        }
        return Frame(envelope: envelope, parts: parts)
    }

    /// The frame's bytes.
    package var encoded: [UInt8] {
        parts.reduce(into: envelope.head.encoded) { $0 += $1.header + $1.payload }
    }
}
