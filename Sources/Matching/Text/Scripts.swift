/// A writing system that people who report use, by the Script property of Unicode (UAX #24).
package enum WritingSystem: String, CaseIterable, Sendable {
    case arabic, armenian, bengali, bopomofo, cyrillic, devanagari, ethiopic, georgian, greek
    case gujarati, gurmukhi, han, hangul, hebrew, hiragana, kannada, katakana, khmer, lao, latin
    case malayalam, myanmar, odia, sinhala, tamil, telugu, thai, tibetan

    /// Whether words stand in it without spaces between them.
    package var isSpaceless: Bool {
        switch self {
        case .han, .hiragana, .katakana, .khmer, .lao, .myanmar, .thai, .tibetan: true
        default: false
        }
    }

    /// The system that `scalar` belongs to; nil for what all share, such as digits, and for
    /// systems that are not in the list.
    package static func of(_ scalar: Unicode.Scalar) -> WritingSystem? {
        let value = scalar.value
        if value < 0x80 {
            return (0x61...0x7A).contains(value | 0x20) ? .latin : nil
        }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].last < value { low = middle + 1 } else { high = middle }
        }
        guard low < ranges.count, ranges[low].first <= value else { return nil }
        return ranges[low].system
    }

    private struct Block {
        let first: UInt32
        let last: UInt32
        let system: WritingSystem

        init(_ first: UInt32, _ last: UInt32, _ system: WritingSystem) {
            self.first = first
            self.last = last
            self.system = system
        }
    }

    /// Blocks in rising order. They hold every letter of their script; a few code points in them are
    /// shared or unassigned, which does no harm here. A test compares them with the runtime's own
    /// Script property.
    private static let ranges: [Block] = [
        Block(0xAA, 0xAA, .latin), Block(0xBA, 0xBA, .latin), Block(0xC0, 0xD6, .latin),
        Block(0xD8, 0xF6, .latin), Block(0xF8, 0x2B8, .latin), Block(0x2EA, 0x2EB, .bopomofo),
        Block(0x370, 0x3E1, .greek), Block(0x3F0, 0x3FF, .greek), Block(0x400, 0x52F, .cyrillic),
        Block(0x531, 0x58F, .armenian),
        Block(0x591, 0x5F4, .hebrew), Block(0x600, 0x6FF, .arabic), Block(0x750, 0x77F, .arabic),
        Block(0x870, 0x8FF, .arabic), Block(0x900, 0x97F, .devanagari),
        Block(0x980, 0x9FF, .bengali), Block(0xA00, 0xA7F, .gurmukhi),
        Block(0xA80, 0xAFF, .gujarati), Block(0xB00, 0xB7F, .odia), Block(0xB80, 0xBFF, .tamil),
        Block(0xC00, 0xC7F, .telugu), Block(0xC80, 0xCFF, .kannada),
        Block(0xD00, 0xD7F, .malayalam), Block(0xD80, 0xDFF, .sinhala), Block(0xE01, 0xE3A, .thai),
        Block(0xE40, 0xE5B, .thai), Block(0xE80, 0xEFF, .lao), Block(0xF00, 0xFFF, .tibetan),
        Block(0x1000, 0x109F, .myanmar), Block(0x10A0, 0x10FF, .georgian),
        Block(0x1100, 0x11FF, .hangul), Block(0x1200, 0x139F, .ethiopic),
        Block(0x1780, 0x17FF, .khmer), Block(0x19E0, 0x19FF, .khmer),
        Block(0x1C80, 0x1C8A, .cyrillic), Block(0x1C90, 0x1CBF, .georgian),
        Block(0x1D00, 0x1D25, .latin), Block(0x1E00, 0x1EFF, .latin), Block(0x1F00, 0x1FFF, .greek),
        Block(0x2C60, 0x2C7F, .latin), Block(0x2D00, 0x2D2F, .georgian),
        Block(0x2D80, 0x2DDF, .ethiopic), Block(0x2DE0, 0x2DFF, .cyrillic),
        Block(0x2E80, 0x2FDF, .han), Block(0x3005, 0x3007, .han), Block(0x3021, 0x3029, .han),
        Block(0x3038, 0x303B, .han), Block(0x3041, 0x309F, .hiragana),
        Block(0x30A1, 0x30FF, .katakana), Block(0x3105, 0x312F, .bopomofo),
        Block(0x3131, 0x318E, .hangul), Block(0x31A0, 0x31BF, .bopomofo),
        Block(0x31F0, 0x31FF, .katakana), Block(0x3400, 0x4DBF, .han), Block(0x4E00, 0x9FFF, .han),
        Block(0xA640, 0xA69F, .cyrillic), Block(0xA722, 0xA7FF, .latin),
        Block(0xA8E0, 0xA8FF, .devanagari), Block(0xA960, 0xA97F, .hangul),
        Block(0xA9E0, 0xA9FE, .myanmar), Block(0xAA60, 0xAA7F, .myanmar),
        Block(0xAB01, 0xAB2E, .ethiopic), Block(0xAB30, 0xAB64, .latin),
        Block(0xAC00, 0xD7FB, .hangul), Block(0xF900, 0xFAD9, .han), Block(0xFB00, 0xFB06, .latin),
        Block(0xFB13, 0xFB17, .armenian), Block(0xFB1D, 0xFB4F, .hebrew),
        Block(0xFB50, 0xFDFF, .arabic), Block(0xFE70, 0xFEFC, .arabic),
        Block(0xFF21, 0xFF3A, .latin), Block(0xFF41, 0xFF5A, .latin),
        Block(0xFF66, 0xFF9D, .katakana), Block(0x116D0, 0x116E3, .myanmar),
        Block(0x1E7E0, 0x1E7FE, .ethiopic), Block(0x20000, 0x323AF, .han),
    ]
}

/// Which writing systems a text is in, and how much of each there is.
package struct WritingSystems: Equatable, Sendable {
    /// Letters of each system, counted in Unicode scalars; systems that do not occur are not there.
    package let counts: [WritingSystem: Int]

    /// Counts the letters of `text`.
    package init(of text: String) {
        var counts: [WritingSystem: Int] = [:]
        for scalar in text.unicodeScalars {
            if let system = WritingSystem.of(scalar) { counts[system, default: 0] += 1 }
        }
        self.counts = counts
    }

    /// The systems, the most used first.
    package var inOrder: [WritingSystem] {
        counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map(\.key)
    }
}
