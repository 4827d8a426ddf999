/// Seals one payload in segments that may be sealed at the same time, on several threads.
///
/// The sealer hands out the segments in the order of the stream. Each owns its cipher and its run of
/// chunk numbers, and is used up by sealing: no chunk number can be used twice, whatever the
/// threads do (Container §5.5). ``PayloadSealer`` is the same for one thread.
package struct SegmentedSealer<P: Primitives>: ~Copyable {
    /// Chunks in every segment but the last.
    package static var segmentChunks: Int { 16 }
    /// Bytes of plaintext in every segment but the last.
    package static var segmentBytes: Int { segmentChunks * Payload.chunkBytes }
    /// Bytes of every sealed segment but the last.
    package static var sealedSegmentBytes: Int { segmentChunks * Payload.sealedChunkBytes }

    private let key: SecretBytes<P>
    private var counter = ChunkCounter()

    /// The payload's nonce, with which it begins: 16 bytes, to be written before any segment.
    package let nonce: [UInt8]

    /// A payload under `fileKey` with a fresh nonce.
    package init(fileKey: borrowing FileKey<P>) {
        nonce = P.randomBytes(count: Payload.nonceBytes)
        key = fileKey.payloadKey(nonce: nonce)
    }

    /// The next segment of the stream.
    ///
    /// - Throws: ``SealingError/payloadFinished`` when the counter is exhausted.
    package mutating func nextSegment() throws(SealingError) -> SealingSegment<P> {
        guard let numbers = counter.split(off: UInt64(Self.segmentChunks)) else {
            throw .payloadFinished
        }
        return SealingSegment(chunks: ChunkSealer(key: key, counter: numbers))
    }
}

/// One segment of a payload, to be sealed once.
package struct SealingSegment<P: Primitives>: ~Copyable {
    private var chunks: ChunkSealer<P>

    init(chunks: consuming ChunkSealer<P>) {
        self.chunks = chunks
    }

    /// Seals `plaintext`: a whole segment, or anything up to that if it `isLast` of the payload;
    /// empty only if it is the first as well.
    ///
    /// - Returns: how many bytes of `sealed` were filled, at most
    ///   ``SegmentedSealer/sealedSegmentBytes``.
    package consuming func seal(
        _ plaintext: Span<UInt8>, isLast: Bool, into sealed: inout MutableSpan<UInt8>
    ) throws(SealingError) -> Int {
        precondition(plaintext.count <= SegmentedSealer<P>.segmentBytes, "too long a segment")
        precondition(
            isLast || plaintext.count == SegmentedSealer<P>.segmentBytes, "a segment not full")
        var start = 0
        var written = 0
        repeat {
            let count = min(Payload.chunkBytes, plaintext.count - start)
            let end = written + count + Payload.tagBytes
            var output = sealed._mutatingExtracting(written..<end)
            try chunks.seal(
                plaintext.extracting(start..<start + count),
                isFinal: isLast && start + count == plaintext.count, into: &output)
            start += count
            written = end
        } while start < plaintext.count
        return written
    }
}
