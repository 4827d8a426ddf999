import Testing
import Tips

@testable import Matching

@Suite struct StrangerTests {
    private struct Chance: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            return TextSketch.mixed(state)
        }
    }

    /// Scalars of which strange texts are made: of every script here, and what joins identifiers.
    private static let ranges: [ClosedRange<UInt32>] = [
        0x00...0x7F, 0x20...0x40, 0x30...0x39, 0x61...0x7A, 0x80...0x24F, 0x300...0x36F,
        0x600...0x6FF, 0x900...0x97F, 0xE00...0xE7F, 0x1000...0x109F, 0x1200...0x137F,
        0x2000...0x206F, 0x3000...0x303F, 0x4E00...0x9FFF, 0xAA60...0xAA7F, 0xFF00...0xFFEF,
        0x1F600...0x1F64F, 0xE0000...0xE007F, 0x10FF00...0x10FFFF,
    ]

    private func text(_ chance: inout Chance) -> String {
        var view = String.UnicodeScalarView()
        let few = (0..<3).compactMap { _ in Self.ranges.randomElement(using: &chance) }
        for _ in 0..<Int.random(in: 0...120, using: &chance) {
            guard let range = few.randomElement(using: &chance),
                let scalar = Unicode.Scalar(UInt32.random(in: range, using: &chance))
            else { continue }
            view.append(scalar)
        }
        return String(view)
    }

    @Test("nothing that is typed stops the program", arguments: [UInt64](1...8))
    func anything(seed: UInt64) {
        var chance = Chance(state: seed)
        var before = PersonKeys(names: NameKeys([]), born: nil, sites: [])
        for _ in 0..<60 {
            let text = text(&chance)
            var held = PersonPart.Held()
            held.names = [text, String(text.prefix(3))]
            held.papers = text
            held.age = text
            var person = PersonPart()
            person.people = [held]
            var perpetrators = PerpetratorsPart()
            perpetrators.accounts = [text]
            for content in [TipContent.person(person), .perpetrators(perpetrators)] {
                for found in Identifier.all(in: content) { #expect(!found.value.isEmpty) }
            }
            for match in Gazetteer.builtIn.matches(in: text) { #expect(!match.typed.isEmpty) }
            let reading = Zawgyi.reading(text)
            #expect(Zawgyi.verdict(text) == reading.verdict)
            if let sketch = TextSketch(text) { #expect(sketch.likeness(to: sketch) == 1) }
            let keys = PersonKeys(held, sites: [], year: 2026)
            if let candidate = NameCandidate.compare(before, keys) {
                #expect((0...100).contains(candidate.score) && !candidate.words.isEmpty)
            }
            before = keys
        }
    }
}
