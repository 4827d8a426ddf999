package import Sealing

/// Opens one payload that arrives in pieces: nothing leaves before its chunk is authenticated.
///
/// Which chunk is the last is known only at the end of the input, so a full chunk is held until
/// more bytes come or ``finish(into:)`` is called. A full chunk that fails under the expected flag
/// is tried under the other one: if it opens, it is released and the opening stops with the error
/// that names what is wrong with the file, exactly as the reference implementation does.
package struct PayloadOpener<P: Primitives>: ~Copyable {
    private static var sealedChunkBytes: Int { Payload.chunkBytes + Payload.tagBytes }

    private let fileKey: FileKey<P>
    private var cipher: P.Cipher?
    private var counter = ChunkCounter()
    private var pending: [UInt8] = []
    private var isFirstChunk = true
    private var isFinished = false

    /// An opener for the payload under `fileKey`; the payload begins with its nonce.
    package init(fileKey: consuming FileKey<P>) {
        self.fileKey = fileKey
    }

    /// Takes sealed bytes, and appends the plaintext of complete chunks to `output`.
    ///
    /// - Throws: ``OpeningError``; what was appended before is authentic, the file as a whole not.
    package mutating func update(
        _ sealed: Span<UInt8>, into output: inout [UInt8]
    ) throws(OpeningError) {
        guard !isFinished else { throw .payloadFinished }
        var start = 0
        while start < sealed.count {
            let wanted = cipher == nil ? Payload.nonceBytes : Self.sealedChunkBytes
            if pending.count == wanted {
                try advance(into: &output)
                continue
            }
            let count = min(wanted - pending.count, sealed.count - start)
            pending.append(copying: sealed.extracting(start..<start + count))
            start += count
            if cipher == nil, pending.count == Payload.nonceBytes { takeNonce() }
        }
    }

    /// Opens the last chunk; the payload is authentic as a whole only when this returns.
    ///
    /// - Throws: ``OpeningError``.
    package mutating func finish(into output: inout [UInt8]) throws(OpeningError) {
        guard !isFinished else { throw .payloadFinished }
        isFinished = true
        guard cipher != nil, pending.count >= Payload.tagBytes else { throw .truncatedPayload }
        if open(isFinal: true, into: &output) {
            guard pending.count > Payload.tagBytes || isFirstChunk else { throw .trailingData }
            return
        }
        if pending.count == Self.sealedChunkBytes, open(isFinal: false, into: &output) {
            throw .truncatedPayload
        }
        throw .badChunk
    }

    private mutating func takeNonce() {
        cipher = fileKey.payloadCipher(nonce: pending)
        pending.removeAll(keepingCapacity: true)
        pending.reserveCapacity(Self.sealedChunkBytes)
    }

    /// Opens the full chunk that is pending, knowing that more bytes follow.
    private mutating func advance(into output: inout [UInt8]) throws(OpeningError) {
        if open(isFinal: false, into: &output) {
            pending.removeAll(keepingCapacity: true)
            isFirstChunk = false
            guard counter.advance() else { throw fail(.payloadFinished) }
            return
        }
        throw fail(open(isFinal: true, into: &output) ? .trailingData : .badChunk)
    }

    private mutating func fail(_ error: OpeningError) -> OpeningError {
        isFinished = true
        return error
    }

    private func open(isFinal: Bool, into output: inout [UInt8]) -> Bool {
        guard let cipher else { return false }
        let nonce = counter.nonce(isFinal: isFinal)
        var plaintext = SecretBytes<P>(count: pending.count - Payload.tagBytes)
        let opened = plaintext.withMutableBytes {
            cipher.open(pending.span, nonce: nonce.span, into: &$0)
        }
        if opened { plaintext.withBytes { output.append(copying: $0) } }
        return opened
    }
}
