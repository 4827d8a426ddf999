/// A stranger's words, made safe to show and to store: file names, values of metadata fields.
///
/// What is not a letter, a mark, a number, punctuation, a symbol or a plain space is shown by its
/// code, so nothing can move a cursor, turn text round or hide; bytes that are not UTF-8 become
/// U+FFFD. Nothing is left out but what is beyond the length.
package enum ReportText {
    /// Most bytes of one text.
    package static let byteLimit = 256

    /// The text, at most ``byteLimit`` bytes of it; an ellipsis stands for the rest.
    package static func shown(_ bytes: some Sequence<UInt8>) -> String {
        // No sign is shown with fewer than its own bytes, so more than the limit is never needed.
        let text = String(decoding: Array(bytes.prefix(byteLimit + 4)), as: UTF8.self)
        var result = ""
        for scalar in text.unicodeScalars {
            let shown = isPlain(scalar) ? String(scalar) : code(scalar)
            guard result.utf8.count + shown.utf8.count <= byteLimit - ellipsis.utf8.count else {
                return result + ellipsis
            }
            result += shown
        }
        return result
    }

    /// Whether a text is one that ``shown(_:)`` can have made.
    package static func isShown(_ text: String) -> Bool {
        text.utf8.count <= byteLimit && text.unicodeScalars.allSatisfy(isPlain)
    }

    private static let ellipsis = "…"

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "⟩"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        case .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        // U+2800 is a pattern of no dots.
        default: !scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{2800}"
        }
    }
}
