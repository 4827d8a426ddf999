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
    /// Recruiters and captors, who are never compared with those that they hold.
    var captors: [PersonKeys] = []
    /// Sites of the gazetteer that the case may mean.
    var sites: [String] = []
    /// What was written in free words.
    var texts: [TextSketch] = []
    /// Files of evidence.
    var files: [FileKeys] = []

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
        captors = Self.captors(in: contents).prefix(Self.peopleLimit).map {
            PersonKeys(names: NameKeys([$0]), born: nil, sites: [])
        }
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

    /// The recruiters and captors, in the order of ``captors``.
    static func captors(in contents: [TipContent]) -> [String] {
        contents.flatMap { content in
            guard case .perpetrators(let part) = content else { return [String]() }
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

/// `["2", key, [* strong], [* person], [* captor], [* site], [* text], [* file]]`; `key` tells under which key the hashes
/// were made.
extension MatchKeys {
    /// The row's content. People, files and texts that do not fit are left out, the last first.
    func encoded(_ key: MatchingKey) -> [UInt8] {
        var keys = self
        while true {
            let bytes = keys.written(key)
            guard bytes.count > SealedTable.contentLimit else { return bytes }
            // One kind alone always fits.
            if !keys.captors.isEmpty {
                keys.captors.removeLast()
            } else if !keys.people.isEmpty {
                keys.people.removeLast()
            } else if !keys.files.isEmpty {
                keys.files.removeLast()
            } else {
                keys.texts.removeLast()
            }
        }
    }

    private func written(_ key: MatchingKey) -> [UInt8] {
        var writer = CBORWriter(reserving: 2048)
        writer.array(8)
        writer.text("2")
        writer.bytes(key.id)
        writer.array(strong.count)
        for each in strong { each.write(to: &writer) }
        writer.array(people.count)
        for each in people { each.write(to: &writer) }
        writer.array(captors.count)
        for each in captors { each.write(to: &writer) }
        writer.array(sites.count)
        for each in sites { writer.text(each) }
        writer.array(texts.count)
        for each in texts { each.write(to: &writer) }
        writer.array(files.count)
        for each in files { each.write(to: &writer) }
        return writer.bytes
    }

    /// Reads a row's content.
    ///
    /// - Throws: ``FormatError/wrongLabel`` for one that was made under another key.
    init(decoding bytes: [UInt8], _ key: MatchingKey) throws(FormatError) {
        self = try CBOR.decode(bytes.span, limit: SealedTable.contentLimit) {
            (reader) throws(FormatError) in
            try reader.array(count: 8)
            guard try reader.text(atMost: 8) == "2", try reader.bytes(count: 32) == key.id else {
                throw .wrongLabel
            }
            var keys = MatchKeys()
            for _ in 0..<(try reader.arrayCount(in: 0...Self.strongLimit)) {
                keys.strong.append(try StrongKey(reading: &reader))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...Self.peopleLimit)) {
                keys.people.append(try PersonKeys(reading: &reader))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...Self.peopleLimit)) {
                keys.captors.append(try PersonKeys(reading: &reader))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...4096)) {
                keys.sites.append(try reader.text(atMost: 64))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...Self.textLimit)) {
                keys.texts.append(try TextSketch(reading: &reader))
            }
            for _ in 0..<(try reader.arrayCount(in: 0...FileKeys.limit)) {
                keys.files.append(try FileKeys(reading: &reader))
            }
            return keys
        }
    }
}
