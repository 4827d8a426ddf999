package import Sealing

/// Where the state of an interrupted upload is parked: derived from the resume secret and the file.
package struct ParkedAddress: Bytes32 {
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }
}

/// The address and the key of a parked state: HKDF of the resume secret with the root of the
/// original's chunk digests as salt. Only who has the receipt *and* the same file finds them.
package struct ParkedKeys<P: Primitives>: ~Copyable {
    /// Where the state lies.
    package let address: ParkedAddress
    let key: SecretBytes<P>

    /// The address and key for the original of `root`.
    package init(resumeSecret: borrowing SecretBytes<P>, root: SHA256Digest) {
        func derive(_ info: [UInt8]) -> SecretBytes<P> {
            var output = SecretBytes<P>(count: 32)
            resumeSecret.withBytes { secret in
                output.withMutableBytes {
                    P.hkdfSHA256(
                        secret: secret, salt: root.bytes.span, info: info.span, into: &$0)
                }
            }
            return output
        }
        let place = derive(ascii("sallyport.parked-address/1"))
        guard let address = ParkedAddress(place.withBytes { [UInt8](copying: $0) }) else {
            preconditionFailure("32 bytes were derived")
        }
        self.address = address
        key = derive(ascii("sallyport.parked-key/1"))
    }
}

/// What the sender needs to go on with an upload that was cut off, and to send the same bytes again.
///
///     ["sallyport.parked/1", file-key (16), payload-nonce (16), upload-token,
///      frame-head, manifest-header, manifest-payload, evidence-header]
///
/// then zeros, sealed to ``Limits/parkedBytes``.
package struct ParkedState<P: Primitives>: ~Copyable {
    /// The file key of the evidence part: 16 bytes.
    package let fileKey: SecretBytes<P>
    /// The payload nonce of the evidence part: 16 bytes.
    package let payloadNonce: [UInt8]
    /// What the door calls the upload, at most ``Limits/uploadTokenBytes`` of visible ASCII.
    package let uploadToken: FormatText
    /// The frame's beginning: envelope and signature, with the random order of the parts.
    package let head: FrameHead
    /// The sealed manifest of the supplement.
    package let manifest: SealedContainer
    /// The age header of the evidence part.
    package let evidenceHeader: [UInt8]

    /// A state of the given fields.
    ///
    /// - Throws: ``FormatError`` when the lengths are wrong or the parts are not the envelope's.
    package init(
        fileKey: consuming SecretBytes<P>, payloadNonce: [UInt8], uploadToken: FormatText,
        head: FrameHead, manifest: SealedContainer, evidenceHeader: [UInt8]
    ) throws(FormatError) {
        guard fileKey.count == FileKey<P>.byteCount, payloadNonce.count == Payload.nonceBytes else {
            throw .wrongLength
        }
        let token = uploadToken.utf8
        guard (1...Limits.uploadTokenBytes).contains(token.count),
            token.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .badText }
        let parts = head.envelope.envelope.parts
        guard parts.count == 2, parts.contains(SealedPart(manifest, with: P.self)),
            parts.contains(where: { $0.accepts(header: evidenceHeader.span, with: P.self) })
        else { throw .wrongDigest }
        self.fileKey = fileKey
        self.payloadNonce = payloadNonce
        self.uploadToken = uploadToken
        self.head = head
        self.manifest = manifest
        self.evidenceHeader = evidenceHeader
    }

    /// Seals the state.
    ///
    /// - Returns: ``Limits/parkedBytes`` bytes.
    /// - Throws: ``FormatError/tooLarge`` when it does not fit: a header with many recipients.
    package borrowing func sealed(with keys: borrowing ParkedKeys<P>) throws(FormatError) -> [UInt8]
    {
        var writer = CBORWriter(reserving: 4 * Limits.parkedBytes)
        writer.array(8)
        writer.label("sallyport.parked/1")
        fileKey.withBytes { writer.bytes($0) }
        writer.bytes(payloadNonce)
        writer.text(uploadToken)
        writer.bytes(head.encoded)
        writer.bytes(manifest.header)
        writer.bytes(manifest.payload)
        writer.bytes(evidenceHeader)
        let item = writer.takeSecret(as: P.self)
        guard item.count <= Self.insideBytes else { throw .tooLarge }
        var inside = SecretBytes<P>(count: Self.insideBytes)
        item.withBytes { inside.write($0, at: 0) }
        return inside.withBytes { SealedBox.seal($0, key: keys.key) }
    }

    /// Opens what the door had parked.
    ///
    /// - Returns: nil when it does not open with these keys: nothing is parked there.
    /// - Throws: ``FormatError`` when it opened and is not a state.
    package static func open(
        _ box: Span<UInt8>, with keys: borrowing ParkedKeys<P>
    ) throws(FormatError) -> ParkedState<P>? {
        guard box.count == Limits.parkedBytes else { throw .wrongLength }
        guard let inside = SealedBox.open(box, key: keys.key) else { return nil }
        return try inside.withBytes { (bytes) throws(FormatError) in
            try decode(bytes)
        }
    }

    /// Bytes under the seal.
    package static var insideBytes: Int { Limits.parkedBytes - 12 - 16 }

    /// Reads an opened state.
    ///
    /// - Throws: ``FormatError``.
    package static func decode(_ inside: Span<UInt8>) throws(FormatError) -> ParkedState<P> {
        guard inside.count == insideBytes else { throw .wrongLength }
        let prefix = try CBOR.decodePrefix(inside, limit: insideBytes) {
            (reader) throws(FormatError) in
            try reader.array(count: 8)
            try reader.label("sallyport.parked/1")
            let fileKey = try reader.secret(count: FileKey<P>.byteCount, as: P.self)
            let nonce = try reader.bytes(count: Payload.nonceBytes)
            let token = try reader.text(atMost: Limits.uploadTokenBytes)
            let headBytes = try reader.bytes(atMost: FrameHead.byteLimit)
            guard let head = try FrameHead.parse(prefix: headBytes.span),
                head.byteCount == headBytes.count
            else { throw .wrongLength }
            let manifest = SealedContainer(
                header: try reader.bytes(atMost: insideBytes),
                payload: try reader.bytes(atMost: insideBytes))
            return try ParkedState(
                fileKey: fileKey, payloadNonce: nonce, uploadToken: token, head: head,
                manifest: manifest, evidenceHeader: try reader.bytes(atMost: insideBytes))
        }
        for index in prefix.byteCount..<inside.count {
            guard inside[index] == 0 else { throw .wrongPadding }
        }
        return prefix.value
    }
}
