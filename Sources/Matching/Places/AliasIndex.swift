/// Every name of every site, ready to be found.
///
/// Names in scripts with spaces are whole words, however they are parted: “Shwe Kokko”, “ShweKokko”
/// and “shwe-kokko” are one. Names in scripts without spaces may stand anywhere in a run.
struct AliasIndex {
    struct Entry: Equatable, Sendable {
        let site: Int
        let alias: String
    }

    struct Find {
        var words: Range<Int>
        /// Scalars inside the first word, for names in scripts without spaces.
        var inside: Range<Int>?
        let entries: [Entry]
        let closeness: Gazetteer.Match.Closeness
        /// Letters that the name has: the longest name wins.
        let weight: Int
    }

    private var spaced: [[UInt32]: [Entry]] = [:]
    private var spaceless: [UInt32: [Spaceless]] = [:]
    /// Names that are long enough to be found although a letter is wrong; none with a number, since
    /// another number is another place.
    private var long: [Long] = []
    private var mostWords = 1

    struct Spaceless {
        let scalars: [UInt32]
        var entries: [Entry]
    }

    struct Long {
        let scalars: [UInt32]
        let letters: UInt64
        let allowed: Int
    }

    /// Fewest Han characters of a name that is looked for inside a run.
    private static let hanLength = 2
    /// Fewest scalars of a name in another script without spaces.
    private static let spacelessLength = 4
    /// Fewest letters of a name that may have one wrong, and two.
    private static let oneWrong = 8, twoWrong = 10
    /// Most finds in one text; what comes after is not looked at.
    private static let most = 500
    /// Most words of the text that are put together to one name.
    private static let joined = 8

    init(_ sites: [Site]) {
        for (number, site) in sites.enumerated() {
            for name in site.names + site.sharedNames {
                for form in Self.forms(of: name) {
                    add(form, Entry(site: number, alias: name))
                }
            }
        }
        for key in spaced.keys
        where key.count >= Self.oneWrong && !key.contains(where: Self.isDigit) {
            let allowed = key.count >= Self.twoWrong ? 2 : 1
            long.append(Long(scalars: key, letters: Self.letters(key), allowed: allowed))
        }
        long.sort { $0.scalars.lexicographicallyPrecedes($1.scalars) }
        for key in spaceless.keys {
            spaceless[key]?.sort { $0.scalars.count > $1.scalars.count }
        }
    }

    /// A name, what stands before its comma, and a Burmese town's name without the word for town.
    private static func forms(of name: String) -> [Substring] {
        var forms = [name[...]]
        if let comma = name.firstIndex(of: ",") { forms.append(name[..<comma]) }
        for ending in ["မြို့နယ်", "မြို့"] where name.hasSuffix(ending) {
            forms.append(name.dropLast(ending.count))
        }
        return forms
    }

    private mutating func add(_ name: Substring, _ entry: Entry) {
        let words = Words(String(name)).list
        guard !words.isEmpty else { return }
        if words.contains(where: \.isSpaceless) {
            addSpaceless(words.flatMap(\.folded), entry)
        } else {
            let key = Self.key(words[...])
            if spaced[key]?.contains(where: { $0.site == entry.site }) != true {
                spaced[key, default: []].append(entry)
            }
            mostWords = max(mostWords, min(words.count + 2, Self.joined))
        }
    }

    private mutating func addSpaceless(_ scalars: [UInt32], _ entry: Entry) {
        let isHan = scalars.contains { (0x3400...0x9FFF).contains($0) }
        guard scalars.count >= (isHan ? Self.hanLength : Self.spacelessLength) else { return }
        var list = spaceless[scalars[0]] ?? []
        if let place = list.firstIndex(where: { $0.scalars == scalars }) {
            if !list[place].entries.contains(where: { $0.site == entry.site }) {
                list[place].entries.append(entry)
            }
        } else {
            list.append(Spaceless(scalars: scalars, entries: [entry]))
        }
        spaceless[scalars[0]] = list
    }

    /// Words put together; numbers stay apart, so that “KK Park 20” is not “KK Park 2.0”.
    private static func key(_ words: ArraySlice<Words.Word>) -> [UInt32] {
        var key: [UInt32] = []
        for word in words { append(word.folded, to: &key) }
        return key
    }

