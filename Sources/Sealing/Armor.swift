/// age's armor: a container as text, strict PEM (Container §6).
package enum Armor {
    /// Bytes of the container in every line but the last.
    static let lineBytes = 48
    /// Columns of every line but the last.
    static let lineColumns = 64
    /// Most bytes of white space before the first line, and after the last.
    package static let whitespaceLimit = 1024

    /// The first line.
    package static var begin: [UInt8] { ascii("-----BEGIN AGE ENCRYPTED FILE-----") }
    /// The last line.
    package static var end: [UInt8] { ascii("-----END AGE ENCRYPTED FILE-----") }

    /// Whether a file that starts with `bytes` means to be armored: after white space, it begins as
    /// the first line does.
    package static func isLikely(_ bytes: Span<UInt8>) -> Bool {
        let mark = ascii("-----BEGIN AGE ")
        var start = 0
        while start < min(bytes.count, whitespaceLimit + 1), isWhitespace(bytes[start]) {
            start += 1
        }
        guard bytes.count - start >= mark.count else { return false }
        for index in mark.indices where bytes[start + index] != mark[index] { return false }
        return true
    }

    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}

/// Why text is not an armored container; each names the first rule that was broken.
package enum ArmorError: Error, Equatable {
    /// The first line that is not white space is not the one that begins an age file.
    case badFirstLine
    /// A line is longer than 64 columns, empty, or not canonical padded base64.
    case badLine
    /// The line after the short one is not the one that ends an age file.
    case badLastLine
    /// The text ends before its last line.
    case truncated
    /// Something other than white space follows the last line.
    case trailingData
    /// More than ``Armor/whitespaceLimit`` bytes of white space before or after.
    case tooMuchWhitespace
}

/// Writes a container as text, in pieces.
package struct ArmorEncoder {
    private var pending = Armor.begin + [0x0A]
    private var line: [UInt8] = []

    /// An encoder of one container.
    package init() {}

    /// Takes bytes of the container, and appends complete lines to `text`.
    package mutating func update(_ bytes: Span<UInt8>, into text: inout [UInt8]) {
        text += pending
        pending = []
        var start = 0
        while start < bytes.count {
            if line.isEmpty {
                start += ArmorLines.encode(bytes.extracting(start..<bytes.count), into: &text)
            }
            let count = min(Armor.lineBytes - line.count, bytes.count - start)
            line.append(copying: bytes.extracting(start..<start + count))
            start += count
            if line.count == Armor.lineBytes { endLine(into: &text) }
        }
    }

    /// Appends what is left and the last line.
    package mutating func finish(into text: inout [UInt8]) {
        text += pending
        if !line.isEmpty { endLine(into: &text) }
        text += Armor.end
        text.append(0x0A)
    }

    private mutating func endLine(into text: inout [UInt8]) {
        text += Base64.encode(line.span, padded: true)
        text.append(0x0A)
        line.removeAll(keepingCapacity: true)
    }
}
