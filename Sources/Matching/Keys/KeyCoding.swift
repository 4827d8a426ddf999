package import Tips

/// The form in which a desk keeps keys in its sealed tables.
///
///     strong key  [kind, owner, hash]
///     names       [[* written], [* [script, [* word]]]]
///     person      [names, first year, last year, [* site]]   years null when nothing was said
extension StrongKey {
    /// Writes the key.
    package func write(to writer: inout CBORWriter) {
        writer.array(3)
        writer.text(kind.rawValue)
        writer.text(owner.rawValue)
        writer.bytes(hash.bytes)
    }

    /// Reads a key that was written so.
    package init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 3)
        guard let kind = Identifier.Kind(rawValue: try reader.text(atMost: KeyCoding.wordBytes)),
            let owner = Identifier.Owner(rawValue: try reader.text(atMost: KeyCoding.wordBytes)),
            let hash = SHA256Digest(try reader.bytes(count: 32))
        else { throw .badText }
        self.kind = kind
        self.owner = owner
        self.hash = hash
    }
}

extension NameKeys {
    /// Writes the readings.
    package func write(to writer: inout CBORWriter) {
        writer.array(2)
        writer.array(written.count)
        for name in written.sorted() { writer.text(name) }
        writer.array(readings.count)
        for reading in readings {
            writer.array(2)
            writer.text(reading.script.rawValue)
            writer.array(reading.words.count)
            for word in reading.words { writer.bytes(word) }
        }
    }

    /// Reads readings that were written so.
    package init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 2)
        var written: Set<String> = []
        for _ in 0..<(try reader.arrayCount(in: 0...Self.names)) {
            written.insert(try reader.text(atMost: KeyCoding.nameBytes))
        }
        var readings: [Reading] = []
        for _ in 0..<(try reader.arrayCount(in: 0...KeyCoding.readings)) {
            guard let reading = try Reading(reading: &reader) else { throw .badText }
            readings.append(reading)
        }
        self.init(readings: readings, written: written)
    }
}

extension NameKeys.Reading {
    fileprivate init?(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 2)
        guard let script = WritingSystem(rawValue: try reader.text(atMost: KeyCoding.wordBytes))
        else { throw .badText }
        var words: [[UInt8]] = []
        for _ in 0..<(try reader.arrayCount(in: 0...KeyCoding.nameBytes)) {
            words.append(try reader.bytes(atMost: KeyCoding.nameBytes))
        }
        self.init(words: words, script: script)
    }
}

extension PersonKeys {
    /// Writes the keys.
    package func write(to writer: inout CBORWriter) {
        writer.array(4)
        names.write(to: &writer)
        if let born {
            writer.uint(born.lowerBound)
            writer.uint(born.upperBound)
        } else {
            writer.null()
            writer.null()
        }
        writer.array(sites.count)
        for site in sites.sorted() { writer.text(site) }
    }

    /// Reads keys that were written so.
    package init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 4)
        let names = try NameKeys(reading: &reader)
        let first = try reader.yearOrNull()
        let last = try reader.yearOrNull()
        var born: ClosedRange<Int>?
        if let first, let last {
            guard first <= last else { throw .outOfRange }
            born = first...last
        }
        var sites: Set<String> = []
        for _ in 0..<(try reader.arrayCount(in: 0...GazetteerLimits.sites)) {
            sites.insert(try reader.text(atMost: GazetteerLimits.idBytes))
        }
        self.init(names: names, born: born, sites: sites)
    }
}

extension CBORReader {
    fileprivate mutating func yearOrNull() throws(FormatError) -> Int? {
        try takesNull() ? nil : try uint(in: 0...9999)
    }
}

/// Limits of kept keys.
private enum KeyCoding {
    /// Most bytes of a word for a kind, an owner or a script.
    static let wordBytes = 32
    /// Most bytes of one name, folded or in Latin letters: transliteration makes it longer.
    static let nameBytes = 4096
    /// Most readings of one person's names.
    static let readings = 2 * NameKeys.names
}
