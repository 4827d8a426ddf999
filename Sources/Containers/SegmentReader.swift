internal import DurableFiles

/// Cuts a stream into segments of one size; always one ahead, so as to know which is the last
/// (Container §9.1).
struct SegmentReader: ~Copyable {
    /// One segment's place in the stream.
    struct Piece {
        /// Counted from 0.
        let number: Int
        /// Whether the stream ends with it.
        let isLast: Bool
    }

    private let segmentBytes: Int
    private var ahead: SegmentBuffer
    private var nextNumber = 0
    private var isAtEnd = false

    /// A reader of segments of `segmentBytes`, the last of which may be shorter or, alone, empty.
    init<Failure: Error>(
        segmentBytes: Int, read: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        self.segmentBytes = segmentBytes
        ahead = SegmentBuffer(capacity: segmentBytes)
        try Self.fill(&ahead, read)
    }

    /// Whether the stream is so short that there is one segment only.
    var isShort: Bool { ahead.count < segmentBytes }

    /// The number of the segment that comes next.
    var position: Int { nextNumber }

    /// Puts the next segment into `buffer`; nil when there is none.
    mutating func next<Failure: Error>(
        into buffer: inout SegmentBuffer, read: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) -> Piece? {
        guard !isAtEnd else { return nil }
        swap(&buffer, &ahead)
        if buffer.count < segmentBytes {
            isAtEnd = true
        } else {
            try Self.fill(&ahead, read)
            isAtEnd = ahead.count == 0
        }
        defer { nextNumber += 1 }
        return Piece(number: nextNumber, isLast: isAtEnd)
    }

    /// Reads until `buffer` is full or the stream ends.
    private static func fill<Failure: Error>(
        _ buffer: inout SegmentBuffer, _ read: (inout MutableSpan<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        try buffer.fill { (bytes) throws(Failure) in
            var done = 0
            while done < bytes.count {
                var rest = bytes._mutatingExtracting(done..<bytes.count)
                let count = try read(&rest)
                if count == 0 { break }
                done += count
            }
            return done
        }
    }
}
