internal import Foundation

/// A text as it is compared: what people type differently without meaning anything by it is gone.
///
/// Compatibility forms are one (full width, ligatures), case and the marks over Latin letters are
/// gone, every digit is ASCII, traditional Han is simplified, invisible characters are dropped.
/// Vowel signs of Burmese, Thai or Hindi are letters and stay. Only for comparing: what was typed is
/// kept elsewhere.
package enum FoldedText {
    /// The folded scalars of `text`, a run of anything that is no letter or digit being one space.
    package static func scalars(_ text: String) -> [UInt32] {
        var folded: [UInt32] = []
        folded.reserveCapacity(text.utf8.count)
        fold(text) { value in
            if value != space || (folded.last ?? space) != space { folded.append(value) }
        }
        if folded.last == space { folded.removeLast() }
        return folded
    }

    /// The same as a text.
    package static func string(_ text: String) -> String { string(scalars(text)) }

    /// The text of scalars that folding gave.
    static func string(_ scalars: some Sequence<UInt32>) -> String {
        // By bytes: appending to a view of scalars takes ten times as long.
        String(decoding: utf8(scalars), as: UTF8.self)
    }

    /// The UTF-8 of scalars that folding gave.
    static func utf8(_ scalars: some Sequence<UInt32>) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in scalars {
            switch value {
            case 0..<0x80: bytes.append(UInt8(value))
            case 0x80..<0x800:
                bytes.append(UInt8(0xC0 | value >> 6))
                bytes.append(UInt8(0x80 | value & 0x3F))
            case 0x800..<0x10000:
                bytes.append(UInt8(0xE0 | value >> 12))
                bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
                bytes.append(UInt8(0x80 | value & 0x3F))
            default:
                bytes.append(UInt8(0xF0 | value >> 18 & 7))
                bytes.append(UInt8(0x80 | value >> 12 & 0x3F))
                bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
                bytes.append(UInt8(0x80 | value & 0x3F))
            }
        }
        return bytes
    }

    static let space: UInt32 = 0x20

    private static func fold(_ text: String, _ put: (UInt32) -> Void) {
        // Decomposed, so that marks stand alone and can be dropped.
        let isDecomposed = text.unicodeScalars.allSatisfy { hasNoParts($0.value) }
        let decomposed = isDecomposed ? text : text.decomposedStringWithCompatibilityMapping
        for scalar in decomposed.unicodeScalars {
            if scalar.value < 0x80 {
                put(ascii(scalar.value))
            } else if let value = other(scalar) {
                put(value)
            }
        }
    }

    /// ASCII, Han and the letters of Burmese but one, which no decomposition changes: most texts need
    /// not be taken apart.
    private static func hasNoParts(_ value: UInt32) -> Bool {
        value < 0x80 || (0x4E00...0x9FFF).contains(value)
            || (0x1000...0x109F).contains(value) && value != 0x1026
    }

    private static func ascii(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x41...0x5A: value | 0x20
        case 0x61...0x7A, 0x30...0x39: value
        default: space
        }
    }

    /// What a scalar beyond ASCII becomes; nil when it is dropped.
    private static func other(_ scalar: Unicode.Scalar) -> UInt32? {
        let value = scalar.value
        if (0x300...0x36F).contains(value) { return nil }
        if let letter = strokes[value] { return letter }
        if (0x4E00...0x9FFF).contains(value) { return simplified[Int(value - 0x4E00)] }
        if (0x1000...0x109F).contains(value) && !(0x1040...0x104F).contains(value) { return value }
        return byProperty(scalar)
    }

    private static func byProperty(_ scalar: Unicode.Scalar) -> UInt32? {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .decimalNumber: return properties.numericValue.map { 0x30 + UInt32($0) }
        case .uppercaseLetter, .titlecaseLetter:
            let lower = properties.lowercaseMapping.unicodeScalars
            return lower.first.map(\.value)
        case .lowercaseLetter, .modifierLetter, .otherLetter, .letterNumber, .nonspacingMark,
            .spacingMark:
            return properties.isDefaultIgnorableCodePoint ? nil : scalar.value
        case .format, .enclosingMark: return nil
        default: return space
        }
    }

    /// Letters with a stroke, which no decomposition takes apart.
    private static let strokes: [UInt32: UInt32] = [
        0x110: 0x64, 0x111: 0x64, 0x141: 0x6C, 0x142: 0x6C, 0xD8: 0x6F, 0xF8: 0x6F, 0x131: 0x69,
    ]

    /// The simplified form of every character from U+4E00 to U+9FFF: asked of ICU once for all, since
    /// asking for each text would cost more than all the rest.
    private static let simplified: [UInt32] = {
        let block = (UInt32(0x4E00)...0x9FFF).map { $0 }
        let text = string(block).applyingTransform(
            StringTransform(rawValue: "Hant-Hans"), reverse: false)
        let result = text.map { $0.unicodeScalars.map(\.value) } ?? []
        return result.count == block.count ? result : block
    }()
}

extension FoldedText {
    /// Whether ICU's tables are there. Without them traditional and simplified Han do not meet.
    package static var hasHanTable: Bool { simplified[0x5712 - 0x4E00] == 0x56ED }
}
