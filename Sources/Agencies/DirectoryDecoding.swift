internal import Custody
internal import Sealing
internal import Tips

/// Reading the one text of a directory's contents.
extension DirectoryContents {
    /// Reads exactly what ``text`` writes.
    ///
    /// Decoding takes every member, and encoding again must give the same bytes: an unknown key,
    /// another order, or another spelling of a value cannot survive that.
    /// - Throws: ``DirectoryFault``.
    package init(text: [UInt8]) throws(DirectoryFault) {
        let label = Array(UnverifiedDirectory.label.utf8) + [0x0A]
        guard text.starts(with: label) else {
            throw DirectoryFault(
                .malformed, "text", "does not begin with “\(UnverifiedDirectory.label)”")
        }
        let members: DirectoryMembers
        do throws(JSONError) {
            let json = try JSON.parse(Array(text.dropFirst(label.count)).span)
            members = try DirectoryMembers(json.asObject())
        } catch {
            throw DirectoryFault(.malformed, "text", error.words)
        }
        try self.init(
            version: members.version, issued: members.issued, expires: members.expires,
            epochs: members.epochs, deskKey: members.deskKey, offices: members.offices,
            verifiers: members.verifiers, log: members.log, witnesses: members.witnesses,
            policyDigest: members.policyDigest, revoked: members.revoked)
        guard self.text == text else {
            throw DirectoryFault(.malformed, "text", "is not in its one canonical form")
        }
    }
}

/// The members of a directory's JSON with their types, before the rules.
private struct DirectoryMembers {
    let version: Int
    let issued: Day
    let expires: Day
    let deskKey: VerifyingKey
    let epochs: [DeskEpoch]
    let offices: [Office]
    let verifiers: [Verifier]
    let log: NoteVerifier
    let witnesses: [NoteVerifier]
    let policyDigest: Hash
    let revoked: Set<Hash>

    init(_ json: JSONObject) throws(JSONError) {
        version = try json.int("version", in: 1...1_000_000_000)
        issued = try json.read("issued") { Day($0) }
        expires = try json.read("expires") { Day($0) }
        log = try json.read("log") { try? NoteVerifier(vkey: $0) }
        policyDigest = try json.read("policy") { Hash(hex: $0) }
        revoked = Set(try json.readList("revoked") { Hash(hex: $0) })
        witnesses = try json.readList("witnesses") { try? NoteVerifier(vkey: $0) }
        let desk = try json.object("desk")
        deskKey = try desk.read("key") { VerifyingKey(keyText: $0) }
        var epochs: [DeskEpoch] = []
        for entry in try desk.objects("epochs") { epochs.append(try DeskEpoch(entry)) }
        var offices: [Office] = []
        for entry in try json.objects("offices") { offices.append(try Office(entry)) }
        var verifiers: [Verifier] = []
        for entry in try json.objects("verifiers") { verifiers.append(try Verifier(entry)) }
        self.epochs = epochs
        self.offices = offices
        self.verifiers = verifiers
    }
}

extension JSONObject {
    /// The text under `key` as `parse` reads it; nil from there means a value not allowed.
    fileprivate func read<Value>(
        _ key: String, _ parse: (String) -> Value?
    ) throws(JSONError) -> Value {
        guard let value = parse(try string(key)) else { throw .badValue(key) }
        return value
    }

    /// The list of texts under `key`, each as `parse` reads it.
    fileprivate func readList<Value>(
        _ key: String, _ parse: (String) -> Value?
    ) throws(JSONError) -> [Value] {
        var values: [Value] = []
        for text in try strings(key) {
            guard let value = parse(text) else { throw .badValue(key) }
            values.append(value)
        }
        return values
    }
}

extension Recipient {
    /// Reads a recipient as age prints it; nil for anything else.
    package init?(string: String) {
        guard let recipient = try? Recipient(parsing: Array(string.utf8).span) else { return nil }
        self = recipient
    }
}

extension DeskEpoch {
    fileprivate init(_ json: JSONObject) throws(JSONError) {
        let recipients = try json.readList("recipients") { Recipient(string: $0) }
        guard let first = recipients.first, recipients.count <= 2 else {
            throw .badValue("recipients")
        }
        self.init(
            number: try json.int("epoch", in: 1...1_000_000), recipient: first,
            legacyRecipient: recipients.dropFirst().first,
            opens: try json.read("opens") { Day($0) }, closes: try json.read("closes") { Day($0) },
            isDead: try json.bool("dead"))
    }
}

extension Office {
    fileprivate init(_ json: JSONObject) throws(JSONError) {
        let words = try json.object("description")
        var descriptions: [String: String] = [:]
        for member in words.members { descriptions[member.key] = try words.string(member.key) }
        self.init(
            id: try json.read("id") { OfficeID($0) }, name: try json.string("name"),
            country: try json.string("country"),
            kind: try json.read("kind") { OfficeKind(rawValue: $0) },
            isMilitaryLinked: try json.bool("militaryLinked"),
            recipient: try json.read("recipient") { Recipient(string: $0) },
            signingKey: try json.read("signingKey") { VerifyingKey(keyText: $0) },
            contact: try json.string("contact"), descriptions: descriptions)
    }
}

extension Verifier {
    fileprivate init(_ json: JSONObject) throws(JSONError) {
        self.init(
            person: try json.read("person") { PersonID($0) }, name: try json.string("name"),
            key: try json.read("key") { VerifyingKey(keyText: $0) })
    }
}
