/// The structure of text in the Myanmar script of Unicode: how many signs cannot stand where they do.
///
/// After UTN #11 (Representing Myanmar in Unicode), with the letters and signs of Burmese, Mon, Shan
/// and the Karen languages, in looser order than the note's where people type differently: a base,
/// then stacked consonants, medials, the vowel e, other vowels, and last the marks that end a
/// syllable. Digits are bases: people type zero for wa.
struct MyanmarSyllables: Equatable {
    /// Signs that stand where no sign of their kind can.
    private(set) var misplaced = 0
    /// Signs that may stand there, but hardly do in Burmese.
    private(set) var unlikely = 0
    /// Letters and signs that only other languages than Burmese have.
    private(set) var foreign = 0
    /// Letters and signs of the script.
    private(set) var total = 0

    private var stage = Stage.none
    private var base: UInt32 = 0
    private var seen: [UInt32] = []
    private var awaitsStacked = false

    /// What is wrong with the text as Burmese. A few foreign letters are most likely another
    /// encoding; where there are many, the text is in another language.
    var faults: Int {
        Self.gravity * misplaced + unlikely + (foreign * Self.rare < total ? foreign : 0)
    }

    /// How many unlikely signs weigh as much as a misplaced one.
    private static let gravity = 4
    /// Foreign letters are few when there is not one among so many.
    private static let rare = 4

    /// What may follow, in this order.
    private enum Stage: Int, Comparable {
        case none, base, stacked, killed, medialYa, medialRa, medialWa, medialHa, vowelE, vowel,
            final

        static func < (first: Stage, second: Stage) -> Bool { first.rawValue < second.rawValue }
    }

    /// Reads all of `text`.
    init(_ text: String) {
        for scalar in text.unicodeScalars { take(scalar.value) }
        end()
    }

    private mutating func take(_ value: UInt32) {
        guard Self.isMyanmar(value) else { return end() }
        total += 1
        if (0x1050...0x109F).contains(value) { foreign += 1 }
        if Self.isShanDigit(value), stage != .none, !Self.isShanDigit(base) { unlikely += 2 }
        if Self.isBase(value) { return begin(value) }
        if value == Self.virama { return stack() }
        if awaitsStacked {
            misplaced += 1
            awaitsStacked = false
        }
        guard let next = stageOf(value), next >= stage, isNew(value, in: next) else {
            misplaced += 1
            return
        }
        // A tone and this sign after it: S'gaw Karen.
        if value == 0x103A, let last = seen.last, (0x1062...0x1063).contains(last) { foreign -= 1 }
        if isUnlikely(value, at: next) { unlikely += 1 }
        stage = next
        seen.append(value)
    }

    private mutating func begin(_ value: UInt32) {
        if awaitsStacked {
            awaitsStacked = false
            if !isPair(base, value) { unlikely += 1 }
            stage = .stacked
        } else {
            stage = .base
            seen = []
        }
        base = value
    }

    /// A virama: under a base, or under the killed base of a kinzi, and before another base. No
    /// language stacks three.
    private mutating func stack() {
        if awaitsStacked || (stage != .base && stage != .killed) {
            misplaced += 1
        }
        awaitsStacked = true
    }

    private mutating func end() {
        if awaitsStacked { misplaced += 1 }
        (stage, seen, awaitsStacked) = (.none, [], false)
    }

    private func stageOf(_ value: UInt32) -> Stage? {
        guard stage != .none else { return nil }
        switch value {
        case 0x103A: return stage <= .killed ? .killed : .final
        case 0x103B, 0x105E...0x1060: return .medialYa
        case 0x103C: return .medialRa
        case 0x103D, 0x1082: return .medialWa
        case 0x103E: return .medialHa
        case 0x1031, 0x1084: return .vowelE
        // A killed letter bears no vowel of its own, but medials and what they bear may follow it.
        case 0x102B...0x1030, 0x1032...0x1036, 0x1056...0x1059, 0x1067...0x1068, 0x1071...0x1074,
            0x1083, 0x1085...0x1086, 0x109D:
            return .vowel
        case 0x1037...0x1038, 0x1062...0x1064, 0x1069...0x106D, 0x1087...0x108D, 0x108F,
            0x109A...0x109C, 0xAA70, 0xAA7B...0xAA7D:
            return .final
        default: return nil
        }
    }

