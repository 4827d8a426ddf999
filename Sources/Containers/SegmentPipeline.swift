internal import DurableFiles

/// Sends a stream through the processors, segment by segment: reads in order, works side by side,
/// and writes in order or each at its place.
///
/// Each thread takes the next segment under a lock, works on it, waits for its turn and writes. So
/// memory is constant: two buffers for each thread, and one that is read ahead (Container §9).
struct SegmentPipeline {
    /// Bytes of every segment but the last, before and after the work.
    let segmentBytes: (read: Int, written: Int)
    /// Whether segments are written in order, or each as soon as it is ready.
    let isOrdered: Bool

    /// What came of one segment.
    struct Worked {
        /// So many bytes of the output are to be written.
        let byteCount: Int
        /// Why the work ends there.
        let error: ContainerError?
    }

    /// Runs the whole stream.
    ///
    /// - Parameters:
    ///   - read: the source; called under a lock.
    ///   - take: makes the next segment's work; called in the order of the stream, under a lock.
    ///   - work: works on one segment; called side by side.
    ///   - write: writes what the segment of this number gave; in order if `isOrdered`.
    ///   - progress: is told how many bytes were read for what is written so far.
    /// - Throws: the first error in the order of the stream.
    func run<Segment: ~Copyable>(
        read: (inout MutableSpan<UInt8>) throws(ContainerError) -> Int,
        take: () throws(ContainerError) -> Segment,
        work: (consuming Segment, Span<UInt8>, _ isLast: Bool, inout MutableSpan<UInt8>) -> Worked,
        write: (Span<UInt8>, _ number: Int) throws(FileError) -> Void,
        progress: (Int) -> Void
    ) throws(ContainerError) {
        var reader = try SegmentReader(segmentBytes: segmentBytes.read, read: read)
        let lock = Lock()
        let turns = Turns()
        Threads.run(reader.isShort ? 1 : Threads.useful) {
            var input = SegmentBuffer(capacity: segmentBytes.read)
            var output = SegmentBuffer(capacity: segmentBytes.written)
            var piece: SegmentReader.Piece?
            var segment: Segment?
            while true {
                lock { piece = Self.next(of: &reader, into: &input, &segment, turns, read, take) }
                guard let piece else { return }
                var error: ContainerError?
                input.withBytes { bytes in
                    output.fill { space in
                        guard let segment = segment.take() else { return 0 }
                        let worked = work(segment, bytes, piece.isLast, &space)
                        error = worked.error
                        return worked.byteCount
                    }
                }
                guard !isOrdered || turns.wait(for: piece.number) else { return }
                Self.write(output, piece.number, turns, write)
                if let error { turns.fail(piece.number, error) }
                turns.pass(input.count, progress)
            }
        }
        if let error = turns.error { throw error }
    }

    /// The next segment, unless something has failed; called under the lock.
    private static func next<Segment: ~Copyable>(
        of reader: inout SegmentReader, into input: inout SegmentBuffer,
        _ segment: inout Segment?, _ turns: Turns,
        _ read: (inout MutableSpan<UInt8>) throws(ContainerError) -> Int,
        _ take: () throws(ContainerError) -> Segment
    ) -> SegmentReader.Piece? {
        guard turns.error == nil else { return nil }
        do throws(ContainerError) {
            guard let piece = try reader.next(into: &input, read: read) else { return nil }
            segment = try take()
            return piece
        } catch {
            turns.fail(reader.position, error)
            return nil
        }
    }

    private static func write(
        _ output: borrowing SegmentBuffer, _ number: Int, _ turns: Turns,
        _ write: (Span<UInt8>, _ number: Int) throws(FileError) -> Void
    ) {
        do throws(FileError) {
            try output.withBytes { (bytes) throws(FileError) in try write(bytes, number) }
        } catch {
            turns.fail(number, .file(error))
        }
    }
}
