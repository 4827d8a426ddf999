import NativePrimitives
import Sealing
import Testing

/// Text around a container is accepted in one form only (Container §6), each fault by its name.
@Suite struct ArmorTests {
    private static let begin = "-----BEGIN AGE ENCRYPTED FILE-----\n"
    private static let end = "-----END AGE ENCRYPTED FILE-----\n"
    /// 48 bytes in 64 columns, and 3 in 4.
    private static let full = String(repeating: "AAAA", count: 16) + "\n"
    private static let short = "AAAA\n"

    /// What decoding `text` in pieces of so many bytes gives: the bytes, or why there are none.
    private func decode(_ text: String, pieces: Int) -> Result<[UInt8], ArmorError> {
        var decoder = ArmorDecoder()
        var binary: [UInt8] = []
        let bytes = [UInt8](text.utf8)
        do throws(ArmorError) {
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                let end = min(start + pieces, bytes.count)
                try decoder.update(bytes.span.extracting(start..<end), into: &binary)
            }
            try decoder.finish(into: &binary)
            return .success(binary)
        } catch {
            return .failure(error)
        }
    }

    private func expect(
        _ text: String, _ result: Result<[UInt8], ArmorError>,
        at place: SourceLocation = #_sourceLocation
    ) {
        for pieces in [1, 7, 10_000] {
            let decoded = decode(text, pieces: pieces)
            #expect(decoded == result, "pieces of \(pieces)", sourceLocation: place)
        }
    }

    @Test func theOneFormIsAccepted() {
        let zeros = [UInt8](repeating: 0, count: 51)
        expect(Self.begin + Self.full + Self.short + Self.end, .success(zeros))
        expect(Self.begin + Self.full + Self.end, .success([UInt8](zeros.prefix(48))))
        let crlf = (Self.begin + Self.full + Self.short + Self.end)
            .split(separator: "\n").joined(separator: "\r\n")
        expect(" \n\t\r\n" + crlf + "\r\n \n", .success(zeros))
    }

    @Test func theFirstLineIsThatOfAnAgeFile() {
        for begin in [
            "-----BEGIN AGE ENCRYPTED FILE---- \n", "-----BEGIN PGP MESSAGE-----\n", "x\n",
            " " + Self.begin,
        ] {
            expect(begin + Self.short + Self.end, .failure(.badFirstLine))
        }
    }

    @Test func noLineInTheMiddleIsEmptyLongOrNotBase64() {
        for line in [
            "\n", "AAA\n", "AAA \n", "A===\n", "AAAB=\n", "AB==\n", " AAAA\n",
            String(repeating: "AAAA", count: 17) + "\n", String(repeating: "A", count: 65) + "\n",
            String(repeating: "A", count: 500),
        ] {
            expect(Self.begin + line + Self.end, .failure(.badLine))
            expect(Self.begin + Self.full + line + Self.end, .failure(.badLine))
        }
    }

    @Test func aLineWithoutAnEndIsRefusedBeforeItFillsTheMemory() {
        for start in ["", Self.begin, Self.begin + Self.short] {
            let endless = [UInt8]((start + String(repeating: "A", count: 5000)).utf8)
            var decoder = ArmorDecoder()
            var binary: [UInt8] = []
            #expect(throws: ArmorError.self) { try decoder.update(endless.span, into: &binary) }
        }
    }

    @Test func afterAShortLineComesTheLastOne() {
        for line in [
            Self.short, Self.full, "\n", "-----END AGE ENCRYPTED FILE----\n",
            "-----END PGP MESSAGE-----\n", " " + Self.end,
        ] {
            expect(Self.begin + Self.short + line + Self.end, .failure(.badLastLine))
        }
    }

    @Test func aTextThatEndsTooEarlyIsCalledSo() {
        for text in ["", " \n", Self.begin, Self.begin + Self.full, Self.begin + Self.short] {
            expect(text, .failure(.truncated))
        }
    }

    @Test func nothingButWhiteSpaceFollows() {
        let whole = Self.begin + Self.short + Self.end
        expect(whole + "x", .failure(.trailingData))
        expect(whole + " \n" + whole, .failure(.trailingData))
    }

    @Test func whiteSpaceIsBounded() {
        let whole = Self.begin + Self.short + Self.end
        let much = String(repeating: "\n", count: Armor.whitespaceLimit + 1)
        expect(much + whole, .failure(.tooMuchWhitespace))
        expect(whole + much, .failure(.tooMuchWhitespace))
        let blank = String(repeating: " ", count: Armor.whitespaceLimit + 1)
        expect(blank + "\n" + whole, .failure(.tooMuchWhitespace))
    }
}
