internal import Sealing
internal import Tips

/// Seals one original as an evidence part, piece by piece: tar header, data, zeros, all through one
/// payload sealer that owns the key.
struct EvidenceSealing<P: Primitives>: ~Copyable {
    /// Zeros are sealed so many at a time.
    private static var zeroBytes: ByteCount { 256 * 1024 }

    private var sealer: PayloadSealer<P>
    private var tailLeft: ByteCount

    /// What must be kept to seal the same bytes again.
    var state: PayloadState { sealer.state }

    /// A first sealing of an original of `byteCount` bytes.
    init(byteCount: ByteCount, fileKey: borrowing FileKey<P>) {
        self.init(byteCount: byteCount, sealer: PayloadSealer(fileKey: fileKey))
    }

    /// A sealing that is done again: the caller compares every piece with what was sealed before.
    init(byteCount: ByteCount, fileKey: borrowing FileKey<P>, resuming state: PayloadState) {
        self.init(
            byteCount: byteCount, sealer: PayloadSealer(fileKey: fileKey, resuming: state))
    }

    private init(byteCount: ByteCount, sealer: consuming PayloadSealer<P>) {
        self.sealer = sealer
        tailLeft = EvidenceTar.tailLength(size: byteCount)
    }

    /// Seals a piece of the tar header or of the original, in order.
    mutating func update(_ piece: Span<UInt8>, into sealed: inout [UInt8]) throws(SealingError) {
        try sealer.update(piece, into: &sealed)
    }

    /// Seals some of the zeros after the original; false when there are none left.
    mutating func fill(into sealed: inout [UInt8]) throws(SealingError) -> Bool {
        guard tailLeft > 0 else { return false }
        let zeros = [UInt8](repeating: 0, count: Int(min(tailLeft, Self.zeroBytes)))
        try sealer.update(zeros.span, into: &sealed)
        tailLeft -= ByteCount(zeros.count)
        return true
    }

    /// Seals the last chunk.
    consuming func finish(into sealed: inout [UInt8]) throws(SealingError) {
        try sealer.finish(into: &sealed)
    }
}
