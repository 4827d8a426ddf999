internal import Custody
internal import Matching
internal import Sealing
package import Tips

/// What the program points out in one text.
package struct HintGroup: Sendable {
    /// The part's number in the case, from 1.
    package let number: Int
    /// Its class.
    package let partClass: PartClass
    /// One find a line.
    package let lines: [String]
}

/// What the program points out in a case's texts: an opinion of a machine, for a person to check.
/// Nothing of it is written down, and nothing follows from it by itself.
extension OpenedCase {
    /// Texts in an old Burmese encoding with how they read, places of the gazetteer, and whatever names
    /// one person or one account; one a line.
    ///
    /// - Throws: ``DeskError``.
    package func hints() throws(DeskError) -> [String] {
        try hintGroups().flatMap { group in
            ["[\(group.number)] \(group.partClass.name)"] + group.lines.map { "    " + $0 }
        }
    }

    /// The same, text by text; only those in which there is something.
    ///
    /// - Throws: ``DeskError``.
    package func hintGroups() throws(DeskError) -> [HintGroup] {
        try Verification.desk {
            var groups: [HintGroup] = []
            for (index, part) in parts.enumerated()
            where part.partClass != .evidence && drop?.payload != part.payload
                && !record.unread.contains(part.payload)
            {
                let found = try hints(in: part)
                guard !found.isEmpty else { continue }
                groups.append(
                    HintGroup(number: index + 1, partClass: part.partClass, lines: found))
            }
            return groups
        }
    }

    private func hints(in part: Part) throws -> [String] {
        let text = try file(part.payload).text(payload: part.payload, plaintext: part.plaintext)
        let object = try text.withBytes { (bytes) throws(JSONError) in
            try JSON.parse(bytes, limit: Limits.textPartBytes, trailing: .spaces).asObject()
        }
        let content = try text.withBytes { (bytes) throws(ContentError) in
            try TipContent.decode(bytes, as: part.partClass)
        }
        let texts = object.members.flatMap { Self.texts(in: $0.value) }
        return texts.flatMap(Self.zawgyi) + Self.places(in: texts)
            + Identifier.all(in: content).map {
                "\($0.kind.words) (\($0.owner.words)): \(CleanText.line($0.value))"
            }
    }

    private static func texts(in value: JSON) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let items): items.flatMap(texts)
        case .object(let object): object.members.flatMap { texts(in: $0.value) }
        case .null, .bool, .integer: []
        }
    }

    private static func zawgyi(_ text: String) -> [String] {
        let reading = Zawgyi.reading(text)
        guard reading.unicode != text else { return [] }
        return ["typed in Zawgyi; it reads: \(CleanText.line(reading.unicode))"]
    }

    private static func places(in texts: [String]) -> [String] {
        let gazetteer = Gazetteer.builtIn
        var seen: Set<String> = []
        return texts.flatMap { gazetteer.matches(in: Zawgyi.reading($0).unicode) }.compactMap {
            guard let site = gazetteer.site($0.site), seen.insert($0.typed + $0.site).inserted
            else { return nil }
            return "“\(CleanText.line($0.typed))” may be \(site.names.first ?? site.id) "
                + "(\(site.area), \(site.country); site \(site.id), \(site.certainty.words))"
        }
    }
}

extension Identifier.Owner {
    /// Whose it is, in words.
    var words: String {
        switch self {
        case .held: "of who is held"
        case .reporter: "of who tells"
        case .perpetrator: "of a recruiter or captor"
        case .mentioned: "mentioned"
        }
    }
}

extension Site.Certainty {
    fileprivate var words: String {
        "certainty \(rawValue)"
    }
}
