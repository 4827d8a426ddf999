internal import NativePrimitives
internal import Sealing
internal import Tips

/// The bytes of an evidence supplement's frame, in order, from a plan and the original.
///
/// Every piece of the original is compared with the first pass before it is sealed.
struct FrameStream: ~Copyable {
    private enum Step {
        case bytes([UInt8])
        case evidence
    }

    private let file: OriginalFile
    private let digests: ChunkDigests
    private var steps: ArraySlice<Step>
    private var sealing: EvidenceSealing?
    private var nextChunk = 0
    private var isBegun = false

    /// The frame of `plan` over `file`, whose pieces had `digests`.
    ///
    /// - Throws: ``OriginalError/tooLarge``; `FormatError` when the plan has no key.
    init(
        _ plan: borrowing EvidencePlan, file: consuming OriginalFile, digests: ChunkDigests
    ) throws {
        guard let key = FileKey<NativePrimitives>(restoring: plan.fileKey.duplicate()) else {
            throw FormatError.wrongLength
        }
        sealing = EvidenceSealing(
            byteCount: file.byteCount, fileKey: key, resuming: plan.payload)
        let manifest = SealedPart(plan.manifest, with: NativePrimitives.self)
        var steps: [Step] = [.bytes(plan.head.encoded)]
        for part in plan.head.envelope.envelope.parts {
            if part == manifest {
                steps.append(.bytes(plan.manifest.header + plan.manifest.payload))
            } else {
                steps += [.bytes(plan.evidenceHeader), .evidence]
            }
        }
        self.steps = steps[...]
        self.file = file
        self.digests = digests
    }

    /// The next bytes of the frame, about a mebibyte at most; nil at its end.
    ///
    /// - Throws: ``OriginalError/changed(_:)``, and what reading throws.
    mutating func next() throws -> [UInt8]? {
        guard let step = steps.first else { return nil }
        switch step {
        case .bytes(let bytes):
            steps.removeFirst()
            return bytes
        case .evidence:
            var sealed: [UInt8] = []
            if try !seal(into: &sealed) { steps.removeFirst() }
            return sealed
        }
    }

    /// Seals what comes next of the evidence part; false when that was the end of it.
    private mutating func seal(into sealed: inout [UInt8]) throws -> Bool {
        guard var sealing = sealing.take() else { return false }
        if !isBegun, let header = EvidenceTar.header(size: file.byteCount) {
            try sealing.begin(header, into: &sealed)
            isBegun = true
        } else if nextChunk < file.chunkCount {
            let chunk = try file.chunk(nextChunk, matching: digests)
            try sealing.update(chunk.span, into: &sealed)
            nextChunk += 1
        } else if try !sealing.fill(into: &sealed) {
            try sealing.finish(into: &sealed)
            return false
        }
        self.sealing = consume sealing
        return true
    }
}
