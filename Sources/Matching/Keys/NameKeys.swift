internal import Foundation

/// The ways to read the names of one person in plain Latin letters, so that a name in one script meets
/// the same name in another.
///
/// No reading is right for everybody: a Chinese surname has several, Burmese is spelt as people like,
/// vowels of Arabic are not written, and Cantonese spellings do not meet Mandarin ones at all. So a
/// name has several readings, and what meets is a candidate for a person.
package struct NameKeys: Equatable, Sendable {
    /// One reading of one name.
    struct Reading: Hashable, Sendable {
        /// Words in ASCII letters, in the name's order.
        let words: [[UInt8]]
        /// The script that the name was written in.
        let script: WritingSystem
        /// The words without spaces, in this order and turned round: family names come first or last.
        let forms: Set<[UInt8]>
        /// Of which letters every form is made.
        let letters: LetterCount
    }

    /// Every reading of every name.
    let readings: [Reading]
    /// Every name, folded, in its own script.
    let written: Set<String>

    /// Most names of one person that are read.
    static let names = 16
    /// Most bytes of one name that are read.
    static let nameBytes = 200

    /// Reads `names`: everything that one person is called.
    package init(_ names: [String]) {
        var readings: [Reading] = []
        var written: Set<String> = []
        for name in names.prefix(Self.names) where name.utf8.count <= Self.nameBytes {
            let name = Zawgyi.reading(name).unicode
            let folded = FoldedText.string(name)
            guard !folded.isEmpty, written.insert(folded).inserted else { continue }
            guard let script = WritingSystems(of: name).inOrder.first else { continue }
            for text in Self.latin(name, script) {
                if let reading = Reading(text, script), !readings.contains(reading) {
                    readings.append(reading)
                }
            }
        }
        self.readings = readings
        self.written = written
    }

    /// Keys that were made before.
    init(readings: [Reading], written: Set<String>) {
        self.readings = readings
        self.written = written
    }

    /// A name in Latin letters, by each transliteration of ICU that is for its script.
    private static func latin(_ name: String, _ script: WritingSystem) -> [String] {
        switch script {
        case .latin: return [name]
        case .han:
            let simple = apply("Hant-Hans", name)
            return [apply("Han-Latin/Names", simple), apply("Han-Latin", simple)]
        case .myanmar: return [BurmeseNames.latin(name)]
        case .ethiopic: return [apply("Amharic-Latin/BGN", name)]
        case .arabic: return [apply("Arabic-Latin", name)]
        case .devanagari: return [DevanagariNames.latin(apply("Devanagari-Latin", name))]
        default: return [apply("Any-Latin", name)]
        }
    }

    static func apply(_ transform: String, _ text: String) -> String {
        text.applyingTransform(StringTransform(rawValue: transform), reverse: false) ?? text
    }
}

extension NameKeys.Reading {
    /// Most words of a name whose turns are tried.
    private static let words = 6

    fileprivate init?(_ text: String, _ script: WritingSystem) {
        var words: [[UInt8]] = []
        for word in FoldedText.scalars(text).split(separator: FoldedText.space) {
            let letters = word.compactMap { value -> UInt8? in
                (0x61...0x7A).contains(value) ? UInt8(value) : nil
            }
            if !letters.isEmpty { words.append(letters) }
        }
        self.init(words: words, script: script)
    }

    /// The reading of `words` in ASCII letters; nil when there is none.
    init?(words: [[UInt8]], script: WritingSystem) {
        guard !words.isEmpty else { return nil }
        self.words = words
        self.script = script
        let few = words.prefix(Self.words)
        letters = LetterCount(few.joined())
        forms = Set(
            few.indices.map { turn in
                Array((few[turn...] + few[..<turn]).joined())
            })
    }
}

/// Burmese names by sound, nearer to how people spell them in passports than ICU's Myanmar-Latin,
/// which goes letter by letter: `မင်းအောင်` is min aung, not mng aaung.
enum BurmeseNames {
    /// The name in Latin letters, a space between syllables.
    static func latin(_ name: String) -> String {
        var result = ""
        var syllable = Syllable()
        let scalars = name.unicodeScalars.map(\.value)
        for (place, value) in scalars.enumerated() {
            let next = place + 1 < scalars.count ? scalars[place + 1] : 0
            let isFinal =
                next == 0x103A || next == 0x1039 || (next == 0x1037 && after(place, scalars))
            if let onset = onsets[value], !isFinal {
                result += syllable.text
                syllable = Syllable(onset: onset)
            } else if onsets[value] != nil {
                syllable.final = value
            } else {
                syllable.add(value)
            }
        }
        return result + syllable.text
    }