    private static func append(_ word: [UInt32], to key: inout [UInt32]) {
        if let last = key.last, isDigit(last), let first = word.first, isDigit(first) {
            key.append(Words.point)
        }
        key += word
    }

    private static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }

    /// Which letters occur, one bit each: texts that differ in one letter differ in at most two bits.
    private static func letters(_ key: [UInt32]) -> UInt64 {
        key.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }
}

/// Finding.
extension AliasIndex {
    /// The names in `words`, in their order; of names that overlap the longest only.
    func finds(in words: Words) -> [Find] {
        var finds: [Find] = []
        for start in words.list.indices where finds.count < Self.most {
            findSpaced(in: words.list, from: start, &finds)
            if words.list[start].isSpaceless { findSpaceless(words.list[start], start, &finds) }
        }
        return Self.longest(finds)
    }

    private func findSpaced(in list: [Words.Word], from start: Int, _ finds: inout [Find]) {
        var key: [UInt32] = []
        for end in start..<min(start + mostWords, list.count) {
            guard !list[end].isSpaceless else { return }
            Self.append(list[end].folded, to: &key)
            if let entries = spaced[key] {
                finds.append(
                    Find(
                        words: start..<end + 1, inside: nil, entries: entries, closeness: .same,
                        weight: 2 * key.count + 1))
            } else if key.count >= Self.oneWrong - 1, !key.contains(where: Self.isDigit) {
                findSimilar(key, start..<end + 1, &finds)
            }
            if key.count > GazetteerLimits.nameBytes { return }
        }
    }

    private func findSimilar(_ key: [UInt32], _ words: Range<Int>, _ finds: inout [Find]) {
        let letters = Self.letters(key)
        var best: (edits: Int, entries: [Entry], length: Int)?
        for candidate in long where abs(candidate.scalars.count - key.count) <= candidate.allowed {
            guard (candidate.letters ^ letters).nonzeroBitCount <= 2 * candidate.allowed,
                let edits = Distance.edits(key, candidate.scalars, atMost: candidate.allowed)
            else { continue }
            if edits < best?.edits ?? .max {
                best = (edits, spaced[candidate.scalars] ?? [], candidate.scalars.count)
            } else if edits == best?.edits {
                best?.entries += spaced[candidate.scalars] ?? []
            }
        }
        guard let best else { return }
        var entries: [Entry] = []
        for entry in best.entries where !entries.contains(where: { $0.site == entry.site }) {
            entries.append(entry)
        }
        finds.append(
            Find(
                words: words, inside: nil, entries: entries, closeness: .similar,
                weight: 2 * best.length - 2 * best.edits))
    }

    private func findSpaceless(_ word: Words.Word, _ number: Int, _ finds: inout [Find]) {
        let text = word.folded
        for start in text.indices {
            guard let candidates = spaceless[text[start]] else { continue }
            for candidate in candidates where matches(candidate.scalars, text, at: start) {
                finds.append(
                    Find(
                        words: number..<number + 1,
                        inside: start..<start + candidate.scalars.count,
                        entries: candidate.entries, closeness: .same,
                        weight: 2 * candidate.scalars.count + 1))
            }
        }
    }

    private func matches(_ name: [UInt32], _ text: [UInt32], at start: Int) -> Bool {
        let end = start + name.count
        guard end <= text.count, text[start..<end].elementsEqual(name) else { return false }
        // A letter or digit of another script at the name's edge must not run on beyond it.
        let opens = start == 0 || Self.isApart(text[start - 1], text[start])
        let closes = end == text.count || Self.isApart(text[end - 1], text[end])
        return opens && closes
    }

    private static func isApart(_ before: UInt32, _ after: UInt32) -> Bool {
        before >= 0x80 || after >= 0x80
    }

    private static func longest(_ finds: [Find]) -> [Find] {
        var kept: [Find] = []
        for find in finds.sorted(by: { $0.weight > $1.weight })
        where !kept.contains(where: { $0.overlaps(find) }) {
            kept.append(find)
        }
        return kept.sorted {
            ($0.words.lowerBound, $0.inside?.lowerBound ?? 0)
                < ($1.words.lowerBound, $1.inside?.lowerBound ?? 0)
        }
    }
}

extension AliasIndex.Find {
    fileprivate func overlaps(_ other: Self) -> Bool {
        guard words.overlaps(other.words) else { return false }
        guard let inside, let others = other.inside else { return true }
        return inside.overlaps(others)
    }
}
