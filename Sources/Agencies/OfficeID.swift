/// The name of one office of one agency, as leaves, statements and paths write it.
///
/// Grammar: 1 to 64 bytes of `a`-`z`, `0`-`9` and `-`; begins and ends with a letter or digit; no
/// two hyphens in a row. The same text is a file name and a URL path segment.
package struct OfficeID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The longest name, in bytes.
    package static let byteLimit = 64

    /// The name itself.
    package let text: String

    /// Reads a name; nil when it breaks the grammar.
    package init?(_ text: String) {
        guard Slug.isValid(text, byteLimit: Self.byteLimit) else { return nil }
        self.text = text
    }

    /// The name itself, for messages.
    package var description: String { text }

    package static func < (first: OfficeID, second: OfficeID) -> Bool { first.text < second.text }
}

/// The handle of one person on the roster of verifiers: same grammar as ``OfficeID``.
package struct PersonID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The longest handle, in bytes.
    package static let byteLimit = 32

    /// The handle itself.
    package let text: String

    /// Reads a handle; nil when it breaks the grammar.
    package init?(_ text: String) {
        guard Slug.isValid(text, byteLimit: Self.byteLimit) else { return nil }
        self.text = text
    }

    /// The handle itself, for messages.
    package var description: String { text }

    package static func < (first: PersonID, second: PersonID) -> Bool { first.text < second.text }
}

/// Names of lower-case ASCII letters, digits and single hyphens.
enum Slug {
    static func isValid(_ text: String, byteLimit: Int) -> Bool {
        guard (1...byteLimit).contains(text.utf8.count) else { return false }
        var afterHyphen = true
        for byte in text.utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: afterHyphen = false
            case 0x2D where !afterHyphen: afterHyphen = true
            default: return false
            }
        }
        return !afterHyphen
    }
}
