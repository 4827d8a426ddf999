internal import Agencies
internal import Custody
internal import Forwarding
internal import Sealing
internal import Tips

/// A journal entry as JSON: `{"hour":…,"person":…,"action":"labelled",…}`.
extension CaseEvent {
    var json: JSONObject {
        var object = JSONObject()
        object.add("hour", .string(hour.text))
        object.add("person", .string(person))
        action.write(to: &object)
        return object
    }

    init(_ object: JSONObject) throws {
        guard let hour = Hour(try object.string("hour")) else { throw JSONError.badValue("hour") }
        self.init(
            hour: hour, person: try object.string("person"), action: try CaseAction(object))
    }
}

extension CaseAction {
    fileprivate func write(to object: inout JSONObject) {
        switch self {
        case .received(let frame):
            object.action("received")
            frame.write(to: &object)
        case .refused(let envelope, let why):
            object.action("refused")
            object.add("envelope", .string(envelope.hex))
            object.add("why", .string(why))
        case .labelled(let part, let classes):
            object.action("labelled")
            object.add("part", .string(part.hex))
            object.add("classes", classes: classes)
        case .assessed(let judgement):
            object.action("assessed")
            judgement.write(to: &object)
        case .derived(let derivative):
            object.action("derived")
            derivative.write(to: &object)
        case .derivativeWithdrawn(let payload):
            object.action("derivative-withdrawn")
            object.add("payload", .string(payload.hex))
        case .asked(let question, let signature):
            object.action("asked")
            object.add("id", .string(question.id))
            object.add("text", .string(question.text))
            object.add("language", .string(question.language))
            object.add("signature", bytes: signature)
        case .questionRead(let id, let signature):
            object.action("question-read")
            object.add("id", .string(id))
            object.add("signature", bytes: signature)
        case .prepared(let releases):
            object.action("prepared")
            object.add("releases", .array(releases.map { .object($0.json) }))
        case .approved(let statement, let signature, let sums):
            object.action("approved")
            object.add("statement", .string(statement.hex))
            object.add("signature", bytes: signature)
            object.add("sums", bytes: sums)
        case .sending(let statement): object.add("sending", statement)
        case .notSent(let statement): object.add("not-sent", statement)
        case .released(let statement): object.add("released", statement)
        case .acknowledged(let bytes):
            object.action("acknowledged")
            object.add("acknowledgement", bytes: bytes)
        case .logged(let leaves):
            object.action("logged")
            object.add("leaves", .array(leaves.map { .string(base64($0)) }))
        case .legalHold(let why):
            object.action("legal-hold")
            object.add("why", .string(why))
        case .legalHoldLifted(let why):
            object.action("legal-hold-lifted")
            object.add("why", .string(why))
        case .frozen(let why), .resumed(let why):
            if case .frozen = self { object.action("frozen") } else { object.action("resumed") }
            object.add("why", .string(why))
        case .eraseSigned(let signature):
            object.action("erase-signed")
            object.add("signature", bytes: signature)
        case .transcribed(let leaf, let signature):
            object.action("transcribed")
            object.add("leaf", bytes: leaf.encoded)
            object.add("signature", bytes: signature)
        case .neverTranscribed(let office):
            object.action("never-transcribed")
            object.add("office", .string(office))
        case .examined(let examined):
            object.action("examined")
            examined.write(to: &object)
        case .readAgain(let part):
            object.action("read-again")
            object.add("part", .string(part.hex))
        case .neverRendered(let part):
            object.action("never-rendered")
            object.add("part", .string(part.hex))
        case .ruled(let ruling):
            object.action("ruled")
            ruling.write(to: &object)
        case .linkChanged(let change):
            object.action(change.action)
            change.write(to: &object)
        case .looked(let look):
            object.action("looked")
            look.write(to: &object)
        }
    }

