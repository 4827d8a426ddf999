internal import Sealing

extension JSON {
    /// What may follow the value.
    package enum Trailing: Sendable {
        /// White space of any kind: files that people edit.
        case whitespace
        /// Spaces only: a padded part.
        case spaces
        /// Nothing: signed texts.
        case nothing
    }

    /// Parses the one value that `text` is.
    ///
    /// - Throws: ``JSONError``; `limit` is in bytes.
    package static func parse(
        _ text: Span<UInt8>, limit: Int = Limits.jsonBytes, trailing: Trailing = .whitespace
    ) throws(JSONError) -> JSON {
        try parsePrefix(text, limit: limit, trailing: trailing).value
    }

    /// Parses like ``parse(_:limit:trailing:)`` and says where the value ended.
    static func parsePrefix(
        _ text: Span<UInt8>, limit: Int, trailing: Trailing
    ) throws(JSONError) -> (value: JSON, byteCount: Int) {
        guard text.count <= limit else { throw .tooLarge }
        var parser = JSONParser(text: [UInt8](copying: text))
        if case .whitespace = trailing { parser.skipWhitespace() }
        let value = try parser.value(depth: 0)
        let end = parser.position
        switch trailing {
        case .whitespace: parser.skipWhitespace()
        case .spaces: parser.skipSpaces()
        case .nothing: break
        }
        guard parser.position == text.count else { throw .syntax(at: parser.position) }
        return (value, end)
    }
}

/// A recursive-descent parser over one text.
struct JSONParser {
    let text: [UInt8]
    private(set) var position = 0

    init(text: [UInt8]) {
        self.text = text
    }

    mutating func skipWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
            position += 1
        }
    }

    mutating func skipSpaces() {
        while next == 0x20 { position += 1 }
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard let first = next else { throw .syntax(at: position) }
        let isNested = first == 0x7B || first == 0x5B
        guard !isNested || depth < Limits.jsonDepth else { throw .tooDeep }
        switch first {
        case 0x7B: return .object(try object(depth: depth + 1))
        case 0x5B: return .array(try array(depth: depth + 1))
        case 0x22: return .string(try string())
        case 0x2D, 0x30...0x39: return .integer(try integer())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        default: throw .syntax(at: position)
        }
    }

    private var next: UInt8? { position < text.count ? text[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard take(byte) else { throw .syntax(at: position) }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for byte in ascii(word) { try expect(byte) }
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        var object = JSONObject()
        position += 1
        skipWhitespace()
        if take(0x7D) { return object }
        while true {
            skipWhitespace()
            guard next == 0x22 else { throw .syntax(at: position) }
            let key = try string()
            skipWhitespace()
            try expect(0x3A)
            skipWhitespace()
            let value = try value(depth: depth)
            guard object.members.count < Limits.jsonMembers else { throw .tooDeep }
            guard object.append(key, value) else { throw .repeatedKey(key) }
            skipWhitespace()
            if take(0x7D) { return object }
            try expect(0x2C)
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSON] {
        var items: [JSON] = []
        position += 1
        skipWhitespace()
        if take(0x5D) { return items }
        while true {
            skipWhitespace()
            items.append(try value(depth: depth))
            skipWhitespace()
            if take(0x5D) { return items }
            try expect(0x2C)
        }
    }

    private mutating func integer() throws(JSONError) -> Int64 {
        let start = position
        let isNegative = take(0x2D)
        let firstDigit = position
        var value: Int64 = 0
        while let byte = next, (0x30...0x39).contains(byte) {
            // Gathered below zero, where one number more has room.
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, borrow) = tens.subtractingReportingOverflow(Int64(byte - 0x30))
            guard !overflow, !borrow else { throw .unsupportedNumber(at: start) }
            value = sum
            position += 1
        }
        let digits = position - firstDigit
        guard digits > 0 else { throw .syntax(at: position) }
        guard digits == 1 || text[firstDigit] != 0x30 else { throw .syntax(at: firstDigit) }
        guard next != 0x2E, next != 0x65, next != 0x45 else { throw .unsupportedNumber(at: start) }
        if isNegative {
            guard value != 0 else { throw .unsupportedNumber(at: start) }
            return value
        }
        guard value != .min else { throw .unsupportedNumber(at: start) }
        return -value
    }
}

/// Texts.
extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        var bytes: [UInt8] = []
        while let byte = next {
            switch byte {
            case 0x22:
                position += 1
                guard let string = String(validating: bytes, as: UTF8.self) else {
                    throw .badText(at: start)
                }
                return string
            case 0x5C:
                try escape(into: &bytes)
            case 0..<0x20:
                throw .syntax(at: position)
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw .syntax(at: position)
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
        position += 1
        guard let byte = next else { throw .syntax(at: position) }
        position += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: bytes.append(byte)
        case 0x62: bytes.append(0x08)
        case 0x66: bytes.append(0x0C)
        case 0x6E: bytes.append(0x0A)
        case 0x72: bytes.append(0x0D)
        case 0x74: bytes.append(0x09)
        case 0x75: try unicodeEscape(into: &bytes)
        default: throw .syntax(at: position - 1)
        }
    }

    private mutating func unicodeEscape(into bytes: inout [UInt8]) throws(JSONError) {
        let start = position - 2
        var value = try hexadecimal()
        if (0xD800..<0xDC00).contains(value) {
            guard take(0x5C), take(0x75) else { throw .badText(at: start) }
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw .badText(at: start) }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw .badText(at: start) }
        bytes.append(contentsOf: UTF8.encode(scalar).map { [UInt8]($0) } ?? [])
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw .syntax(at: position) }
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: throw .syntax(at: position)
            }
            position += 1
        }
        return value
    }
}
