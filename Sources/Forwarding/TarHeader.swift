/// The 512-byte header of a ustar member (POSIX.1-1988), in the one form that a bundle uses.
///
/// Regular file, mode 0644, owner and group 0 without names, time 0, no prefix field. One form in,
/// one form out: a header that differs in any byte from what ``encode(name:byteCount:)`` writes is
/// refused, so links, directories, devices, extended headers and odd checksums cannot occur.
package enum TarHeader {
    /// Bytes of a header, and the unit to which contents are filled up.
    package static let blockBytes = 512
    /// Most bytes of a name.
    package static let nameLimit = 100
    /// Most bytes of one member: what eleven octal digits can say (8 GiB - 1).
    package static let memberLimit = 0o77_777_777_777

    /// The header of a file of `byteCount` bytes.
    ///
    /// - Throws: ``TarError/badName`` or ``TarError/memberTooLarge``.
    package static func encode(name: String, byteCount: Int) throws(TarError) -> [UInt8] {
        let name = [UInt8](name.utf8)
        guard isPlain(name) else { throw .badName }
        guard (0...memberLimit).contains(byteCount) else { throw .memberTooLarge }
        var header = [UInt8](repeating: 0, count: blockBytes)
        func put(_ bytes: [UInt8], at offset: Int) {
            header.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        put(name, at: 0)
        put([UInt8]("0000644".utf8), at: 100)
        put([UInt8]("0000000".utf8), at: 108)
        put([UInt8]("0000000".utf8), at: 116)
        put(octal(byteCount, digits: 11), at: 124)
        put(octal(0, digits: 11), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        put([0x30], at: 156)
        put([UInt8]("ustar\u{0}00".utf8), at: 257)
        put([UInt8]("0000000".utf8), at: 329)
        put([UInt8]("0000000".utf8), at: 337)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + [0, 0x20], at: 148)
        return header
    }

    /// Reads a header; only the exact bytes that ``encode(name:byteCount:)`` writes are accepted.
    ///
    /// - Throws: ``TarError/badHeader``.
    package static func decode(_ header: [UInt8]) throws(TarError) -> (name: String, byteCount: Int)
    {
        guard header.count == blockBytes, let byteCount = number(header[124..<135]) else {
            throw .badHeader
        }
        let nameBytes = header[0..<nameLimit].prefix { $0 != 0 }
        guard let name = String(validating: nameBytes, as: UTF8.self) else { throw .badHeader }
        guard let canonical = try? encode(name: name, byteCount: byteCount), canonical == header
        else { throw .badHeader }
        return (name, byteCount)
    }

    /// `byteCount` rounded up to whole blocks.
    package static func filled(_ byteCount: Int) -> Int {
        (byteCount + blockBytes - 1) / blockBytes * blockBytes
    }

    /// Visible ASCII, relative, no empty, `.` or `..` component: a name that cannot leave the
    /// directory it is unpacked in.
    static func isPlain(_ name: [UInt8]) -> Bool {
        guard !name.isEmpty, name.count <= nameLimit else { return false }
        guard name.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else { return false }
        let components = name.split(separator: 0x2F, omittingEmptySubsequences: false)
        return components.allSatisfy {
            !$0.isEmpty && !$0.elementsEqual([0x2E]) && $0.first != 0x2E
        }
    }

    private static func octal(_ value: Int, digits: Int) -> [UInt8] {
        let text = [UInt8](String(value, radix: 8).utf8)
        return [UInt8](repeating: 0x30, count: digits - text.count) + text
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
    }
}

/// Why a tar was not written or not read.
package enum TarError: Error, Equatable {
    /// A name outside visible ASCII, too long, absolute, or with an empty or dotted component.
    case badName
    /// A member larger than ``TarHeader/memberLimit``.
    case memberTooLarge
    /// A header that is not byte for byte what the writer would write.
    case badHeader
    /// Bytes between a member's end and its block's end that are not zero.
    case badFilling
    /// The archive does not end with exactly two zero blocks.
    case badEnd
    /// The archive ended inside a member.
    case truncated
    /// Two members of one name.
    case duplicate(String)
    /// More members than the caller allows.
    case tooManyMembers
    /// The source could not be read.
    case unreadable
}
