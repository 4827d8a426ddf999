package import Agencies
package import Custody
internal import Sealing
internal import Tips

/// Why the desk recalls what it sent.
package enum RecallReason: String, CaseIterable, Sendable {
    /// Whoever reported does not agree any more.
    case withdrawn
    /// What was sent is wrong, or was not meant for the office.
    case mistaken
    /// Acting on it would put somebody in danger.
    case unsafe

    /// The reason in a sentence, for the office.
    package var words: String {
        switch self {
        case .withdrawn: "Whoever reported this does not agree any more that it is used."
        case .mistaken: "What was sent is wrong, or was not meant for this office."
        case .unsafe: "Acting on it would put somebody in danger."
        }
    }
}

/// What only the office learns about a recall: the plaintext of its `predicate.age`.
///
/// The statement, which dispatch can read, carries only ``commitment`` of it.
package struct RecallNotice: Equatable, Sendable {
    /// Most bytes of the JSON text.
    package static let byteLimit = 16 * 1024
    /// Most bytes of ``words``.
    package static let wordsLimit = 2 * 1024

    /// The office that the recall is for.
    package let office: OfficeID
    /// Why.
    package let reason: RecallReason
    /// What the desk adds for the office; may be empty.
    package let words: String
    /// 32 random bytes.
    package let salt: Hash

    /// A notice.
    package init(office: OfficeID, reason: RecallReason, words: String, salt: Hash) {
        self.office = office
        self.reason = reason
        self.words = words
        self.salt = salt
    }

    /// What the statement carries of this notice.
    package var commitment: Hash {
        ReleaseStatement.sealedPredicateDigest(salt: salt.bytes, predicate: encoded)
    }
}

/// The notice's one encoding: strict JSON with its keys in this order, then spaces up to a padded
/// length, as ``BundlePredicate`` has it.
extension RecallNotice {
    private static let label = "sallyport.recall/1"

    /// The plaintext of `predicate.age`.
    package var encoded: [UInt8] {
        let json: JSON = [
            "format": .string(Self.label), "office": .string(office.text),
            "reason": .string(reason.rawValue), "words": .string(words),
            "salt": .string(salt.hex),
        ]
        let text = json.encoded
        let padding = Padding.paddedLength(text.count) - text.count
        return text + [UInt8](repeating: 0x20, count: padding)
    }

    /// Reads exactly what ``encoded`` writes.
    ///
    /// - Throws: ``BundleRefusal/badPredicate(_:)``.
    package init(decoding bytes: [UInt8]) throws(BundleRefusal) {
        let limit = Padding.paddedLength(Self.byteLimit)
        do throws(JSONError) {
            let json = try JSON.parse(bytes.span, limit: limit, trailing: .spaces)
            try self.init(json: try json.asObject())
        } catch {
            throw .badPredicate("\(error)")
        }
        guard encoded == bytes else { throw .badPredicate("it is not in canonical form") }
    }

    private init(json: JSONObject) throws(JSONError) {
        guard try json.string("format") == Self.label else { throw .badValue("format") }
        guard let office = OfficeID(try json.string("office")) else { throw .badValue("office") }
        guard let reason = RecallReason(rawValue: try json.string("reason")) else {
            throw .badValue("reason")
        }
        let words = try json.string("words")
        guard words.utf8.count <= Self.wordsLimit else { throw .badValue("words") }
        guard let salt = Hash(hex: try json.string("salt")) else { throw .badValue("salt") }
        self.init(office: office, reason: reason, words: words, salt: salt)
    }
}
