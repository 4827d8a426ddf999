/// Any item of the CBOR that these formats use: for tools that show it, and for tests.
///
/// Formats read field by field with ``CBORReader``.
package enum CBORValue: Sendable {
    /// An unsigned integer.
    case uint(UInt64)
    /// The negative integer -1 - n.
    case negative(UInt64)
    /// A byte string.
    case bytes([UInt8])
    /// A text string.
    case text(String)
    /// An array.
    case array([CBORValue])
    /// A boolean.
    case bool(Bool)
    /// Null.
    case null

    /// Reads one item that fills `bytes`.
    ///
    /// - Throws: ``FormatError``; ``FormatError/tooDeep`` beyond ``Limits/cborDepth`` arrays.
    package init(decoding bytes: Span<UInt8>, limit: Int) throws(FormatError) {
        self = try CBOR.decode(bytes, limit: limit) { (reader) throws(FormatError) in
            try CBORValue(reading: &reader, depth: 0)
        }
    }

    /// The item's one encoding.
    package var encoded: [UInt8] {
        var writer = CBORWriter()
        write(to: &writer)
        return writer.bytes
    }

    private init(reading reader: inout CBORReader, depth: Int) throws(FormatError) {
        switch try reader.nextMajor() {
        case 0: self = .uint(try reader.uint())
        case 1: self = .negative(try reader.negative())
        case 2: self = .bytes(try reader.bytes(atMost: .max))
        case 3: self = .text(try reader.text(atMost: .max))
        case 4: self = try .items(of: &reader, depth: depth + 1)
        default: self = try .simple(of: &reader)
        }
    }

    private static func items(
        of reader: inout CBORReader, depth: Int
    ) throws(FormatError) -> CBORValue {
        guard depth <= Limits.cborDepth else { throw .tooDeep }
        let count = try reader.arrayCount(in: 0...Int.max)
        var items: [CBORValue] = []
        for _ in 0..<count {
            items.append(try CBORValue(reading: &reader, depth: depth))
        }
        return .array(items)
    }

    private static func simple(of reader: inout CBORReader) throws(FormatError) -> CBORValue {
        switch try reader.simple() {
        case 20: .bool(false)
        case 21: .bool(true)
        default: .null
        }
    }

    private func write(to writer: inout CBORWriter) {
        switch self {
        case .uint(let value): writer.uint(value)
        case .negative(let value): writer.negative(value)
        case .bytes(let value): writer.bytes(value)
        case .text(let value): writer.text(value)
        case .bool(let value): writer.bool(value)
        case .null: writer.null()
        case .array(let items):
            writer.array(items.count)
            for item in items { item.write(to: &writer) }
        }
    }
}
