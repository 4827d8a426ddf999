/// Base64 with the standard alphabet (RFC 4648 §4), canonical only.
package enum Base64 {
    /// Encodes `bytes`; `padded` adds `=` to a multiple of four characters.
    package static func encode(_ bytes: Span<UInt8>, padded: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            var group = UInt32(bytes[index]) << 16
            if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
            if left > 2 { group |= UInt32(bytes[index + 2]) }
            let characters = left > 2 ? 4 : left + 1
            for position in 0..<characters {
                let value = UInt8(truncatingIfNeeded: group >> UInt32(18 - 6 * position)) & 63
                text.append(character(value))
            }
            if padded { text.append(contentsOf: repeatElement(0x3D, count: 4 - characters)) }
            index += 3
        }
        return text
    }

    /// Decodes `text`, or returns nil when it is not the one canonical encoding of some bytes:
    /// wrong alphabet, wrong padding, or set trailing bits.
    package static func decode(_ text: Span<UInt8>, padded: Bool) -> [UInt8]? {
        var count = text.count
        if padded {
            guard count % 4 == 0 else { return nil }
            if count > 0, text[count - 1] == 0x3D { count -= 1 }
            if count > 0, count % 4 == 3, text[count - 1] == 0x3D { count -= 1 }
        }
        guard count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count / 4 * 3 + 2)
        var buffer: UInt32 = 0
        var bits = 0
        for index in 0..<count {
            guard let value = value(text[index]) else { return nil }
            buffer = buffer << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
                buffer &= (1 << UInt32(bits)) - 1
            }
        }
        return buffer == 0 ? bytes : nil
    }

    private static func character(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: value + 65
        case 26..<52: value + 71
        case 52..<62: value - 4
        case 62: 0x2B
        default: 0x2F
        }
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case 65...90: character - 65
        case 97...122: character - 71
        case 48...57: character + 4
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
