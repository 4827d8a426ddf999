/// Gives every chunk that is sealed its nonce: there is no way to set one, to skip one, or to get
/// one again (Container §5.5).
struct ChunkCounter: ~Copyable {
    /// The number of the next chunk; nil when there is none: the last one is done, or the counter
    /// is at its end.
    private var next: UInt64?

    /// Counts from the first chunk of a payload.
    init() {
        next = 0
    }

    private init(startingAt chunk: UInt64?) {
        next = chunk
    }

    /// The nonce of the next chunk; goes on behind it. nil when there is no next chunk.
    mutating func take(isFinal: Bool) -> [12 of UInt8]? {
        guard let chunk = next else { return nil }
        let (sum, overflow) = chunk.addingReportingOverflow(1)
        next = isFinal || overflow ? nil : sum
        return Payload.nonce(ofChunk: chunk, isFinal: isFinal)
    }

    /// A counter for the next `count` chunks; this one goes on behind them. nil when there are no
    /// such chunks.
    mutating func split(off count: UInt64) -> ChunkCounter? {
        guard let first = next else { return nil }
        let (sum, overflow) = first.addingReportingOverflow(count)
        next = overflow ? nil : sum
        return ChunkCounter(startingAt: first)
    }
}
