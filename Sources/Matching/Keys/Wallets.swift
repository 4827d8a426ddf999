internal import NativePrimitives
internal import Sealing

/// Addresses of wallets, taken for one only when their checksum is right; Ethereum's is not checked,
/// since it takes a hash that no library here has.
enum Wallets {
    /// The normalised address; nil when `text` is none.
    static func address(_ text: String) -> String? {
        let bytes = [UInt8](text.utf8)
        guard (26...90).contains(bytes.count) else { return nil }
        if bytes.count == 42, bytes[0] == 0x30, bytes[1] | 0x20 == 0x78,
            bytes.dropFirst(2).allSatisfy(isHexadecimal)
        {
            return text.lowercased()
        }
        if text.prefix(3).lowercased() == "bc1" {
            return isSegwit(bytes) ? text.lowercased() : nil
        }
        guard bytes.count <= 35, let first = bytes.first, [0x31, 0x33, 0x54].contains(first),
            isBase58Check(bytes)
        else { return nil }
        return text
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    /// Base58Check with a version of Bitcoin (0, 5) or TRON (0x41) and 20 bytes.
    private static func isBase58Check(_ text: [UInt8]) -> Bool {
        guard let bytes = base58(text), bytes.count == 25, [0, 5, 0x41].contains(bytes[0]) else {
            return false
        }
        let payload = Array(bytes[..<21])
        let digest = NativePrimitives.sha256(NativePrimitives.sha256(payload.span).span)
        return digest[..<4].elementsEqual(bytes[21...])
    }

    private static let alphabet = [UInt8](
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    private static func base58(_ text: [UInt8]) -> [UInt8]? {
        // Little-endian while it grows.
        var number: [UInt8] = []
        for letter in text {
            guard var carry = alphabet.firstIndex(of: letter) else { return nil }
            for index in number.indices {
                carry += Int(number[index]) * 58
                number[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            while carry > 0 {
                number.append(UInt8(carry & 0xFF))
                carry >>= 8
            }
        }
        let zeros = text.prefix { $0 == alphabet[0] }.count
        return [UInt8](repeating: 0, count: zeros) + number.reversed()
    }

    /// Bech32 (BIP 173) for version 0, Bech32m (BIP 350) for the later ones.
    private static func isSegwit(_ text: [UInt8]) -> Bool {
        let isLower = text.allSatisfy { !(0x41...0x5A).contains($0) }
        let isUpper = text.allSatisfy { !(0x61...0x7A).contains($0) }
        guard isLower || isUpper, text.count >= 14 else { return false }
        var state = [3, 3, 0, 2, 3].reduce(UInt32(1)) { polymod($0, $1) }
        var version: UInt32 = 0
        for (place, letter) in text.dropFirst(3).enumerated() {
            guard let value = charset.firstIndex(of: isUpper ? letter | 0x20 : letter) else {
                return false
            }
            if place == 0 { version = UInt32(value) }
            state = polymod(state, UInt32(value))
        }
        return version <= 16 && state == (version == 0 ? 1 : 0x2BC8_30A3)
    }

    private static let charset = [UInt8]("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    private static func polymod(_ state: UInt32, _ value: UInt32) -> UInt32 {
        let generators: [UInt32] = [
            0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
        ]
        let top = state >> 25
        var next = (state & 0x1FF_FFFF) << 5 ^ value
        for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 == 1 {
            next ^= generator
        }
        return next
    }
}
