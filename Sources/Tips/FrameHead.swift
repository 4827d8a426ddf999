package import Sealing

/// The beginning of a frame: all that is needed to know what follows.
///
///     "sallyport.frame/1\n" || u16be envelope length || envelope || signature (64)
///
/// then, for each part in the envelope's order, its header and its payload.
package struct FrameHead: Equatable, Sendable {
    /// The envelope, its signature not yet checked.
    package let envelope: UnverifiedEnvelope

    /// The line a frame begins with.
    package static var magic: [UInt8] { ascii("sallyport.frame/1\n") }
    /// Most bytes of a head.
    package static var byteLimit: Int { magic.count + 2 + Limits.envelopeBytes + 64 }

    /// The head that carries `envelope`.
    package init(_ envelope: UnverifiedEnvelope) {
        self.envelope = envelope
    }

    /// Reads the head at the start of `prefix`, which may be any beginning of a frame.
    ///
    /// - Returns: nil while more bytes are needed; never at ``byteLimit`` bytes or more.
    /// - Throws: ``FormatError`` as soon as the bytes cannot become a frame.
    package static func parse(prefix: Span<UInt8>) throws(FormatError) -> FrameHead? {
        let magic = magic
        for index in 0..<min(prefix.count, magic.count) {
            guard prefix[index] == magic[index] else { throw .wrongLabel }
        }
        let start = magic.count + 2
        guard prefix.count >= start else { return nil }
        let length = Int(prefix[magic.count]) << 8 | Int(prefix[magic.count + 1])
        guard length <= Limits.envelopeBytes else { throw .tooLarge }
        guard prefix.count >= start + length + 64 else { return nil }
        let signature = prefix.extracting(start + length..<start + length + 64)
        let head = FrameHead(
            try UnverifiedEnvelope(
                decoding: prefix.extracting(start..<start + length),
                signature: [UInt8](copying: signature)))
        try head.checkSize()
        return head
    }

    /// The head's bytes.
    package var encoded: [UInt8] {
        let length = envelope.encoded.count
        return Self.magic
            + [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
            + envelope.encoded + envelope.signature
    }

    /// Bytes of the head.
    package var byteCount: Int { Self.magic.count + 2 + envelope.encoded.count + 64 }

    /// Bytes of the whole frame.
    package var frameByteCount: ByteCount {
        envelope.envelope.parts.reduce(ByteCount(byteCount)) {
            $0 + ByteCount($1.headerLength) + $1.payloadLength
        }
    }

    /// Where each part lies in the frame, in the envelope's order. The frame must be at hand: its
    /// offsets are those of bytes in memory or in a file.
    package var layout: [FramePart] {
        var start = byteCount
        return envelope.envelope.parts.map { part in
            let payload = start + part.headerLength
            let end = payload + Int(part.payloadLength)
            defer { start = end }
            return FramePart(part: part, header: start..<payload, payload: payload..<end)
        }
    }

    /// - Throws: ``FormatError/tooLarge`` when a tip's frame exceeds ``Limits/tipFrameBytes``.
    func checkSize() throws(FormatError) {
        guard envelope.envelope.kind != .tip || frameByteCount <= Limits.tipFrameBytes else {
            throw .tooLarge
        }
    }
}

/// One part's place in a frame.
package struct FramePart: Equatable, Sendable {
    /// What the envelope says of it.
    package let part: SealedPart
    /// Offsets of its age header, from the start of the frame.
    package let header: Range<Int>
    /// Offsets of its payload, from the start of the frame.
    package let payload: Range<Int>
}

extension VerifiedEnvelope {
    /// The head of the frame that carries this envelope.
    package var head: FrameHead {
        FrameHead(UnverifiedEnvelope(self))
    }
}

extension UnverifiedEnvelope {
    fileprivate init(_ verified: VerifiedEnvelope) {
        envelope = verified.envelope
        encoded = verified.encoded
        signature = verified.signature
    }
}
