/// Text from outside, made safe for a terminal: what would move the cursor, hide or turn text round
/// is shown by its code, and nothing is left out.
package enum CleanText {
    /// `text` with its line feeds kept and everything dangerous shown as `⟨U+202E⟩`.
    package static func shown(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" || !isDangerous(scalar.value) {
                result.unicodeScalars.append(scalar)
            } else {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
                result += "⟨U+\(zeros)\(digits)⟩"
            }
        }
        return result
    }

    /// The same on one line.
    package static func line(_ text: String) -> String {
        shown(text).split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: " ⏎ ")
    }

    /// The same, cut to a length that a terminal shows at a glance: for words in which there may be
    /// a sender's.
    package static func brief(_ text: String) -> String {
        let line = line(text)
        return line.count <= briefLength ? line : line.prefix(briefLength) + "…"
    }

    /// Most characters of ``brief(_:)``.
    private static let briefLength = 300

    private static func isDangerous(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F: true
        // Hyphens and fillers that do not show, and strokes through what stands before them.
        case 0x00AD, 0x034F, 0x115F...0x1160, 0x17B4...0x17B5, 0x2800, 0x3164, 0xFFA0: true
        case 0x0335...0x0338, 0x20D2...0x20D3, 0x20D8...0x20DA, 0x20E5, 0xE0100...0xE01EF: true
        case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
