/// PNG's filter *Up* (RFC 2083 §6.4): each byte less the one above it, modulo 256. PDF knows it too.
struct RowFilter {
    /// The filter's number, before each row.
    static let up: UInt8 = 2

    private var above: [UInt8]

    /// For rows of so many bytes; above the first there are zeros.
    init(rowBytes: Int) { above = [UInt8](repeating: 0, count: rowBytes) }

    /// The filter's number and the filtered row.
    mutating func filter(_ row: [UInt8]) -> [UInt8] {
        let previous = above
        above = row
        return unsafe [UInt8](unsafeUninitializedCapacity: row.count + 1) { buffer, filled in
            unsafe buffer[0] = Self.up
            for index in 0..<row.count { unsafe buffer[index + 1] = row[index] &- previous[index] }
            filled = row.count + 1
        }
    }
}
