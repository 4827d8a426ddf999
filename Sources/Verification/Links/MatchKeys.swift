internal import Custody
internal import Matching
internal import NativePrimitives
internal import Sealing
internal import Tips

/// What the desk's table of match keys holds of one case: by what it may be found to be about the same
/// people as another. No identifier is in it, only keyed hashes; names are there as they sound, sealed
/// like all that the desk keeps.
struct MatchKeys: Equatable {
    /// Most identifiers of one case.
    static let strongLimit = 512
    /// Most people of one case whose names are compared.
    static let peopleLimit = 16
    /// Most texts of one case that are compared.
    static let textLimit = 8
    /// Least pieces of a text that is compared: “please help him” is nobody's own words.
    static let leastPieces = 24

    /// Identifiers, as keyed hashes; the same one may be there for several owners.
    var strong: [StrongKey] = []
    /// The people who are held.
    var people: [PersonKeys] = []
    /// Sites of the gazetteer that the case may mean.
    var sites: [String] = []
    /// What was written in free words.
    var texts: [TextSketch] = []

    /// No keys.
    init() {}

    /// The keys of a case with these texts.
    ///
    /// - Parameter year: the Gregorian year in which it came, by which ages become years of birth.
    init(_ contents: [TipContent], year: Int, key: MatchingKey) {
        let identifiers = contents.flatMap(Identifier.all(in:))
        for identifier in identifiers where strong.count < Self.strongLimit {
            let hashed = StrongKey(identifier, key: key.secret)
            if !strong.contains(hashed) { strong.append(hashed) }
        }
        let sites = Set(contents.flatMap(\.places).flatMap { Self.sites(in: $0) })
        self.sites = sites.sorted()
        people = Self.people(in: contents).prefix(Self.peopleLimit).map {
            PersonKeys($0, sites: sites, year: year)
        }
        texts = Array(
            contents.flatMap(\.stories).compactMap { TextSketch($0) }
                .filter { $0.pieces >= Self.leastPieces }.prefix(Self.textLimit))
    }

    /// The people who are held, in the order of ``people``.
    static func people(in contents: [TipContent]) -> [PersonPart.Held] {
        contents.flatMap { content in
            guard case .person(let part) = content else { return [PersonPart.Held]() }
            return part.people
        }
    }

    private static func sites(in text: String) -> [String] {
        Gazetteer.builtIn.matches(in: text).map(\.site)
    }
}

extension TipContent {
    /// Texts in which a place is named.
    fileprivate var places: [String] {
        switch self {
        case .place(let part): [part.site]
        case .report(let part): [part.narrative]
        case .answer(let part): [part.text]
        default: []
        }
    }

    /// Texts in somebody's own words.
    fileprivate var stories: [String] {
        switch self {
        case .report(let part): [part.narrative] + part.answers.map(\.text)
        case .answer(let part): [part.text]
        case .compelled(let part): [part.account]
        default: []
        }
    }
}

/// `["1", key, [* strong], [* person], [* site], [* text]]`; `key` tells under which key the hashes
/// were made.
extension MatchKeys {
    /// The row's content. People and texts that do not fit are left out, the last first.
    func encoded(_ key: MatchingKey) -> [UInt8] {
        var keys = self
        while true {
            let bytes = keys.written(key)
            guard bytes.count > SealedTable.contentLimit else { return bytes }
            // One kind alone always fits.
            if keys.people.isEmpty {
                keys.texts.removeLast()
            } else {
                keys.people.removeLast()
            }
        }
    }

    private func written(_ key: MatchingKey) -> [UInt8] {
        var writer = CBORWriter(reserving: 2048)
        writer.array(6)
        writer.text("1")
        writer.bytes(key.id)
        writer.array(strong.count)
        for each in strong { each.write(to: &writer) }
        writer.array(people.count)
        for each in people { each.write(to: &writer) }
        writer.array(sites.count)
        for each in sites { writer.text(each) }
        writer.array(texts.count)
        for each in texts { each.write(to: &writer) }
        return writer.bytes
    }

    /// Reads a row's content.
    ///
    /// - Throws: ``FormatError/wrongLabel`` for one that was made under another key.
    init(decoding bytes: [UInt8], _ key: MatchingKey) throws(FormatError) {
        self = try CBOR.decode(bytes.span, limit: SealedTable.contentLimit) {
            (reader) throws(FormatError) in
            try reader.array(count: 6)
            guard try reader.text(atMost: 8) == "1", try reader.bytes(count: 32) == key.id else {
                throw .wrongLabel
            }
            var keys = MatchKeys()
            for _ in 0..<(try reader.arrayCount(in: 0...Self.strongLimit)) {
                keys.strong.append(try StrongKey(reading: &reader))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...Self.peopleLimit)) {
                keys.people.append(try PersonKeys(reading: &reader))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...4096)) {
                keys.sites.append(try reader.text(atMost: 64))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...Self.textLimit)) {
                keys.texts.append(try TextSketch(reading: &reader))
            }
            return keys
        }
    }
}
