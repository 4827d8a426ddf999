internal import NativePrimitives
internal import Sealing
internal import Tips

/// Seals one original as an evidence part, piece by piece: tar header, data, zeros, all through one
/// payload sealer that owns the key.
struct EvidenceSealing: ~Copyable {
    /// Zeros are sealed so many at a time.
    private static let zeroBytes = 256 * 1024

    private var sealer: PayloadSealer<NativePrimitives>
    private var tailLeft: Int

    /// What must be kept to seal the same bytes again.
    var state: PayloadState { sealer.state }

    /// A first sealing of an original of `byteCount` bytes.
    init(byteCount: Int, fileKey: borrowing FileKey<NativePrimitives>) {
        self.init(byteCount: byteCount, sealer: PayloadSealer(fileKey: fileKey))
    }

    /// A sealing that is done again: the caller compares every piece with what was sealed before.
    init(
        byteCount: Int, fileKey: borrowing FileKey<NativePrimitives>, resuming state: PayloadState
    ) {
        self.init(
            byteCount: byteCount, sealer: PayloadSealer(fileKey: fileKey, resuming: state))
    }

    private init(byteCount: Int, sealer: consuming PayloadSealer<NativePrimitives>) {
        self.sealer = sealer
        tailLeft = EvidenceTar.tailLength(size: byteCount)
    }

    /// Seals the tar header; comes first.
    mutating func begin(
        _ header: [UInt8], into sealed: inout [UInt8]
    ) throws(SealingError) {
        try sealer.update(header.span, into: &sealed)
    }

    /// Seals a piece of the original.
    mutating func update(_ chunk: Span<UInt8>, into sealed: inout [UInt8]) throws(SealingError) {
        try sealer.update(chunk, into: &sealed)
    }

    /// Seals some of the zeros after the original; false when there are none left.
    mutating func fill(into sealed: inout [UInt8]) throws(SealingError) -> Bool {
        guard tailLeft > 0 else { return false }
        let zeros = [UInt8](repeating: 0, count: min(tailLeft, Self.zeroBytes))
        try sealer.update(zeros.span, into: &sealed)
        tailLeft -= zeros.count
        return true
    }

    /// Seals the last chunk.
    consuming func finish(into sealed: inout [UInt8]) throws(SealingError) {
        try sealer.finish(into: &sealed)
    }
}
