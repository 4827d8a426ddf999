/// Days as text.
package enum DayText {
    /// Whether `text` is a day of the Gregorian calendar, written `YYYY-MM-DD`.
    package static func isValid(_ text: FormatText) -> Bool {
        let utf8 = [UInt8](text.utf8)
        guard utf8.count == 10, utf8[4] == 0x2D, utf8[7] == 0x2D,
            let year = number(utf8[0..<4]), let month = number(utf8[5..<7]),
            let day = number(utf8[8..<10])
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        switch month {
        case 2: return (1...(isLeap ? 29 : 28)).contains(day)
        case 4, 6, 9, 11: return (1...30).contains(day)
        case 1...12: return (1...31).contains(day)
        default: return false
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }
}

/// Language tags as text.
package enum LanguageTag {
    /// Whether `text` has the letters of a BCP 47 tag, and at most ``Limits/languageBytes``; or
    /// is "".
    package static func isValidOrEmpty(_ text: FormatText) -> Bool {
        let utf8 = text.utf8
        return utf8.count <= Limits.languageBytes
            && utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
    }
}