    fileprivate init(_ object: JSONObject) throws {
        switch try object.string("action") {
        case "received":
            self = .received(try ReceivedFrame(object))
        case "refused":
            self = .refused(envelope: try object.hash("envelope"), why: try object.string("why"))
        case "labelled":
            self = .labelled(
                part: try object.hash("part"), classes: try object.classes("classes"))
        case "assessed": self = .assessed(try Judgement(object))
        case "derived": self = .derived(try Derivative(object))
        case "derivative-withdrawn":
            self = .derivativeWithdrawn(payload: try object.hash("payload"))
        case "asked":
            self = .asked(
                CaseQuestion(
                    id: try object.string("id"), text: try object.string("text"),
                    language: try object.string("language")),
                signature: try object.bytes("signature"))
        case "question-read":
            self = .questionRead(
                id: try object.string("id"), signature: try object.bytes("signature"))
        case "prepared":
            self = .prepared(try object.objects("releases").map { try PreparedRelease($0) })
        case "approved":
            self = .approved(
                statement: try object.hash("statement"), signature: try object.bytes("signature"),
                sums: try object.bytes("sums"))
        case "sending": self = .sending(statement: try object.hash("statement"))
        case "not-sent": self = .notSent(statement: try object.hash("statement"))
        case "released": self = .released(statement: try object.hash("statement"))
        case "acknowledged": self = .acknowledged(try object.bytes("acknowledgement"))
        case "logged":
            self = .logged(
                try object.strings("leaves").map {
                    guard let leaf = Base64.decode(Array($0.utf8).span, padded: true) else {
                        throw JSONError.badValue("leaves")
                    }
                    return leaf
                })
        case "examined": self = .examined(try Examined(object))
        case "read-again": self = .readAgain(part: try object.hash("part"))
        case "never-rendered": self = .neverRendered(part: try object.hash("part"))
        case "legal-hold": self = .legalHold(why: try object.string("why"))
        case "legal-hold-lifted": self = .legalHoldLifted(why: try object.string("why"))
        case "ruled": self = .ruled(try CaseRuling(object))
        case "linked", "unlinked": self = .linkChanged(try LinkChange(object))
        case "looked": self = .looked(try CaseLook(object))
        case "frozen": self = .frozen(why: try object.string("why"))
        case "resumed": self = .resumed(why: try object.string("why"))
        case "erase-signed": self = .eraseSigned(signature: try object.bytes("signature"))
        case "transcribed":
            self = .transcribed(
                try object.leaf("leaf"), signature: try object.bytes("signature"))
        case "never-transcribed": self = .neverTranscribed(office: try object.string("office"))
        default: throw JSONError.badValue("action")
        }
    }
}

extension ReceivedFrame {
    fileprivate func write(to object: inout JSONObject) {
        object.add("envelope", bytes: envelope)
        object.add("signature", bytes: signature)
        object.add("manifest", .string(manifest.hex))
        object.add("originals", .array(originals.map { .object($0.json) }))
        if !unread.isEmpty { object.add("unread", hashes: unread) }
        guard let drop else { return }
        object.add("dropPayload", .string(drop.payload.hex))
        object.add("dropPlaintext", .string(drop.plaintext.hex))
    }

    fileprivate init(_ object: JSONObject) throws {
        self.init(
            envelope: try object.bytes("envelope"), signature: try object.bytes("signature"),
            manifest: try object.hash("manifest"),
            originals: try object.objects("originals").map { try Original($0) })
        if object.has("unread") { unread = try object.hashes("unread") }
        guard object.has("dropPayload") else { return }
        drop = Drop(
            payload: try object.hash("dropPayload"), plaintext: try object.hash("dropPlaintext"))
    }
}

extension ReceivedFrame.Original {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("payload", .string(payload.hex))
        object.add("digest", .string(digest.hex))
        object.add("bytes", .integer(Int64(byteCount)))
        return object
    }

    fileprivate init(_ object: JSONObject) throws {
        self.init(
            payload: try object.hash("payload"), digest: try object.hash("digest"),
            byteCount: try object.int("bytes", in: 0...Limits.payloadBytes))
    }
}

extension Derivative {
    fileprivate func write(to object: inout JSONObject) {
        object.add("payload", .string(payload.hex))
        object.add("plaintext", .string(plaintext.hex))
        object.add("payloadBytes", .integer(Int64(payloadBytes)))
        object.add("kind", .string(kind.rawValue))
        object.add("original", .string(original.hex))
        object.add("class", .string(partClass.name))
        object.add("note", .string(note))
        object.add("labels", classes: labels)
    }

