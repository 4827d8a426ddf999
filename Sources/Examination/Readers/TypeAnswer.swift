/// What `file --mime-type` answers: one type, as RFC 6838 writes it, and a line feed.
package enum TypeAnswer {
    /// Most bytes of a type.
    package static let byteLimit = 127

    /// The type; nil for anything that is none.
    package static func parse(_ output: [UInt8]) -> String? {
        guard output.last == 0x0A else { return nil }
        let type = String(decoding: output.dropLast(), as: UTF8.self)
        return isValid(type) ? type : nil
    }

    /// Whether this is a type: two names of RFC 6838 with a slash between.
    package static func isValid(_ type: String) -> Bool {
        let names = type.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        return type.utf8.count <= byteLimit && names.count == 2
            && names.allSatisfy { !$0.isEmpty && $0.allSatisfy(isNameByte) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
    }
}
