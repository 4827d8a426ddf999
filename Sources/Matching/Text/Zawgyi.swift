internal import Foundation

/// Burmese typed in Zawgyi: the code points of Unicode's Myanmar block with other meanings, which
/// many phones still send.
///
/// A text is Zawgyi when Unicode's own rules for the script are broken in it and hold after
/// conversion, or when it is much more like Burmese then. Asking only which code points occur would take Shan, Mon and Karen for Zawgyi. What was
/// typed is always kept; a conversion is one more reading of it.
package enum Zawgyi {
    /// What a text looks like.
    package enum Verdict: String, Sendable {
        /// Typed in Zawgyi.
        case zawgyi
        /// Unicode, or no Burmese at all.
        case unicode
        /// Both readings make sense, or neither does.
        case undecided
    }

    /// One text and how it can be read.
    package struct Reading: Equatable, Sendable {
        /// What it looks like.
        package let verdict: Verdict
        /// The text in Unicode: its lines that are Zawgyi converted, all else as it was typed.
        package let unicode: String
    }

    /// Judges the whole of `text`.
    package static func verdict(_ text: String) -> Verdict { judge(text).verdict }

    /// Judges and reads `text`, line by line, since people quote what others typed: a line that could
    /// be both is read as the whole text is.
    package static func reading(_ text: String) -> Reading {
        guard text.unicodeScalars.contains(where: { MyanmarSyllables.isMyanmar($0.value) }) else {
            return Reading(verdict: .unicode, unicode: text)
        }
        let whole = judge(text)
        var unicode = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let own = judge(String(line))
            let isZawgyi =
                own.verdict == .zawgyi || (own.verdict == .undecided && whole.verdict == .zawgyi)
            if !unicode.isEmpty || line.startIndex != text.startIndex { unicode += "\n" }
            unicode += isZawgyi ? own.converted : String(line)
        }
        return Reading(verdict: whole.verdict, unicode: unicode)
    }

    /// `text` read as Zawgyi, in Unicode. Text in other scripts stays.
    package static func converted(_ text: String) -> String {
        text.applyingTransform(StringTransform(rawValue: "Zawgyi-my"), reverse: false) ?? text
    }

    private static func judge(_ text: String) -> (verdict: Verdict, converted: String) {
        let asTyped = MyanmarSyllables(text)
        guard asTyped.total > 0 else { return (.unicode, text) }
        let converted = converted(text)
        guard converted != text else { return (.unicode, text) }
        return (verdict(asTyped, MyanmarSyllables(converted)), converted)
    }

    private static func verdict(
        _ asTyped: MyanmarSyllables, _ converted: MyanmarSyllables
    ) -> Verdict {
        // Everybody mistypes: one reading must be clearly better, not faultless.
        if asTyped.faults > clearly * converted.faults { return .zawgyi }
        if converted.faults > clearly * asTyped.faults { return .unicode }
        return .undecided
    }

    /// How many times more faults the worse reading must have.
    private static let clearly = 3
}