    /// Each sign stands once in a syllable, but the tone marks of S'gaw Karen, which may be doubled.
    private func isNew(_ value: UInt32, in next: Stage) -> Bool {
        if (0x1062...0x1064).contains(value) { return seen.count { $0 == value } < 2 }
        return !seen.contains(value)
    }

    private static let virama: UInt32 = 0x1039

    /// Whether Burmese hardly ever has `value` on the present base.
    private func isUnlikely(_ value: UInt32, at next: Stage) -> Bool {
        switch value {
        case 0x103A where next == .killed: Self.withoutAsat.contains(base)
        case 0x103B: Self.withoutYa.contains(base)
        case 0x103C: Self.withoutRa.contains(base)
        case 0x103E: !Self.withHa.contains(base)
        case 0x102D...0x1030: stage == .medialWa
        default: false
        }
    }

    /// Whether Burmese stacks the second consonant under the first: of the same place of articulation
    /// (five of them, of five letters each), or a kinzi. Nothing stands under ya, ra, wa, ha and a.
    private func isPair(_ upper: UInt32, _ lower: UInt32) -> Bool {
        if stage == .killed { return true }
        guard (0x1000...0x1018).contains(upper), (0x1000...0x1018).contains(lower) else {
            return ![0x101A, 0x101B, 0x101D, 0x101F, 0x1021].contains(upper)
        }
        return place(upper) == place(lower)
    }

    /// The letters of the second place have one more: nya has two forms.
    private func place(_ letter: UInt32) -> UInt32 {
        (letter - (letter > 0x1009 ? 0x1001 : 0x1000)) / 5
    }

    /// Kha, gha, cha, tha, pha and bha end no syllable.
    private static let withoutAsat: Set<UInt32> = [0x1001, 0x1003, 0x1006, 0x1011, 0x1016, 0x1018]
    /// Nga, ca, cha, ja, nya, na, ya and wa have no medial ya.
    private static let withoutYa: Set<UInt32> = [
        0x1004, 0x1005, 0x1006, 0x1007, 0x1009, 0x100A, 0x1014, 0x101A, 0x101D,
    ]
    /// Ca, cha, ja, nya, tha, na, ya, ra, la, wa, ha and a have no medial ra.
    private static let withoutRa: Set<UInt32> = [
        0x1005, 0x1006, 0x1007, 0x1009, 0x100A, 0x1011, 0x1014, 0x101A, 0x101B, 0x101C, 0x101D,
        0x101F, 0x1021,
    ]
    /// Only sounds that can be voiceless have medial ha: nga, nya, nna, na, ma, ya, ra, la and
    /// wa.
    private static let withHa: Set<UInt32> = [
        0x1004, 0x1009, 0x100A, 0x100F, 0x1014, 0x1019, 0x101A, 0x101B, 0x101C, 0x101D,
    ]

    private static func isShanDigit(_ value: UInt32) -> Bool { (0x1090...0x1099).contains(value) }

    static func isMyanmar(_ value: UInt32) -> Bool {
        (0x1000...0x109F).contains(value) || (0xAA60...0xAA7F).contains(value)
            || (0xA9E0...0xA9FE).contains(value)
    }

    private static func isBase(_ value: UInt32) -> Bool {
        switch value {
        case 0x1000...0x102A, 0x103F...0x1055, 0x105A...0x105D, 0x1061, 0x1065...0x1066,
            0x106E...0x1070, 0x1075...0x1081, 0x108E, 0x1090...0x1099, 0x109E...0x109F,
            0xAA60...0xAA6F, 0xAA71...0xAA7A, 0xAA7E...0xAA7F, 0xA9E0...0xA9FE:
            true
        default: false
        }
    }
}
