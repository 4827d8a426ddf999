package import Sealing

/// Opens one payload that arrives in pieces: nothing leaves before its chunk is authenticated.
///
/// Which chunk is the last is known only at the end of the input, so a full chunk is held until
/// more bytes come or ``finish(into:)`` is called. ``SegmentedOpener`` is the same for several
/// threads.
package struct PayloadOpener<P: Primitives>: ~Copyable {
    private let fileKey: FileKey<P>
    private var chunks: ChunkOpener<P>?
    private var pending: [UInt8] = []
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
            let wanted = chunks == nil ? Payload.nonceBytes : Payload.sealedChunkBytes
            if pending.count == wanted {
                try openPending(isLast: false, into: &output)
                pending.removeAll(keepingCapacity: true)
                continue
            }
            let count = min(wanted - pending.count, sealed.count - start)
            pending.append(copying: sealed.extracting(start..<start + count))
            start += count
            if chunks == nil, pending.count == Payload.nonceBytes { takeNonce() }
        }
    }

    /// Opens the last chunk; the payload is authentic as a whole only when this returns
    /// (Container §5.8).
    ///
    /// - Throws: ``OpeningError``.
    package mutating func finish(into output: inout [UInt8]) throws(OpeningError) {
        guard !isFinished else { throw .payloadFinished }
        isFinished = true
        try openPending(isLast: true, into: &output)
    }

    private mutating func takeNonce() {
        chunks = ChunkOpener(key: fileKey.payloadKey(nonce: pending), startingAt: 0)
        pending.removeAll(keepingCapacity: true)
        pending.reserveCapacity(Payload.sealedChunkBytes)
    }

    /// Opens the chunk that is pending into the end of `output`.
    private mutating func openPending(
        isLast: Bool, into output: inout [UInt8]
    ) throws(OpeningError) {
        let start = output.count
        output.appendZeros(max(0, pending.count - Payload.tagBytes))
        switch outcome(isLast: isLast, from: start, in: &output) {
        case .opened: return
        case .openedLast(let error):
            isFinished = true
            throw error
        case .refused(let error):
            isFinished = true
            output.removeLast(output.count - start)
            throw error
        }
    }

    private mutating func outcome(
        isLast: Bool, from start: Int, in output: inout [UInt8]
    ) -> ChunkOpener<P>.Outcome {
        guard var opener = chunks.take() else { return .refused(.truncatedPayload) }
        var all = output.mutableSpan
        var plaintext = all._mutatingExtracting(start..<all.count)
        let outcome =
            isLast
            ? opener.openLast(pending.span, into: &plaintext)
            : opener.openInner(pending.span, into: &plaintext)
        chunks = consume opener
        return outcome
    }
}
