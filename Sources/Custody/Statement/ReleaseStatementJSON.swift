internal import Tips

/// The predicate's JSON: the members in the order below, hashes in hexadecimal, hours as text.
extension ReleaseStatement {
    private static let keys = [
        "tipID", "office", "officeKeyFingerprint", "parts", "sequence", "notBefore", "expires",
        "directoryVersion", "directoryDigest", "policyDigest", "sealedPredicateDigest",
        "deskCheckpoint", supplements, recalls,
    ]
    private static let supplements = "supplements"
    private static let recalls = "recalls"

    /// The statement that is signed.
    package var statement: Statement {
        Statement(
            subjects: listed.map { Statement.Subject(name: $0.name, digest: $0.payloadDigest) },
            predicateType: Self.predicateType, predicate: predicate)
    }

    private var predicate: JSONObject {
        var object = JSONObject()
        object.add("tipID", .string(tip.hex))
        object.add("office", .string(office))
        object.add("officeKeyFingerprint", .string(officeKeyFingerprint.hex))
        let list = listed.map { part -> JSON in
            ["name": .string(part.name), "headerDigest": .string(part.headerDigest.hex)]
        }
        object.add("parts", .array(list))
        object.add("sequence", .integer(Int64(sequence)))
        object.add("notBefore", .string(notBefore.text))
        object.add("expires", .string(expires.text))
        object.add("directoryVersion", .integer(Int64(directoryVersion)))
        object.add("directoryDigest", .string(directoryDigest.hex))
        object.add("policyDigest", .string(policyDigest.hex))
        object.add("sealedPredicateDigest", .string(sealedPredicateDigest.hex))
        if let deskCheckpoint { object.add("deskCheckpoint", .string(deskCheckpoint)) }
        if let notice {
            let key = notice.recall == nil ? Self.supplements : Self.recalls
            object.add(key, .array(notice.earlier.map(\.json)))
        }
        return object
    }

    /// Reads a release out of a statement.
    ///
    /// - Throws: ``StatementError/malformedStatement`` when the statement is of another kind, or a
    ///   field is missing, unknown or out of its limits.
    package init(_ statement: Statement) throws(StatementError) {
        guard statement.predicateType == Self.predicateType else { throw .malformedStatement }
        do {
            try self.init(
                predicate: PredicateReader(statement.predicate, keys: Self.keys),
                subjects: statement.subjects)
        } catch {
            throw .malformedStatement
        }
        guard self.statement == statement else { throw .malformedStatement }
    }

    private init(predicate: PredicateReader, subjects: [Statement.Subject]) throws {
        let object = predicate.object
        let headers = try object.objects("parts")
        guard headers.count == subjects.count else { throw StatementError.malformedStatement }
        let listed = try zip(headers, subjects).map { header, subject in
            let header = try PredicateReader(header, keys: ["name", "headerDigest"])
            // Signed statements pair a header with its payload by name; never by position alone.
            guard try header.object.string("name") == subject.name else {
                throw StatementError.malformedStatement
            }
            return Part(
                name: subject.name, payloadDigest: subject.digest,
                headerDigest: try header.hash("headerDigest"))
        }
        let notice = try Self.notice(object, listed)
        guard let tip = TipID(try predicate.hash("tipID").bytes) else {
            throw StatementError.malformedStatement
        }
        try self.init(
            tip: tip, office: object.string("office"),
            officeKeyFingerprint: predicate.hash("officeKeyFingerprint"),
            parts: notice?.recall == nil ? listed : [],
            sequence: predicate.number("sequence"), notBefore: predicate.hour("notBefore"),
            expires: predicate.hour("expires"),
            directoryVersion: predicate.number("directoryVersion"),
            directoryDigest: predicate.hash("directoryDigest"),
            policyDigest: predicate.hash("policyDigest"),
            sealedPredicateDigest: predicate.hash("sealedPredicateDigest"),
            deskCheckpoint: object.has("deskCheckpoint") ? object.string("deskCheckpoint") : nil,
            notice: notice)
    }

    private static func notice(_ object: JSONObject, _ listed: [Part]) throws -> Notice? {
        func bundles(_ key: String) throws -> [Earlier] {
            try object.objects(key).map { try Earlier(PredicateReader($0, keys: Earlier.keys)) }
        }
        if object.has(recalls) {
            guard listed.count == 2, !object.has(supplements) else {
                throw StatementError.malformedStatement
            }
            return .recall(
                Recall(bundles: try bundles(recalls), predicate: listed[0], cover: listed[1]))
        }
        return object.has(supplements) ? .supplement(to: try bundles(supplements)) : nil
    }
}

extension ReleaseStatement.Earlier {
    fileprivate static let keys = ["release", "sequence"]

    fileprivate var json: JSON {
        ["release": .string(release.hex), "sequence": .integer(Int64(sequence))]
    }

    fileprivate init(_ predicate: PredicateReader) throws {
        self.init(
            release: try predicate.hash("release"), sequence: try predicate.number("sequence"))
    }
}

extension VerifiedStatement {
    /// The release that was signed.
    ///
    /// - Throws: ``StatementError/malformedStatement`` when the statement is not a release.
    package func release() throws(StatementError) -> ReleaseStatement {
        try ReleaseStatement(statement)
    }
}

/// Typed access to the members of a predicate.
private struct PredicateReader {
    let object: JSONObject

    /// Refuses members other than `keys`.
    init(_ object: JSONObject, keys: [String]) throws(JSONError) {
        try object.allowOnly(keys)
        self.object = object
    }

    func hash(_ key: String) throws(JSONError) -> Hash {
        guard let hash = Hash(hex: try object.string(key)) else { throw .badValue(key) }
        return hash
    }

    func hour(_ key: String) throws(JSONError) -> Hour {
        guard let hour = Hour(try object.string(key)) else { throw .badValue(key) }
        return hour
    }

    func number(_ key: String) throws(JSONError) -> UInt64 {
        guard let number = UInt64(exactly: try object.int(key)) else { throw .badValue(key) }
        return number
    }
}