    fileprivate init(_ object: JSONObject) throws {
        guard let kind = DerivativeKind(rawValue: try object.string("kind")),
            let partClass = PartClass(name: try object.string("class"))
        else { throw JSONError.badValue("derived") }
        self.init(
            payload: try object.hash("payload"), plaintext: try object.hash("plaintext"),
            payloadBytes: try object.int("payloadBytes", in: 0...Limits.payloadBytes), kind: kind,
            original: try object.hash("original"), partClass: partClass,
            note: try object.string("note"), labels: try object.classes("labels"))
    }
}

extension PreparedRelease {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("draft", .string(draft.hex))
        object.add("statement", bytes: statement)
        object.add("predicateHeader", bytes: predicate.header)
        object.add("predicatePayload", bytes: predicate.payload)
        object.add("coverHeader", bytes: cover.header)
        object.add("coverPayload", bytes: cover.payload)
        object.add("without", hashes: without)
        object.add("withoutWhy", .string(withoutWhy))
        if let plan {
            object.add("plan", .string(plan.id.hex))
            object.add("rank", .integer(Int64(plan.rank)))
            object.add("count", .integer(Int64(plan.count)))
            object.add("due", .string(plan.due.text))
        }
        return object
    }

    fileprivate init(_ object: JSONObject) throws {
        var plan: ReleasePackage.Plan?
        if object.has("plan") {
            guard let due = Hour(try object.string("due")) else { throw JSONError.badValue("due") }
            plan = ReleasePackage.Plan(
                id: try object.hash("plan"), rank: try object.int("rank", in: 0...64),
                count: try object.int("count", in: 1...64), due: due)
        }
        self.init(
            draft: try object.hash("draft"), statement: try object.bytes("statement"),
            predicate: SealedContainer(
                header: try object.bytes("predicateHeader"),
                payload: try object.bytes("predicatePayload")),
            cover: SealedContainer(
                header: try object.bytes("coverHeader"),
                payload: try object.bytes("coverPayload")),
            plan: plan,
            without: try object.has("without") ? object.hashes("without") : [],
            withoutWhy: object.has("withoutWhy") ? try object.string("withoutWhy") : "")
    }
}

private func base64(_ bytes: [UInt8]) -> String {
    String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
}

extension JSONObject {
    fileprivate mutating func action(_ word: String) { add("action", .string(word)) }

    /// What happened to a release.
    fileprivate mutating func add(_ word: String, _ statement: Hash) {
        action(word)
        add("statement", .string(statement.hex))
    }

    fileprivate mutating func add(_ key: String, bytes: [UInt8]) {
        add(key, .string(base64(bytes)))
    }

    fileprivate mutating func add(_ key: String, classes: [PartClass]) {
        add(key, .array(classes.map { .string($0.name) }))
    }

    fileprivate mutating func add(_ key: String, hashes: [Hash]) {
        add(key, .array(hashes.map { .string($0.hex) }))
    }

    fileprivate func hashes(_ key: String) throws(JSONError) -> [Hash] {
        var hashes: [Hash] = []
        for hex in try strings(key) {
            guard let hash = Hash(hex: hex) else { throw .badValue(key) }
            hashes.append(hash)
        }
        return hashes
    }

    fileprivate func bytes(_ key: String) throws(JSONError) -> [UInt8] {
        let text = [UInt8](try string(key).utf8)
        guard let bytes = Base64.decode(text.span, padded: true) else { throw .badValue(key) }
        return bytes
    }

    fileprivate func leaf(_ key: String) throws -> ConsentLeaf {
        let bytes = try bytes(key)
        return try ConsentLeaf.decode(bytes.span)
    }

    func hash(_ key: String) throws(JSONError) -> Hash {
        guard let hash = Hash(hex: try string(key)) else { throw .badValue(key) }
        return hash
    }

    fileprivate func classes(_ key: String) throws(JSONError) -> [PartClass] {
        var classes: [PartClass] = []
        for name in try strings(key) {
            guard let partClass = PartClass(name: name) else { throw .badValue(key) }
            classes.append(partClass)
        }
        return classes
    }
}
