internal import Tips

extension ScanAnswer {
    var json: JSONObject {
        var object = JSONObject()
        switch outcome {
        case .clean: object.add("outcome", "clean")
        case .found(let name):
            object.add("outcome", "found")
            object.add("name", .string(name))
        case .couldNotScan(let obstacle):
            object.add("outcome", "could-not-scan")
            object.add("why", .string(obstacle.rawValue))
        }
        guard let engine else { return object }
        object.add("engine", .string(engine.version))
        object.add("database", .integer(Int64(engine.database)))
        object.add("day", .string(engine.databaseDay))
        return object
    }

    init(_ object: JSONObject) throws(JSONError) {
        let engine = try Self.engine(object)
        let engineKeys = engine == nil ? [] : ["engine", "database", "day"]
        switch try object.string("outcome") {
        case "clean":
            try object.allowOnly(["outcome"] + engineKeys)
            self.init(.clean, engine: engine)
        case "found":
            try object.allowOnly(["outcome", "name"] + engineKeys)
            self.init(.found(try object.shown("name")), engine: engine)
        case "could-not-scan":
            try object.allowOnly(["outcome", "why"] + engineKeys)
            self.init(.couldNotScan(try object.word("why")), engine: engine)
        default: throw .badValue("outcome")
        }
    }

    private static func engine(_ object: JSONObject) throws(JSONError) -> ScanEngine? {
        guard object.has("engine") else { return nil }
        guard
            let engine = ScanEngine(
                version: try object.string("engine"),
                database: try object.int("database", in: 0...(1 << 31)),
                databaseDay: try object.string("day"))
        else { throw .badValue("engine") }
        return engine
    }
}

extension Metadata {
    var json: JSONObject {
        var object = JSONObject()
        object.addUnlessEmpty("names", names)
        if omittedNames > 0 { object.add("omitted", .integer(Int64(omittedNames))) }
        object.addUnlessEmpty("times", times.map(\.json))
        object.addUnlessEmpty("places", places.map(\.json))
        return object
    }

    init(_ object: JSONObject) throws(JSONError) {
        self.init()
        try object.allowOnly(["names", "omitted", "times", "places"])
        names = try object.stringsOrEmpty("names")
        guard names.count <= Self.nameLimit, names.allSatisfy(ReportText.isShown) else {
            throw .badValue("names")
        }
        omittedNames = try object.count("omitted") ?? 0
        times = try object.list("times") { item throws(JSONError) in try Field(item) }
        places = try object.list("places") { item throws(JSONError) in try Field(item) }
        guard max(times.count, places.count) <= Self.valueLimit else { throw .badValue("times") }
    }
}

extension Metadata.Field {
    fileprivate var json: JSON { ["name": .string(name), "value": .string(value)] }

    fileprivate init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["name", "value"])
        self.init(name: try object.shown("name"), value: try object.shown("value"))
    }
}

/// Access in the terms of reports.
extension JSONObject {
    /// Numbers of bytes, pixels, pages and the like.
    static let counts = 0...(1 << 50)

    /// A text that was made safe to show.
    func shown(_ key: String) throws(JSONError) -> String {
        let text = try string(key)
        guard ReportText.isShown(text) else { throw .badValue(key) }
        return text
    }

    /// The same, or "" when the key is not there.
    func shownOrEmpty(_ key: String) throws(JSONError) -> String {
        has(key) ? try shown(key) : ""
    }

    /// A number, or nil when the key is not there.
    func count(_ key: String) throws(JSONError) -> Int? {
        has(key) ? try int(key, in: Self.counts) : nil
    }

    /// One word of a closed list.
    func word<Word: RawRepresentable<String>>(_ key: String) throws(JSONError) -> Word {
        guard let word = Word(rawValue: try string(key)) else { throw .badValue(key) }
        return word
    }

    /// Words of a closed list, or none when the key is not there.
    func words<Word: RawRepresentable<String>>(_ key: String) throws(JSONError) -> [Word] {
        var words: [Word] = []
        for text in try stringsOrEmpty(key) {
            guard let word = Word(rawValue: text) else { throw .badValue(key) }
            words.append(word)
        }
        return words
    }

    /// The objects under `key`, each read by `read`, or none when the key is not there.
    func list<Item>(
        _ key: String, _ read: (JSONObject) throws(JSONError) -> Item
    ) throws(JSONError) -> [Item] {
        guard has(key) else { return [] }
        var items: [Item] = []
        for object in try objects(key) { items.append(try read(object)) }
        return items
    }

    /// Adds a list unless it is empty.
    mutating func addUnlessEmpty(_ key: String, _ items: [JSON]) {
        if !items.isEmpty { add(key, .array(items)) }
    }
}
