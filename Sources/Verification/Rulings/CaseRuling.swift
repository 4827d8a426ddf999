internal import Custody
internal import Sealing
internal import Tips

/// What a person decides about a case beside its judgement, always with a reason.
enum CaseRuling: Equatable, Sendable {
    /// A person found something that raises or lowers the priority.
    case found(DeskFinding, why: String)
    /// That is taken back.
    case findingTakenBack(DeskFinding, why: String)
    /// A person set the class; nil lets it be computed again.
    case priority(Priority.Level?, why: String)
    /// Nothing goes out until somebody lets it go on.
    case held(why: String)
    /// Dispatch was told to hold it, too.
    case heldAtDispatch
    /// A person signed the decision to reject the case.
    case rejectSigned(why: String, signature: [UInt8])
    /// Two persons rejected it: nothing of it ever goes out.
    case rejected
    /// An office gets nothing of it, whatever the reporter and the policy allow.
    case withheld(office: String, why: String)
    /// The office may get again what they allow.
    case givenAgain(office: String, why: String)
}

/// What people at the desk can find, which nobody can tick.
package enum DeskFinding: String, CaseIterable, Sendable {
    /// Words or material that show the sexual abuse of a minor.
    case minorAbuse = "minor-abuse"
    /// Marks, pictures or words of torture.
    case torture
    /// Whoever was held is out, and safe.
    case outAndSafe = "out-and-safe"
    /// Somebody says that all is well, which may be forced.
    case saysFine = "says-fine"

    /// In plain words.
    package var words: String {
        switch self {
        case .minorAbuse: "shows the sexual abuse of a minor"
        case .torture: "shows torture"
        case .outAndSafe: "whoever was held is out, and safe"
        case .saysFine: "somebody says that all is well, which may be forced"
        }
    }
}

extension CaseRuling {
    /// Whether approvals that were given before do not count any more.
    var voidsApprovals: Bool {
        switch self {
        case .held, .rejected, .withheld, .givenAgain: true
        case .found, .findingTakenBack, .priority, .heldAtDispatch, .rejectSigned: false
        }
    }
}

/// `{…,"action":"ruled","ruling":"held","why":…}`
extension CaseRuling {
    func write(to object: inout JSONObject) {
        func say(_ word: String, _ members: [(String, String)]) {
            object.add("ruling", .string(word))
            for (key, value) in members { object.add(key, .string(value)) }
        }
        switch self {
        case .found(let finding, let why):
            say("found", [("finding", finding.rawValue), ("why", why)])
        case .findingTakenBack(let finding, let why):
            say("finding-taken-back", [("finding", finding.rawValue), ("why", why)])
        case .priority(let level, let why):
            say("priority", [("level", level?.name ?? Self.computed), ("why", why)])
        case .held(let why): say("held", [("why", why)])
        case .heldAtDispatch: say("held-at-dispatch", [])
        case .rejectSigned(let why, let signature):
            let signature = Base64.encode(signature.span, padded: true)
            say(
                "reject-signed",
                [("why", why), ("signature", String(decoding: signature, as: UTF8.self))])
        case .rejected: say("rejected", [])
        case .withheld(let office, let why): say("withheld", [("office", office), ("why", why)])
        case .givenAgain(let office, let why):
            say("given-again", [("office", office), ("why", why)])
        }
    }

    init(_ object: JSONObject) throws {
        switch try object.string("ruling") {
        case "found": self = .found(try Self.finding(object), why: try object.string("why"))
        case "finding-taken-back":
            self = .findingTakenBack(try Self.finding(object), why: try object.string("why"))
        case "priority":
            self = .priority(try Self.level(object), why: try object.string("why"))
        case "held": self = .held(why: try object.string("why"))
        case "held-at-dispatch": self = .heldAtDispatch
        case "reject-signed":
            self = .rejectSigned(
                why: try object.string("why"), signature: try Self.signature(object))
        case "rejected": self = .rejected
        case "withheld":
            self = .withheld(office: try object.string("office"), why: try object.string("why"))
        case "given-again":
            self = .givenAgain(office: try object.string("office"), why: try object.string("why"))
        default: throw JSONError.badValue("ruling")
        }
    }

    private static let computed = "computed"

    private static func finding(_ object: JSONObject) throws -> DeskFinding {
        guard let finding = DeskFinding(rawValue: try object.string("finding")) else {
            throw JSONError.badValue("finding")
        }
        return finding
    }

    private static func level(_ object: JSONObject) throws -> Priority.Level? {
        let name = try object.string("level")
        guard let level = Priority.Level.allCases.first(where: { $0.name == name }) else {
            guard name == computed else { throw JSONError.badValue("level") }
            return nil
        }
        return level
    }

    private static func signature(_ object: JSONObject) throws -> [UInt8] {
        let text = [UInt8](try object.string("signature").utf8)
        guard let bytes = Base64.decode(text.span, padded: true) else {
            throw JSONError.badValue("signature")
        }
        return bytes
    }
}
