package import Sealing
package import Tips

/// The bytes of an evidence supplement's frame, in order, from a plan and the pieces of the original.
///
/// Every piece of the original is compared with the first pass before *that buffer* is sealed; one
/// that changed ends the frame, so that no key ever seals two contents (DESIGN §4, *Resuming*).
package struct EvidenceFrame<P: Primitives>: ~Copyable {
    private enum Step {
        case bytes([UInt8])
        case evidence
    }

    private let digests: ChunkDigests
    private let byteCount: ByteCount
    private var steps: ArraySlice<Step>
    private var sealing: EvidenceSealing<P>?
    private var nextChunk = 0
    private var isBegun = false

    /// The frame of `plan` over an original whose pieces had `digests`.
    ///
    /// - Throws: ``EvidenceError``.
    package init(
        _ plan: borrowing EvidencePlan<P>, digests: ChunkDigests
    ) throws(EvidenceError) {
        guard let key = FileKey<P>(restoring: plan.fileKey.duplicate()) else {
            throw .format(.wrongLength)
        }
        guard let byteCount = ByteCount(exactly: digests.byteCount) else { throw .tooLarge }
        sealing = EvidenceSealing(byteCount: byteCount, fileKey: key, resuming: plan.payload)
        let manifest = SealedPart(plan.manifest, with: P.self)
        var steps: [Step] = [.bytes(plan.head.encoded)]
        for part in plan.head.envelope.envelope.parts {
            if part == manifest {
                steps.append(.bytes(plan.manifest.header + plan.manifest.payload))
            } else {
                steps += [.bytes(plan.evidenceHeader), .evidence]
            }
        }
        self.steps = steps[...]
        self.digests = digests
        self.byteCount = byteCount
    }

    /// Which piece of the original ``next(_:)`` needs; nil when it needs none.
    package var neededChunk: Int? {
        guard case .evidence = steps.first, isBegun, nextChunk < digests.digests.count else {
            return nil
        }
        return nextChunk
    }

    /// The next bytes of the frame, about a mebibyte at most; nil at its end.
    ///
    /// - Parameter chunk: the piece that ``neededChunk`` names; not looked at otherwise.
    /// - Throws: ``EvidenceError/changed`` when the piece is not that of the first pass; the frame
    ///   has ended then.
    package mutating func next(_ chunk: Span<UInt8>) throws(EvidenceError) -> [UInt8]? {
        guard let step = steps.first else { return nil }
        switch step {
        case .bytes(let bytes):
            steps.removeFirst()
            return bytes
        case .evidence:
            var sealed: [UInt8] = []
            if try !seal(chunk, into: &sealed) { steps.removeFirst() }
            return sealed
        }
    }

    /// Seals what comes next of the evidence part; false when that was the end of it.
    private mutating func seal(
        _ chunk: Span<UInt8>, into sealed: inout [UInt8]
    ) throws(EvidenceError) -> Bool {
        guard var sealing = sealing.take() else { throw .changed }
        if let neededChunk {
            guard digests.matches(chunk, at: neededChunk, with: P.self) else { throw .changed }
        }
        do throws(SealingError) {
            if !isBegun, let header = EvidenceTar.header(size: byteCount) {
                try sealing.update(header.span, into: &sealed)
                isBegun = true
            } else if nextChunk < digests.digests.count {
                try sealing.update(chunk, into: &sealed)
                nextChunk += 1
            } else if try !sealing.fill(into: &sealed) {
                try sealing.finish(into: &sealed)
                return false
            }
        } catch {
            throw .sealing(error)
        }
        self.sealing = consume sealing
        return true
    }
}
