/// A writing system (ISO 15924) that a text uses, so that whoever reads it knows which reader it
/// needs. Told by Unicode's blocks: rough, and enough for that.
package enum WritingSystem: String, CaseIterable, Sendable {
    case latin = "Latn"
    case greek = "Grek"
    case cyrillic = "Cyrl"
    case armenian = "Armn"
    case hebrew = "Hebr"
    case arabic = "Arab"
    case devanagari = "Deva"
    case bengali = "Beng"
    case gurmukhi = "Guru"
    case gujarati = "Gujr"
    case tamil = "Taml"
    case telugu = "Telu"
    case kannada = "Knda"
    case malayalam = "Mlym"
    case sinhala = "Sinh"
    case thai = "Thai"
    case lao = "Laoo"
    case tibetan = "Tibt"
    case burmese = "Mymr"
    case georgian = "Geor"
    case ethiopic = "Ethi"
    case khmer = "Khmr"
    case kana = "Kana"
    case hangul = "Hang"
    case han = "Hani"

    /// Letters of a system that must be there: fewer are a name or a slip.
    package static let leastLetters = 2

    /// The systems of which `text` has letters, most letters first.
    package static func found(in text: String) -> [WritingSystem] {
        var counts: [WritingSystem: Int] = [:]
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            if let system = WritingSystem(scalar.value) { counts[system, default: 0] += 1 }
        }
        let used = allCases.filter { counts[$0, default: 0] >= leastLetters }
        return used.sorted { counts[$0, default: 0] > counts[$1, default: 0] }
    }

    private init?(_ scalar: UInt32) {
        guard let block = Self.blocks.first(where: { $0.0.contains(scalar) }) else { return nil }
        self = block.1
    }

    private static let blocks: [(ClosedRange<UInt32>, WritingSystem)] = [
        (0x0041...0x024F, .latin), (0x4E00...0x9FFF, .han), (0x0600...0x06FF, .arabic),
        (0x1000...0x109F, .burmese), (0x0E00...0x0E7F, .thai), (0x0900...0x097F, .devanagari),
        (0x0370...0x03FF, .greek), (0x0400...0x052F, .cyrillic), (0x0530...0x058F, .armenian),
        (0x0590...0x05FF, .hebrew), (0x0750...0x077F, .arabic), (0x08A0...0x08FF, .arabic),
        (0x0980...0x09FF, .bengali), (0x0A00...0x0A7F, .gurmukhi), (0x0A80...0x0AFF, .gujarati),
        (0x0B80...0x0BFF, .tamil), (0x0C00...0x0C7F, .telugu), (0x0C80...0x0CFF, .kannada),
        (0x0D00...0x0D7F, .malayalam), (0x0D80...0x0DFF, .sinhala), (0x0E80...0x0EFF, .lao),
        (0x0F00...0x0FFF, .tibetan), (0x10A0...0x10FF, .georgian), (0x1100...0x11FF, .hangul),
        (0x1200...0x139F, .ethiopic), (0x1780...0x17FF, .khmer), (0x1E00...0x1EFF, .latin),
        (0x1F00...0x1FFF, .greek), (0x3040...0x30FF, .kana), (0x31F0...0x31FF, .kana),
        (0x3400...0x4DBF, .han), (0xA9E0...0xA9FF, .burmese), (0xAA60...0xAA7F, .burmese),
        (0xAC00...0xD7AF, .hangul), (0xF900...0xFAFF, .han), (0xFB50...0xFDFF, .arabic),
        (0xFE70...0xFEFF, .arabic), (0x20000...0x323AF, .han),
    ]
}
