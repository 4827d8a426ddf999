internal import Composing
internal import NativePrimitives
internal import Sealing
internal import Tips

/// The frame of an evidence supplement, made from a file as it is sent.
struct FrameStream: ~Copyable {
    private let file: OriginalFile
    private var frame: EvidenceFrame<NativePrimitives>

    /// The frame of `plan` over `file`, whose pieces had `digests`.
    ///
    /// - Throws: ``EvidenceError``.
    init(
        _ plan: borrowing EvidencePlan<NativePrimitives>, file: consuming OriginalFile,
        digests: ChunkDigests
    ) throws {
        frame = try EvidenceFrame(plan, digests: digests)
        self.file = file
    }

    /// The next bytes of the frame, about a mebibyte at most; nil at its end.
    ///
    /// - Throws: ``OriginalError/changed(_:)``, and what reading throws.
    mutating func next() throws -> [UInt8]? {
        var chunk: [UInt8] = []
        if let index = frame.neededChunk { chunk = try file.read(index) }
        do {
            return try frame.next(chunk.span)
        } catch EvidenceError.changed {
            throw OriginalError.changed(file.path)
        }
    }
}
