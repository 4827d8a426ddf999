/// A worker's whole output, for the readers of short texts.
struct Gathered: OutputReader {
    /// Most bytes; of what no honest tool gives.
    let limit: Int
    private(set) var bytes: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    mutating func take(_ piece: [UInt8]) throws(NotDone) {
        guard piece.count <= limit - bytes.count else { throw .outputLimit }
        bytes += piece
    }
}

/// A worker's output that nobody reads: only whether there was any.
struct Ignored: OutputReader {
    private(set) var isEmpty = true

    mutating func take(_ piece: [UInt8]) { isEmpty = isEmpty && piece.isEmpty }
}
