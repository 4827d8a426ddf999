/// Text as identifiers are looked for in it: digits of every script and full-width letters are ASCII,
/// everything else stays what it is.
struct Typed {
    let scalars: [UInt32]

    init(_ text: String) {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value < 0x80 {
                scalars.append(value)
            } else if (0xFF01...0xFF5E).contains(value) {
                scalars.append(value - 0xFEE0)
            } else if value == 0x3000 || value == 0xA0 {
                scalars.append(0x20)
            } else if (0x3400...0x9FFF).contains(value) {
                scalars.append(value)
            } else if scalar.properties.isDefaultIgnorableCodePoint {
                continue
            } else if scalar.properties.generalCategory == .decimalNumber,
                let digit = scalar.properties.numericValue
            {
                scalars.append(0x30 + UInt32(digit))
            } else {
                scalars.append(value)
            }
        }
        self.scalars = scalars
    }

    static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }
    static func isLetter(_ value: UInt32) -> Bool { (0x61...0x7A).contains(value | 0x20) }

    static func string(_ scalars: some Sequence<UInt32>) -> String { FoldedText.string(scalars) }
}

/// A run of ASCII without spaces, or of other letters: “微信abc123” is two.
struct Token {
    let text: String
    let isASCII: Bool
    /// Whether the token before it stood on the same line.
    let followsOnLine: Bool

    static func all(in typed: Typed) -> [Token] {
        var tokens: [Token] = []
        var run: [UInt32] = []
        var follows = false
        func end() {
            while let last = run.last, closing.contains(last) { run.removeLast() }
            guard let first = run.first else { return }
            tokens.append(
                Token(
                    text: Typed.string(run), isASCII: first < 0x80,
                    followsOnLine: follows && !tokens.isEmpty))
            run = []
            follows = true
        }
        for (place, value) in typed.scalars.enumerated() {
            // A colon parts a word from what it is about, unless it is an address's.
            let isColon =
                value == 0x3A
                && (place + 1 == typed.scalars.count || typed.scalars[place + 1] != 0x2F)
            if value <= 0x20 || isColon || isSeparator(value) {
                end()
                if value == 0x0A || value == 0x0D { follows = false }
                continue
            }
            if let last = run.last, (last < 0x80) != (value < 0x80) { end() }
            run.append(value)
        }
        end()
        return tokens
    }

    private static func isSeparator(_ value: UInt32) -> Bool {
        // Most characters are letters, and need no look into a set.
        if Typed.isLetter(value) || Typed.isDigit(value) || (0x3400...0x9FFF).contains(value) {
            return false
        }
        return separators.contains(value)
    }

    /// Characters that no identifier has: brackets, quotes, commas, and their kin in other scripts.
    private static let separators: Set<UInt32> = Set(
        "()[]{}<>\"'`,;|*，。；、（）《》「」【】“”‘’：！？।၊။،؛፣።፤·•".unicodeScalars.map(\.value))
    /// Characters that end a sentence or an address, and are no part of it.
    private static let closing: Set<UInt32> = Set(".:-?&=/!".unicodeScalars.map(\.value))
}
