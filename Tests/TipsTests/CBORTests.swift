import Testing

@testable import Tips

@Suite struct CBORTests {
    /// The vectors of RFC 8949 Appendix A whose items our formats use.
    static let vectorTexts = [
        "00", "01", "0a", "17", "1818", "1819", "1864", "1903e8", "1a000f4240",
        "1b000000e8d4a51000", "1bffffffffffffffff", "3bffffffffffffffff", "20", "29", "3863",
        "3903e7", "f4", "f5", "f6", "40", "4401020304", "60", "6161", "6449455446", "62225c",
        "62c3bc", "63e6b0b4", "64f0908591", "80", "83010203", "8301820203820405",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
    ]

    @Test(
        "every applicable vector of RFC 8949 Appendix A decodes and encodes to the same bytes",
        arguments: vectorTexts)
    func vectors(_ vector: String) throws {
        let bytes = hex(vector)
        let value = try CBORValue(decoding: bytes.span, limit: 64)
        #expect(value.encoded == bytes)
    }

    @Test("values are those of the vectors")
    func values() throws {
        guard case .uint(1_000_000_000_000) = try decode("1b000000e8d4a51000"),
            case .negative(999) = try decode("3903e7"), case .text("水") = try decode("63e6b0b4"),
            case .array(let items) = try decode("8301820203820405"), items.count == 3,
            case .bool(true) = try decode("f5"), case .null = try decode("f6")
        else {
            Issue.record("another value")
            return
        }
    }

    /// Hexadecimal and the rule it breaks.
    static let cases: [(String, FormatError)] = [
        ("", .truncated), ("1800", .notShortest), ("1817", .notShortest), ("1900ff", .notShortest),
        ("1a0000ffff", .notShortest), ("1b00000000ffffffff", .notShortest),
        ("3817", .notShortest), ("5800", .notShortest), ("7800", .notShortest),
        ("9800", .notShortest), ("18", .truncated), ("19ff", .truncated), ("4401", .truncated),
        ("5bffffffffffffffff", .truncated), ("9bffffffffffffffff", .truncated),
        ("8301", .truncated), ("5f42010243030405ff", .unsupportedItem),
        ("7f657374726561646d696e67ff", .unsupportedItem), ("9fff", .unsupportedItem),
        ("a0", .unsupportedItem), ("bfff", .unsupportedItem), ("c11a514b67b0", .unsupportedItem),
        ("f90000", .unsupportedItem), ("fa47c35000", .unsupportedItem), ("f7", .unsupportedItem),
        ("f0", .unsupportedItem), ("f818", .unsupportedItem), ("ff", .unsupportedItem),
        ("1c", .unsupportedItem), ("0000", .trailingBytes), ("8000", .trailingBytes),
        ("61ff", .badText), ("62c080", .badText), ("63eda080", .badText), ("61c3", .badText),
        ("818181818181818180", .tooDeep),
    ]

    @Test("anything but the one encoding is refused, by the rule it breaks", arguments: cases)
    func refused(_ vector: String, _ error: FormatError) {
        #expect(throws: error) { try decode(vector) }
    }

    @Test("eight arrays deep is allowed")
    func deep() throws {
        _ = try decode("8181818181818180")
    }

    @Test("the limit is checked first")
    func limit() {
        #expect(throws: FormatError.tooLarge) {
            try CBORValue(decoding: hex("83010203").span, limit: 3)
        }
    }

    private func decode(_ vector: String) throws(FormatError) -> CBORValue {
        try CBORValue(decoding: hex(vector).span, limit: 64)
    }
}
