/// Bech32 (BIP 173) without its limit of 90 characters, as age uses it for keys (Container §2.1).
package enum Bech32 {
    private static let alphabet = ascii("qpzry9x8gf2tvdw0s3jn54khce6mua7l")

    /// Encodes `data` in lower case under the human-readable part `prefix` (lower case).
    package static func encode(prefix: [UInt8], _ data: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        // Growing would leave earlier copies of a secret behind.
        text.reserveCapacity(prefix.count + data.count * 2 + 8)
        text += prefix
        text.append(0x31)
        var checksum = Checksum(prefix: prefix)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        func put(_ value: UInt8) {
            checksum.add(value)
            text.append(alphabet[Int(value)])
        }
        for index in 0..<data.count {
            buffer = buffer << 8 | UInt32(data[index])
            bits += 8
            while bits >= 5 {
                bits -= 5
                put(UInt8(truncatingIfNeeded: buffer >> bits) & 31)
            }
            buffer &= (1 << bits) - 1
        }
        if bits > 0 { put(UInt8(truncatingIfNeeded: buffer << (5 - bits)) & 31) }
        text.append(contentsOf: checksum.characters().map { alphabet[Int($0)] })
        return text
    }

    /// Decodes `text`: one case throughout, right checksum, zero padding bits; nil otherwise.
    ///
    /// - Returns: the human-readable part in lower case, and the data.
    package static func decode(_ text: Span<UInt8>) -> (prefix: [UInt8], data: [UInt8])? {
        var data: [UInt8] = []
        guard let prefix = decode(text, into: &data) else { return nil }
        return (prefix, data)
    }

    /// Decodes a text that may be a secret: no byte of it is anywhere but in `data`, which the caller
    /// wipes, also when the text is wrong.
    ///
    /// - Returns: the human-readable part in lower case; nil as for ``decode(_:)``.
    package static func decode(_ text: Span<UInt8>, into data: inout [UInt8]) -> [UInt8]? {
        guard let separator = separator(in: text) else { return nil }
        let prefix = (0..<separator).map { lowered(text[$0]) }
        // Growing would leave earlier copies behind.
        data.reserveCapacity(text.count)
        var checksum = Checksum(prefix: prefix)
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        let dataEnd = text.count - 6
        for index in (separator + 1)..<text.count {
            guard let value = alphabet.firstIndex(of: lowered(text[index])) else { return nil }
            checksum.add(UInt8(value))
            if index >= dataEnd { continue }
            buffer = buffer << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                data.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
            buffer &= (1 << bits) - 1
        }
        return checksum.isValid && bits < 5 && buffer == 0 ? prefix : nil
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte + 32 : byte
    }

    /// The place of the text's last `1`; nil when cases are mixed or a part is missing.
    private static func separator(in text: Span<UInt8>) -> Int? {
        var sawLower = false
        var sawUpper = false
        var separator = -1
        for index in 0..<text.count {
            let byte = text[index]
            guard (0x21...0x7E).contains(byte) else { return nil }
            if (0x61...0x7A).contains(byte) { sawLower = true }
            if (0x41...0x5A).contains(byte) { sawUpper = true }
            if byte == 0x31 { separator = index }
        }
        guard !(sawLower && sawUpper), separator >= 1, text.count - separator > 6 else {
            return nil
        }
        return separator
    }

    private struct Checksum {
        private var state: UInt32 = 1

        init(prefix: [UInt8]) {
            for byte in prefix { add(byte >> 5) }
            add(0)
            for byte in prefix { add(byte & 31) }
        }

        mutating func add(_ value: UInt8) {
            let top = state >> 25
            state = (state & 0x1FF_FFFF) << 5 ^ UInt32(value)
            if top & 1 != 0 { state ^= 0x3B6A_57B2 }
            if top & 2 != 0 { state ^= 0x2650_8E6D }
            if top & 4 != 0 { state ^= 0x1EA1_19FA }
            if top & 8 != 0 { state ^= 0x3D42_33DD }
            if top & 16 != 0 { state ^= 0x2A14_62B3 }
        }

        var isValid: Bool { state == 1 }

        func characters() -> [UInt8] {
            var copy = self
            for _ in 0..<6 { copy.add(0) }
            let value = copy.state ^ 1
            return (0..<6).map { UInt8(truncatingIfNeeded: value >> UInt32(5 * (5 - $0))) & 31 }
        }
    }
}
