package import Sealing

/// Opens one payload in segments that may be opened at the same time, on several threads.
///
/// The opener hands out the segments in the order of the stream. ``PayloadOpener`` is the same for
/// one thread, and refuses the same files in the same words.
package struct SegmentedOpener<P: Primitives>: ~Copyable {
    /// Bytes of every sealed segment but the last.
    package static var sealedSegmentBytes: Int { SegmentedSealer<P>.sealedSegmentBytes }
    /// Bytes of plaintext in every segment but the last.
    package static var segmentBytes: Int { SegmentedSealer<P>.segmentBytes }

    private let key: SecretBytes<P>
    private var segments: UInt64 = 0

    /// An opener for the payload under `fileKey` that begins with `nonce`.
    package init(fileKey: borrowing FileKey<P>, nonce: [UInt8]) {
        precondition(nonce.count == Payload.nonceBytes, "a payload's nonce has 16 bytes")
        key = fileKey.payloadKey(nonce: nonce)
    }

    /// The next segment of the stream.
    package mutating func nextSegment() -> OpeningSegment<P> {
        let first = segments * UInt64(SegmentedSealer<P>.segmentChunks)
        segments += 1
        return OpeningSegment(chunks: ChunkOpener(key: key, startingAt: first))
    }
}

/// One segment of a payload, to be opened once.
package struct OpeningSegment<P: Primitives>: ~Copyable {
    private var chunks: ChunkOpener<P>

    init(chunks: consuming ChunkOpener<P>) {
        self.chunks = chunks
    }

    /// What came out of a segment.
    package struct Opened {
        /// So many bytes at the start of the output are authentic.
        package let byteCount: Int
        /// Why nothing after them may be opened.
        package let error: OpeningError?
    }

    /// Opens `sealed`: a whole segment, or what is left if it `isLast` of the payload.
    ///
    /// What of `plaintext` is beyond the bytes returned is no plaintext.
    package consuming func open(
        _ sealed: Span<UInt8>, isLast: Bool, into plaintext: inout MutableSpan<UInt8>
    ) -> Opened {
        precondition(
            isLast || sealed.count == SegmentedOpener<P>.sealedSegmentBytes, "a segment not full")
        var start = 0
        var written = 0
        repeat {
            let count = min(Payload.sealedChunkBytes, sealed.count - start)
            let plain = max(0, count - Payload.tagBytes)
            let chunk = sealed.extracting(start..<start + count)
            var output = plaintext._mutatingExtracting(written..<written + plain)
            start += count
            let outcome =
                isLast && start == sealed.count
                ? chunks.openLast(chunk, into: &output) : chunks.openInner(chunk, into: &output)
            switch outcome {
            case .opened: written += plain
            case .openedLast(let error): return Opened(byteCount: written + plain, error: error)
            case .refused(let error): return Opened(byteCount: written, error: error)
            }
        } while start < sealed.count
        return Opened(byteCount: written, error: nil)
    }
}
