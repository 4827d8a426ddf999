internal import Agencies
internal import Custody
internal import Tips
internal import Sealing

/// The predicate's one encoding: strict JSON with its keys in this order, then spaces up to a
/// padded length, so that the size of the sealed file says little.
extension BundlePredicate {
    private static let label = "sallyport.predicate/1"

    /// The plaintext of `predicate.age`.
    package var encoded: [UInt8] {
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

    private var json: JSON {
        [
            "format": .string(Self.label), "tipKey": .string(tipKey.hex),
            "office": .string(office.text), "verdict": .string(verdict),
            "assessment": assessment.json, "handling": handling.json,
            "nonPunishment": .string(Handling.nonPunishment),
            "consent": consent.json,
            "parts": .array(parts.enumerated().map { $1.json(name: BundleNames.part($0)) }),
            "salt": .string(salt.hex),
        ]
    }

    private init(json: JSONObject) throws(JSONError) {
        guard try json.string("format") == Self.label else { throw .badValue("format") }
        guard let tipKey = TipKey(hex: try json.string("tipKey")) else { throw .badValue("tipKey") }
        guard let office = OfficeID(try json.string("office")) else { throw .badValue("office") }
        let parts = try json.objects("parts")
        guard (1...BundleLimits.parts).contains(parts.count) else { throw .badValue("parts") }
        var read: [Part] = []
        for part in parts { read.append(try Part(json: part)) }
        self.init(
            tipKey: tipKey, office: office, verdict: try json.words("verdict"),
            assessment: try Assessment(json: try json.object("assessment")),
            handling: try Handling(json: try json.object("handling")), parts: read,
            consent: try ConsentProof(json: try json.object("consent")),
            salt: try json.hash("salt"))
    }
}

extension BundlePredicate.Part {
    fileprivate func json(name: String) -> JSON {
        [
            "name": .string(name), "class": .string(partClass.name),
            "labels": .array(labels.sorted().map { .string($0.name) }), "origin": originJSON,
            "givenName": .string(givenName), "header": .string(header.hex),
            "payload": .string(payload.hex), "plaintext": .string(plaintext.hex),
            "original": .string(original.hex),
        ]
    }

    private var originJSON: JSON {
        switch origin {
        case .original: "original"
        case .derivative(let kind, let note):
            ["derivative": .string(kind.rawValue), "note": .string(note)]
        }
    }

    fileprivate init(json: JSONObject) throws(JSONError) {
        guard let partClass = PartClass(name: try json.string("class")) else {
            throw .badValue("class")
        }
        var labels: Set<PartClass> = []
        for name in try json.strings("labels") {
            guard let label = PartClass(name: name) else { throw .badValue("labels") }
            labels.insert(label)
        }
        self.init(
            partClass: partClass, labels: labels, origin: try Self.origin(of: json),
            givenName: try json.words("givenName"), header: try json.hash("header"),
            payload: try json.hash("payload"), plaintext: try json.hash("plaintext"),
            original: try json.hash("original"))
    }

    private static func origin(
        of json: JSONObject
    ) throws(JSONError) -> BundlePredicate.Origin {
        switch try json.value("origin") {
        case "original": return .original
        case .object(let object):
            guard let kind = DerivativeKind(rawValue: try object.string("derivative")) else {
                throw .badValue("derivative")
            }
            return .derivative(kind, note: try object.words("note"))
        default: throw .wrongType("origin")
        }
    }
}

extension ConsentProof {
    fileprivate var json: JSON {
        switch self {
        case .signed(let leaf, let signature):
            ["leaf": base64(leaf), "signature": base64(signature)]
        case .transcribed(let leaf, let transcription):
            [
                "leaf": base64(leaf), "file": .string(transcription.file.hex),
                "mandate": base64(transcription.mandate),
                "transcribed": .array(
                    transcription.signatures.map {
                        ["person": .string($0.person.text), "signature": base64($0.signature)]
                    }),
            ]
        }
    }

    fileprivate init(json: JSONObject) throws(JSONError) {
        let leaf = try json.base64("leaf")
        guard json.has("transcribed") else {
            self = .signed(leaf: leaf, signature: try json.base64("signature"))
            return
        }
        var signatures: [Transcription.Signature] = []
        let listed = try json.objects("transcribed")
        guard listed.count <= Transcription.signatureLimit else { throw .badValue("transcribed") }
        for one in listed {
            guard let person = PersonID(try one.string("person")) else { throw .badValue("person") }
            signatures.append(.init(person: person, signature: try one.base64("signature")))
        }
        self = .transcribed(
            leaf: leaf,
            Transcription(
                file: try json.hash("file"), mandate: try json.base64("mandate"),
                signatures: signatures))
    }
}

private func base64(_ bytes: [UInt8]) -> JSON {
    .string(String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self))
}

extension Assessment {
    fileprivate var json: JSON {
        [
            "source": .string(source.rawValue),
            "information": .integer(Int64(information.rawValue)),
            "reason": .string(reason),
        ]
    }

    fileprivate init(json: JSONObject) throws(JSONError) {
        guard let source = SourceReliability(rawValue: try json.string("source")),
            let information = InformationCredibility(
                rawValue: try json.int("information", in: 1...6))
        else { throw .badValue("assessment") }
        self.init(source: source, information: information, reason: try json.words("reason"))
    }
}

extension Handling {
    fileprivate var json: JSON {
        [
            "sharing": .string(sharing.rawValue), "actions": .string(actions.rawValue),
            "caveat": .string(caveat), "civiliansHeldHere": .bool(civiliansHeldHere),
        ]
    }

    fileprivate init(json: JSONObject) throws(JSONError) {
        guard let sharing = TrafficLight(rawValue: try json.string("sharing")),
            let actions = PermissibleActions(rawValue: try json.string("actions"))
        else { throw .badValue("handling") }
        self.init(
            sharing: sharing, actions: actions, caveat: try json.words("caveat"),
            civiliansHeldHere: try json.bool("civiliansHeldHere"))
    }
}

extension JSONObject {
    /// A text for people, of at most ``BundlePredicate/textLimit`` bytes.
    fileprivate func words(_ key: String) throws(JSONError) -> String {
        let text = try string(key)
        guard text.utf8.count <= BundlePredicate.textLimit else { throw .badValue(key) }
        return text
    }

    fileprivate func hash(_ key: String) throws(JSONError) -> Hash {
        guard let hash = Hash(hex: try string(key)) else { throw .badValue(key) }
        return hash
    }

    fileprivate func base64(_ key: String) throws(JSONError) -> [UInt8] {
        let text = [UInt8](try string(key).utf8)
        guard let bytes = Base64.decode(text.span, padded: true) else { throw .badValue(key) }
        return bytes
    }
}
