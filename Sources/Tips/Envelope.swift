package import Sealing

/// What an envelope says of one part: enough to receive and store it, nothing of its role.
package struct SealedPart: Hashable, Sendable {
    /// SHA-256 of the payload (nonce and chunks): the part's content address.
    package let payloadDigest: SHA256Digest
    /// Bytes of the payload; its plaintext has a padded length.
    package let payloadLength: ByteCount
    /// SHA-256 of the age header as the reporter's device wrote it.
    package let headerDigest: SHA256Digest
    /// Bytes of that header.
    package let headerLength: Int

    /// The description of a part whose digests and lengths are known.
    package init(
        payloadDigest: SHA256Digest, payloadLength: ByteCount, headerDigest: SHA256Digest,
        headerLength: Int
    ) {
        self.payloadDigest = payloadDigest
        self.payloadLength = payloadLength
        self.headerDigest = headerDigest
        self.headerLength = headerLength
    }

    /// The description of a part in memory.
    package init<P: Primitives>(_ part: SealedContainer, with primitives: P.Type) {
        self.init(
            payloadDigest: .of(part.payload.span, with: P.self),
            payloadLength: ByteCount(part.payload.count),
            headerDigest: .of(part.header.span, with: P.self), headerLength: part.header.count)
    }

    /// Whether `header` is this part's header: its length, its digest, and an age header.
    package func accepts<P: Primitives>(header: Span<UInt8>, with primitives: P.Type) -> Bool {
        guard header.count == headerLength,
            SHA256Digest.of(header, with: P.self) == headerDigest,
            let parsed = try? Header.parse(header)
        else { return false }
        return parsed.byteCount == headerLength
    }
}

/// What the servers see of a tip or a supplement; signed by the tip's key over its exact bytes.
///
///     ["sallyport.envelope/1", kind, epoch, tip-key,
///      [1*64 [payload-digest, payload-length, header-digest, header-length]]]
package struct Envelope: Equatable, Sendable {
    /// Whether a tip begins here.
    package enum Kind: Int, Sendable {
        /// The tip itself: the manifest and all seven text parts, at most
        /// ``Limits/tipFrameBytes`` with them.
        case tip = 0
        /// What is added later: evidence, an answer, a withdrawal; the manifest and one or more
        /// parts.
        case supplement = 1
    }

    /// Tip or supplement.
    package let kind: Kind
    /// Number of the desk's epoch to whose keys the parts are sealed.
    package let epoch: Int
    /// The tip's public key.
    package let tipKey: TipKey
    /// The parts, in random order.
    package let parts: [SealedPart]

    /// The number of parts that a tip always has.
    package static var tipPartCount: Int { PartClass.textParts.count + 1 }

    init(kind: Kind, epoch: Int, tipKey: TipKey, inOrder parts: [SealedPart]) {
        self.kind = kind
        self.epoch = epoch
        self.tipKey = tipKey
        self.parts = parts
    }

    /// An envelope of `parts` in a random order, which says nothing of their roles.
    ///
    /// - Throws: ``FormatError`` when `decode` would refuse the result.
    package static func shuffling<P: Primitives>(
        _ parts: [SealedPart], kind: Kind, epoch: Int, tipKey: TipKey, with primitives: P.Type
    ) throws(FormatError) -> Envelope {
        let envelope = Envelope(
            kind: kind, epoch: epoch, tipKey: tipKey, inOrder: P.shuffled(parts))
        try envelope.checkRules()
        guard envelope.encoded.count <= Limits.envelopeBytes else { throw .tooLarge }
        return envelope
    }

    /// The place of the part with this payload; nil when there is none.
    package func index(of payload: SHA256Digest) -> Int? {
        parts.firstIndex { $0.payloadDigest == payload }
    }

    /// The envelope's one encoding, which the tip's key signs.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        writer.array(5)
        writer.label("sallyport.envelope/1")
        writer.uint(kind.rawValue)
        writer.uint(epoch)
        writer.bytes(tipKey.bytes)
        writer.array(parts.count)
        for part in parts {
            writer.array(4)
            writer.bytes(part.payloadDigest.bytes)
            writer.uint(UInt64(part.payloadLength))
            writer.bytes(part.headerDigest.bytes)
            writer.uint(part.headerLength)
        }
        return writer.bytes
    }

    /// Reads an envelope.
    ///
    /// - Throws: ``FormatError``.
    static func decode(_ bytes: Span<UInt8>) throws(FormatError) -> Envelope {
        let envelope = try CBOR.decode(bytes, limit: Limits.envelopeBytes) {
            (reader) throws(FormatError) in
            try reader.array(count: 5)
            try reader.label("sallyport.envelope/1")
            guard let kind = Kind(rawValue: try reader.uint(in: 0...1)) else { throw .outOfRange }
            return Envelope(
                kind: kind, epoch: try reader.uint(in: 0...Int(Int32.max)),
                tipKey: try TipKey(reading: &reader), inOrder: try parts(of: &reader))
        }
        try envelope.checkRules()
        return envelope
    }

    private static func parts(of reader: inout CBORReader) throws(FormatError) -> [SealedPart] {
        var parts: [SealedPart] = []
        for _ in 0..<(try reader.arrayCount(in: 1...Limits.envelopeParts)) {
            try reader.array(count: 4)
            parts.append(
                SealedPart(
                    payloadDigest: try SHA256Digest(reading: &reader),
                    payloadLength: try reader.uint(in: 0...Limits.payloadBytes),
                    headerDigest: try SHA256Digest(reading: &reader),
                    headerLength: try reader.uint(in: 1...Limits.headerBytes)))
        }
        return parts
    }

    /// What the shape alone cannot say: number of parts, padded lengths, no part twice, and a
    /// tip's size.
    private func checkRules() throws(FormatError) {
        switch kind {
        case .tip: guard parts.count == Self.tipPartCount else { throw .wrongLength }
        case .supplement:
            guard parts.count >= 2 else { throw .wrongLength }
            guard parts.count <= Limits.envelopeParts else { throw .tooLarge }
        }
        guard (0...Int(Int32.max)).contains(epoch) else { throw .outOfRange }
        for index in parts.indices {
            guard self.index(of: parts[index].payloadDigest) == index else { throw .notDistinct }
        }
        for part in parts {
            guard (1...Limits.headerBytes).contains(part.headerLength) else { throw .outOfRange }
            guard (0...Limits.payloadBytes).contains(part.payloadLength) else { throw .tooLarge }
            guard let length = Payload.plaintextLength(of: part.payloadLength),
                Padding.isPadded(length)
            else { throw .wrongPadding }
        }
    }
}
