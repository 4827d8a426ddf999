/// ASCII decimal numbers in their one canonical form: no sign, no leading zero.
enum CanonicalDecimal {
    /// The number, or nil for an empty text, another character, a leading zero or an overflow.
    static func parse(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count == 1 || first != 0x30 else { return nil }
        var number: UInt64 = 0
        for digit in text {
            guard (0x30...0x39).contains(digit) else { return nil }
            let (product, tooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(UInt64(digit - 0x30))
            guard !tooLarge, !overflow else { return nil }
            number = sum
        }
        return number
    }
}
