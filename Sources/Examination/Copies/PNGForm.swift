/// The parts of the PNG files (RFC 2083) that are written here: signature, `IHDR`, `IDAT`, `IEND`.
enum PNGForm {
    /// What every file begins with.
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Bytes of the signature and of `IHDR` after it.
    static let headBytes = 8 + 25

    /// Signature and `IHDR`: eight bits of each colour; colour type 2 is red, green, blue.
    static func head(width: Int, height: Int) -> [UInt8] {
        signature + chunk("IHDR", number(width) + number(height) + [8, 2, 0, 0, 0])
    }

    /// What every file ends with.
    static var end: [UInt8] { chunk("IEND", []) }

    /// A chunk: length, type, content, checksum.
    static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let body = [UInt8](type.utf8) + content
        return number(content.count) + body + number(Int(Checksum.crc32(body)))
    }

    /// Four bytes, the highest first.
    static func number(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
