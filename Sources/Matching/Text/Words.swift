/// The words of a text: runs of letters, marks and digits. A script without spaces gives one word for
/// a whole run.
struct Words {
    struct Word {
        /// As it was typed.
        let typed: Substring
        /// As it is compared; never empty.
        let folded: [UInt32]
        /// Whether it has a letter of a script that is written without spaces.
        let isSpaceless: Bool
    }

    let list: [Word]

    /// Most words that are read of one text; more are left out.
    static let limit = 20_000

    init(_ text: String) {
        var list: [Word] = []
        var start: String.Index?
        let scalars = text.unicodeScalars
        for index in scalars.indices {
            let isInside =
                Self.isInWord(scalars[index])
                || (start != nil && Self.isPoint(at: index, in: scalars))
            if isInside, start == nil { start = index }
            if !isInside, let from = start {
                start = nil
                Self.add(text[from..<index], to: &list)
                if list.count >= Self.limit { break }
            }
        }
        if let from = start { Self.add(text[from...], to: &list) }
        self.list = list
    }

    private static func add(_ typed: Substring, to list: inout [Word]) {
        // The only thing in a word that folds to a space is a decimal point.
        let folded = FoldedText.scalars(String(typed)).map { $0 == FoldedText.space ? point : $0 }
        guard !folded.isEmpty else { return }
        list.append(
            Word(typed: typed, folded: folded, isSpaceless: folded.contains(where: isSpaceless)))
    }

    /// What stands between two numbers.
    static let point: UInt32 = 0x2E

    /// Whether the scalar is the point of a number such as 2.0.
    private static func isPoint(
        at index: String.Index, in scalars: String.UnicodeScalarView
    ) -> Bool {
        guard scalars[index].value == point else { return false }
        let next = scalars.index(after: index)
        guard index > scalars.startIndex, next < scalars.endIndex else { return false }
        return [scalars[scalars.index(before: index)], scalars[next]].allSatisfy {
            $0.properties.generalCategory == .decimalNumber
        }
    }

    static func isSpaceless(_ value: UInt32) -> Bool {
        guard value >= 0x80, let scalar = Unicode.Scalar(value) else { return false }
        return WritingSystem.of(scalar)?.isSpaceless ?? false
    }

    private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x80 {
            return (0x61...0x7A).contains(value | 0x20) || (0x30...0x39).contains(value)
        }
        if (0x3400...0x9FFF).contains(value) { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .format:
            return true
        default: return false
        }
    }
}