    /// Whether the dot below is followed by the sign that ends a syllable, as in `န့်`.
    private static func after(_ place: Int, _ scalars: [UInt32]) -> Bool {
        place + 2 < scalars.count && scalars[place + 2] == 0x103A
    }

    private struct Syllable {
        var onset: String?
        var medial = ""
        var isVoiceless = false
        var vowels: Set<UInt32> = []
        var final: UInt32 = 0

        mutating func add(_ value: UInt32) {
            switch value {
            case 0x103B, 0x103C: medial = "y" + medial
            case 0x103D: medial += "w"
            case 0x103E: isVoiceless = true
            case 0x102B...0x1036: vowels.insert(value)
            default: break
            }
        }

        var text: String {
            guard let onset else { return "" }
            return begin(onset) + rhyme + " "
        }

        private func begin(_ onset: String) -> String {
            let base = BurmeseNames.palatals[onset + medial] ?? onset + medial
            return isVoiceless ? (base == "y" ? "sh" : "h" + base) : base
        }

        private var rhyme: String {
            let isO = vowels.contains(0x1031) && !vowels.isDisjoint(with: [0x102B, 0x102C])
            let isOu = vowels.isSuperset(of: [0x102D, 0x102F])
            if final != 0 { return closed(isO: isO, isOu: isOu) }
            if vowels.contains(0x1036) { return vowels.contains(0x102F) ? "on" : "an" }
            if isO { return "aw" }
            if isOu { return "o" }
            if vowels.contains(0x1031) { return "ay" }
            if vowels.contains(0x1032) { return "e" }
            if !vowels.isDisjoint(with: [0x102D, 0x102E]) { return "i" }
            if !vowels.isDisjoint(with: [0x102F, 0x1030]) { return "u" }
            return "a"
        }

        private func closed(isO: Bool, isOu: Bool) -> String {
            switch final {
            case 0x1004: isO ? "aung" : isOu ? "aing" : "in"
            case 0x1000: isO ? "auk" : isOu ? "aik" : "et"
            case 0x100A: "i"
            case 0x1009: "in"
            case 0x1005: "it"
            case 0x101A: "e"
            case 0x1014, 0x1019:
                vowels.contains(0x102D) ? "ein" : vowels.contains(0x102F) ? "on" : "an"
            case 0x1010, 0x1015:
                vowels.contains(0x102D) ? "eik" : vowels.contains(0x102F) ? "ok" : "at"
            default: isO ? "aw" : "a"
            }
        }
    }

    private static let palatals = [
        "ky": "ky", "khy": "ch", "gy": "gy", "khw": "khw", "py": "py", "phy": "phy", "thy": "sh",
    ]

    private static let onsets: [UInt32: String] = [
        0x1000: "k", 0x1001: "kh", 0x1002: "g", 0x1003: "g", 0x1004: "ng", 0x1005: "s",
        0x1006: "s", 0x1007: "z", 0x1008: "z", 0x1009: "ny", 0x100A: "ny", 0x100B: "t",
        0x100C: "ht", 0x100D: "d", 0x100E: "d", 0x100F: "n", 0x1010: "t", 0x1011: "ht",
        0x1012: "d", 0x1013: "d", 0x1014: "n", 0x1015: "p", 0x1016: "ph", 0x1017: "b",
        0x1018: "b", 0x1019: "m", 0x101A: "y", 0x101B: "y", 0x101C: "l", 0x101D: "w",
        0x101E: "th", 0x101F: "h", 0x1020: "l", 0x1021: "", 0x1025: "u", 0x1026: "u", 0x1029: "aw",
    ]
}

/// Names in Devanagari as people spell them in passports: ICU writes the vowel a that is not spoken
/// at the end of a word, राजेश `rājēśa`, and ś and ṣ for sh.
enum DevanagariNames {
    static func latin(_ scholarly: String) -> String {
        var text = scholarly
        for (from, to) in [("ś", "sh"), ("ṣ", "sh"), ("c", "ch"), ("ṁ", "n"), ("ṛ", "r")] {
            text = text.replacingOccurrences(of: from, with: to)
        }
        let words = text.split(separator: " ").map { word in
            word.count > 2 && word.hasSuffix("a") ? word.dropLast() : word
        }
        return words.joined(separator: " ")
    }
}
