/// The form in which texts are lent to a worker: one after the other, up to the end of the file.
///
///     { kind (1 byte)  length (4 bytes, big-endian)  bytes }
enum TextForm {
    /// Bytes before each text.
    static let headBytes = 5

    static func head(_ kind: UInt8, _ count: Int) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: count)
        return [kind] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
    }

    /// Calls `body` with each text of `file`.
    ///
    /// - Returns: whether the file was in this form to its end.
    static func each(in file: [UInt8], _ body: (UInt8, Span<UInt8>) -> Void) -> Bool {
        let bytes = file.span
        var position = 0
        while position < bytes.count {
            guard bytes.count - position >= headBytes else { return false }
            let kind = bytes[position]
            let length = (1...4).reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
            position += headBytes
            guard length <= bytes.count - position else { return false }
            body(kind, bytes.extracting(position..<position + length))
            position += length
        }
        return true
    }
}
