/// A text without what could act on whoever reads it: control characters, and the signs that turn
/// the direction of text round or do not show at all.
///
/// Joiners and zero-width spaces stay: Persian, Burmese and Khmer are written with them.
package enum PlainText {
    /// The copy of `bytes`, and how many characters were left out.
    ///
    /// - Throws: ``NotDone/unknownEncoding`` for what is not UTF-8.
    package static func copy(_ bytes: [UInt8]) throws(NotDone) -> (text: [UInt8], leftOut: Int) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .unknownEncoding }
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        var leftOut = 0
        for scalar in text.unicodeScalars {
            if isHarmless(scalar) { copy += String(scalar).utf8 } else { leftOut += 1 }
        }
        return (copy, leftOut)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20...0x7E, 0x200B...0x200D: true
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned: false
            case .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }
}
