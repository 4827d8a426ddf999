package import Tips

/// The stored form of a report: one JSON text that fits into an entry of a case's journal.
///
/// ```
/// {"bytes":52311,"type":"image/jpeg","scan":{"outcome":"clean","engine":"1.4.6","database":27445,
///  "day":"2026-11-04"},"accepted":[{"decoder":"picture","format":"jpegload"}],"width":4000,…}
/// ```
extension ExaminationReport {
    /// Most bytes of the stored form.
    package static let encodedLimit = 64 * 1024
    /// Deepest nesting of reports: the file itself is 1.
    package static let depthLimit = ExaminationLimits.archiveDepth + 1

    /// The stored form, at most ``encodedLimit`` bytes: of an archive with very many files the last
    /// are counted and not listed.
    package var encoded: [UInt8] { bounded().json.encoded }

    /// Reads the stored form.
    ///
    /// - Throws: `JSONError` for anything that ``encoded`` cannot have given.
    package init(decoding text: Span<UInt8>) throws(JSONError) {
        let value = try JSON.parse(text, limit: Self.encodedLimit, trailing: .nothing)
        try self.init(value.asObject(), depth: 1)
    }

    /// The report with as many members as fit. Of the outermost list the last half goes first.
    package func bounded() -> ExaminationReport {
        var report = self
        while report.json.encoded.count > Self.encodedLimit {
            if report.members.isEmpty {
                report.metadata = Metadata()
                report.metadata.omittedNames = metadata.names.count + metadata.omittedNames
                break
            }
            let kept = report.members.count / 2
            report.omittedMembers += report.members[kept...].reduce(0) { $0 + $1.fileCount }
            report.members.removeLast(report.members.count - kept)
        }
        return report
    }

    /// Files here and inside, this one included.
    private var fileCount: Int { members.reduce(1 + omittedMembers) { $0 + $1.fileCount } }

    private var json: JSON {
        var object = JSONObject()
        object.addUnlessEmpty("name", name)
        object.add("bytes", .integer(Int64(byteCount)))
        object.addUnlessEmpty("type", type)
        object.add("scan", .object(scan.json))
        object.addUnlessEmpty("accepted", accepted.map(\.json))
        if metadata != Metadata() { object.add("metadata", .object(metadata.json)) }
        for (key, number) in numbers { if let number { object.add(key, .integer(Int64(number))) } }
        object.addUnlessEmpty("scripts", writingSystems.map(\.rawValue))
        object.addUnlessEmpty("copies", copies.map(\.json))
        object.addUnlessEmpty("gaps", gaps.map(\.json))
        object.addUnlessEmpty("members", members.map(\.json))
        if omittedMembers > 0 { object.add("omitted", .integer(Int64(omittedMembers))) }
        return .object(object)
    }

    private var numbers: [(String, Int?)] {
        [
            ("width", width), ("height", height), ("frames", frames), ("pages", pages),
            ("milliseconds", milliseconds), ("left-out", charactersLeftOut),
        ]
    }

    private static let keys = [
        "name", "bytes", "type", "scan", "accepted", "metadata", "width", "height", "frames",
        "pages", "milliseconds", "left-out", "scripts", "copies", "gaps", "members", "omitted",
    ]

    private init(_ object: JSONObject, depth: Int) throws(JSONError) {
        guard depth <= Self.depthLimit else { throw .tooDeep }
        try object.allowOnly(Self.keys)
        name = try object.shownOrEmpty("name")
        byteCount = try object.int("bytes", in: JSONObject.counts)
        type = try object.stringOrEmpty("type")
        guard type.isEmpty || TypeAnswer.isValid(type) else { throw .badValue("type") }
        scan = try ScanAnswer(object.object("scan"))
        accepted = try object.list("accepted") { item throws(JSONError) in try Acceptance(item) }
        metadata = object.has("metadata") ? try Metadata(object.object("metadata")) : Metadata()
        try readNumbers(object)
        writingSystems = try object.words("scripts")
        copies = try object.list("copies") { item throws(JSONError) in try SafeCopyFacts(item) }
        gaps = try object.list("gaps") { item throws(JSONError) in try Gap(item) }
        members = try object.list("members") { item throws(JSONError) in
            try ExaminationReport(item, depth: depth + 1)
        }
        omittedMembers = try object.count("omitted") ?? 0
    }

    private mutating func readNumbers(_ object: JSONObject) throws(JSONError) {
        width = try object.count("width")
        height = try object.count("height")
        frames = try object.count("frames")
        pages = try object.count("pages")
        milliseconds = try object.count("milliseconds")
        charactersLeftOut = try object.count("left-out")
    }
}

extension Acceptance {
    fileprivate var json: JSON {
        ["decoder": .string(decoder.rawValue), "format": .string(format)]
    }

    fileprivate init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["decoder", "format"])
        self.init(try object.word("decoder"), as: try object.shown("format"))
    }
}

extension Gap {
    fileprivate var json: JSON {
        ["step": .string(step.rawValue), "why": .string(why.rawValue)]
    }

    fileprivate init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["step", "why"])
        self.init(try object.word("step"), try object.word("why"))
    }
}

extension SafeCopyFacts {
    fileprivate var json: JSON {
        [
            "kind": .string(kind.rawValue), "bytes": .integer(Int64(byteCount)),
            "partial": .bool(isPartial),
        ]
    }

    fileprivate init(_ object: JSONObject) throws(JSONError) {
        try object.allowOnly(["kind", "bytes", "partial"])
        self.init(
            try object.word("kind"), byteCount: try object.int("bytes", in: JSONObject.counts),
            isPartial: try object.bool("partial"))
    }
}
