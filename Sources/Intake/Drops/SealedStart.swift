internal import Sealing

/// What the first bytes of a file say about whether it is sealed.
package enum SealedStart: Equatable, Sendable {
    /// It begins as an age file does.
    case binary
    /// It begins as an armored age file does.
    case armored
    /// It begins as no age file does: whoever sent it has sent it open.
    case open
    /// More bytes are needed.
    case undecided

    private static let version = Array("age-encryption.org/v1\n".utf8)

    /// Looks at the first bytes; `isAll` when there are no more.
    package init(_ bytes: [UInt8], isAll: Bool) {
        if bytes.starts(with: Self.version) {
            self = .binary
        } else if Armor.isLikely(bytes.span) {
            self = .armored
        } else {
            self = isAll || !Self.mayBecome(bytes) ? .open : .undecided
        }
    }

    private static func mayBecome(_ bytes: [UInt8]) -> Bool {
        if Self.version.starts(with: bytes) { return true }
        let line = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return bytes.count - line.count <= Armor.whitespaceLimit && Armor.begin.starts(with: line)
    }
}
