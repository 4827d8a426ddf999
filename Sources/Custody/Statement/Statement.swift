package import Tips

internal import Sealing

/// An in-toto Statement v1: what is said (`predicate`) about which artefacts (`subject`).
///
/// ```
/// {"_type":"https://in-toto.io/Statement/v1",
///  "subject":[{"name":"parts/00.age","digest":{"sha256":"<64 hex digits>"}}],
///  "predicateType":"urn:sallyport:release:1","predicate":{…}}
/// ```
package struct Statement: Equatable, Sendable {
    /// One artefact.
    package struct Subject: Hashable, Sendable {
        /// Its name where the statement is used.
        package let name: String
        /// SHA-256 of its content.
        package let digest: Hash

        /// The artefact `name` with the content of `digest`.
        package init(name: String, digest: Hash) {
            self.name = name
            self.digest = digest
        }
    }

    /// The media type of a statement in a DSSE envelope.
    package static let payloadType = "application/vnd.in-toto+json"
    /// The value of `_type`.
    package static let type = "https://in-toto.io/Statement/v1"
    /// The most subjects accepted.
    package static let maximumSubjectCount = 128

    /// What the statement is about, each name once.
    package let subjects: [Subject]
    /// The kind of the predicate: a URI.
    package let predicateType: String
    /// What is said.
    package let predicate: JSONObject

    /// A statement of the kind `predicateType`.
    package init(subjects: [Subject], predicateType: String, predicate: JSONObject) {
        self.subjects = subjects
        self.predicateType = predicateType
        self.predicate = predicate
    }

    /// The statement as JSON; these are the bytes that are signed.
    package var encoded: [UInt8] {
        let list = subjects.map { subject -> JSON in
            ["name": .string(subject.name), "digest": ["sha256": .string(subject.digest.hex)]]
        }
        let json: JSON = [
            "_type": .string(Self.type), "subject": .array(list),
            "predicateType": .string(predicateType), "predicate": .object(predicate),
        ]
        return json.encoded
    }

    /// Reads a statement: exactly the bytes that ``encoded`` would write.
    ///
    /// - Throws: ``StatementError/malformedStatement``.
    package init(_ bytes: [UInt8]) throws(StatementError) {
        do {
            let limit = SignatureEnvelope.maximumByteCount
            self = try Self(json: JSON.parse(bytes.span, limit: limit, trailing: .nothing))
        } catch {
            throw .malformedStatement
        }
        // One statement has one encoding, so that its digest names it.
        guard encoded == bytes else { throw .malformedStatement }
    }

    private init(json: JSON) throws(JSONError) {
        let object = try json.asObject()
        try object.allowOnly(["_type", "subject", "predicateType", "predicate"])
        guard try object.string("_type") == Self.type else { throw .badValue("_type") }
        var subjects: [Subject] = []
        for item in try object.objects("subject") {
            try item.allowOnly(["name", "digest"])
            let digests = try item.object("digest")
            try digests.allowOnly(["sha256"])
            guard let digest = Hash(hex: try digests.string("sha256")) else {
                throw .badValue("sha256")
            }
            subjects.append(Subject(name: try item.string("name"), digest: digest))
        }
        guard !subjects.isEmpty, subjects.count <= Self.maximumSubjectCount,
            Set(subjects.map(\.name)).count == subjects.count
        else { throw .badValue("subject") }
        self.init(
            subjects: subjects, predicateType: try object.string("predicateType"),
            predicate: try object.object("predicate"))
    }
}
