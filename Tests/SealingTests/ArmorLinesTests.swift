import NativePrimitives
import Sealing
import Testing

/// Armor that is taken many lines at once is what it would be byte by byte: the same bytes or the same
/// error as a reference without pieces, words of eight characters or state gives.
@Suite struct ArmorLinesTests {
    private typealias Decoded = Result<[UInt8], ArmorError>

    @Test(arguments: [[0x0A], [0x0D, 0x0A]])
    func everyByteInEveryColumnIsJudgedAsTheReferenceDoes(_ end: [UInt8]) {
        let text = Reference.encode(NativePrimitives.randomBytes(count: 100), ends: [end])
        let line = Armor.begin.count + end.count
        for column in 0..<64 + end.count {
            for byte in UInt8.min...UInt8.max {
                var text = text
                text[line + column] = byte
                #expect(
                    decode(text, pieces: text.count...text.count) == Reference.decode(text),
                    "\(byte) in column \(column)")
            }
        }
    }

    @Test func encodingInAnyPiecesIsThatOfTheReference() {
        for _ in 0..<300 {
            let bytes = NativePrimitives.randomBytes(count: Int.random(in: 0...700))
            let longest = Int.random(in: 1...300)
            #expect(
                encode(bytes, atMost: longest) == Reference.encode(bytes, ends: [[0x0A]]),
                "\(bytes) in pieces of up to \(longest)")
        }
    }

    @Test func decodingInAnyPiecesWithAnyLineEndsIsThatOfTheReference() {
        for _ in 0..<500 {
            let bytes = NativePrimitives.randomBytes(count: Int.random(in: 0...700))
            let text = Reference.encode(bytes, ends: [[0x0A], [0x0D, 0x0A]])
            #expect(Reference.decode(text) == .success(bytes))
            expectTheSame(text)
        }
    }

    @Test func oneWrongByteGivesTheSameErrorOrTheSameBytes() {
        var refused: Set<ArmorError> = []
        for _ in 0..<1000 {
            let bytes = NativePrimitives.randomBytes(count: Int.random(in: 0...300))
            var text = Reference.encode(bytes, ends: [[0x0A], [0x0D, 0x0A]])
            damage(&text)
            expectTheSame(text)
            if case .failure(let error) = Reference.decode(text) { refused.insert(error) }
        }
        #expect(refused.count >= 5, "these alone were seen: \(refused)")
    }

    /// Changes, takes out, puts in or appends one byte, or cuts the text.
    private func damage(_ text: inout [UInt8]) {
        let place = text.indices.randomElement() ?? 0
        let likely = [UInt8]("\n\r =-+/_.,@[`{Az09".utf8) + [0x00, 0x80, 0xC1, 0xFF]
        let byte = Bool.random() ? likely.randomElement() ?? 0 : UInt8.random(in: 0...255)
        switch Int.random(in: 0..<10) {
        case 0: text.remove(at: place)
        case 1...3: text.insert(byte, at: place)
        case 4: text.removeSubrange(place...)
        case 5: text.append(byte)
        default: text[place] = byte
        }
    }

    private func expectTheSame(
        _ text: [UInt8], at place: SourceLocation = #_sourceLocation
    ) {
        let expected = Reference.decode(text)
        let whole = max(1, text.count)
        for pieces in [1...1, 1...Int.random(in: 2...200), 1...whole, whole...whole] {
            #expect(
                decode(text, pieces: pieces) == expected, "\(text) in pieces of \(pieces)",
                sourceLocation: place)
        }
    }

    private func decode(_ text: [UInt8], pieces: ClosedRange<Int>) -> Decoded {
        var decoder = ArmorDecoder()
        var binary: [UInt8] = []
        do throws(ArmorError) {
            var rest = text[...]
            while !rest.isEmpty {
                let piece = [UInt8](rest.prefix(Int.random(in: pieces)))
                rest = rest.dropFirst(piece.count)
                try decoder.update(piece.span, into: &binary)
            }
            try decoder.finish(into: &binary)
            return .success(binary)
        } catch {
            return .failure(error)
        }
    }

    private func encode(_ bytes: [UInt8], atMost longest: Int) -> [UInt8] {
        var encoder = ArmorEncoder()
        var text: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = [UInt8](rest.prefix(Int.random(in: 1...longest)))
            rest = rest.dropFirst(piece.count)
            encoder.update(piece.span, into: &text)
        }
        encoder.finish(into: &text)
        return text
    }
}

/// Armor as Container §6 has it, line by line over the whole text. White space is not counted.
private enum Reference {
    /// The armor of `bytes`; each line ends with any of `ends`.
    static func encode(_ bytes: [UInt8], ends: [[UInt8]]) -> [UInt8] {
        let lines = stride(from: 0, to: bytes.count, by: 48).map { start in
            let line = [UInt8](bytes[start..<min(start + 48, bytes.count)])
            return Base64.encode(line.span, padded: true)
        }
        return ([Armor.begin] + lines + [Armor.end]).flatMap { $0 + (ends.randomElement() ?? []) }
    }

    static func decode(_ text: [UInt8]) -> Result<[UInt8], ArmorError> {
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        if lines.last == [] { lines.removeLast() }
        lines = lines.drop { $0.allSatisfy(isWhitespace) }
        guard let first = lines.popFirst() else { return .failure(.truncated) }
        guard withoutCR(first) == Armor.begin else { return .failure(.badFirstLine) }
        var binary: [UInt8] = []
        while let line = lines.popFirst().map(withoutCR) {
            if line == Armor.end {
                let isEnd = lines.joined().allSatisfy(isWhitespace)
                return isEnd ? .success(binary) : .failure(.trailingData)
            }
            guard binary.count % 48 == 0 else { return .failure(.badLastLine) }
            guard (1...64).contains(line.count), let bytes = Base64.decode(line.span, padded: true)
            else { return .failure(.badLine) }
            binary += bytes
        }
        return .failure(.truncated)
    }

    private static func withoutCR(_ line: ArraySlice<UInt8>) -> [UInt8] {
        [UInt8](line.last == 0x0D ? line.dropLast() : line)
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
