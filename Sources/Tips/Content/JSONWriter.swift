internal import Sealing

extension JSON {
    /// The value as UTF-8 JSON: keys in their order, no white space, no escape that is not needed.
    ///
    /// The same bytes as a browser's `JSON.stringify`.
    package var encoded: [UInt8] {
        var text: [UInt8] = []
        write(to: &text)
        return text
    }

    private func write(to text: inout [UInt8]) {
        switch self {
        case .null: text += ascii("null")
        case .bool(let value): text += value ? ascii("true") : ascii("false")
        case .integer(let value): text += value.description.utf8
        case .string(let value): Self.write(value, to: &text)
        case .array(let items):
            text.append(0x5B)
            for index in items.indices {
                if index > 0 { text.append(0x2C) }
                items[index].write(to: &text)
            }
            text.append(0x5D)
        case .object(let object): Self.write(object, to: &text)
        }
    }

    private static func write(_ object: JSONObject, to text: inout [UInt8]) {
        text.append(0x7B)
        for (index, member) in object.members.enumerated() {
            if index > 0 { text.append(0x2C) }
            write(member.key, to: &text)
            text.append(0x3A)
            member.value.write(to: &text)
        }
        text.append(0x7D)
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        text.append(0x22)
        for byte in string.utf8 {
            switch byte {
            case 0x22, 0x5C: text += [0x5C, byte]
            case 0x08: text += ascii("\\b")
            case 0x09: text += ascii("\\t")
            case 0x0A: text += ascii("\\n")
            case 0x0C: text += ascii("\\f")
            case 0x0D: text += ascii("\\r")
            case 0..<0x20: text += ascii("\\u00") + [Hex.digit(byte >> 4), Hex.digit(byte & 15)]
            default: text.append(byte)
            }
        }
        text.append(0x22)
    }
}
