package import Custody
internal import Sealing
package import Tips

/// One entry of a case's journal about its link to another case: made, or taken back.
///
/// Both cases' journals have it, under the same number: how often the link between these two was
/// changed. The greatest number counts.
struct LinkChange: Equatable, Sendable {
    /// Most bytes of a reason.
    static let reasonLimit = 1000

    /// The case at the other end.
    let other: TipID
    /// Whether the two are linked from now on.
    let isLinked: Bool
    /// From 1 on.
    let number: Int
    /// Why, in a person's words. It stays when the other case is destroyed.
    let reason: String

    var words: String {
        (isLinked ? "linked to case " : "no longer linked to case ") + other.hex.prefix(12)
            + ": " + CleanText.line(reason)
    }
}

extension LinkChange {
    /// The word of the journal's action.
    var action: String { isLinked ? "linked" : "unlinked" }

    func write(to object: inout JSONObject) {
        object.add("other", .string(other.hex))
        object.add("number", .integer(Int64(number)))
        object.add("reason", .string(reason))
    }

    init(_ object: JSONObject) throws {
        guard let other = TipID(hex: try object.string("other")) else {
            throw JSONError.badValue("other")
        }
        self.init(
            other: other, isLinked: try object.string("action") == "linked",
            number: try object.int("number", in: 1...Int(Int32.max)),
            reason: try object.string("reason"))
    }
}

/// A link between two cases, as it stands. It says that a person found that they belong together, and
/// nothing follows from it: it releases nothing, and no sender and no office learns of it.
package struct CaseLink: Equatable, Sendable {
    /// The case at the other end.
    package let other: TipID
    /// Why, in a person's words.
    package let reason: String
    /// Who made it.
    package let person: String
    /// When.
    package let hour: Hour

    /// One line for a terminal.
    package var line: String {
        "\(other.hex.prefix(12))  by \(person) at \(hour.text): \(CleanText.line(reason))"
    }
}

/// What a case's journal says of its links.
struct LinkLedger {
    private var newest: [TipID: (change: LinkChange, person: String, hour: Hour)] = [:]

    mutating func take(_ change: LinkChange, by person: String, at hour: Hour) {
        guard change.number > number(with: change.other) else { return }
        newest[change.other] = (change, person, hour)
    }

    /// How often the link with `other` was changed.
    func number(with other: TipID) -> Int { newest[other]?.change.number ?? 0 }

    /// The links that stand, in the order in which they were made.
    var standing: [CaseLink] {
        newest.values.filter(\.change.isLinked).map {
            CaseLink(
                other: $0.change.other, reason: $0.change.reason, person: $0.person, hour: $0.hour)
        }.sorted { ($0.hour, $0.other.hex) < ($1.hour, $1.other.hex) }
    }
}

extension CaseEvent {
    /// Whether a person worked on the case: who links another case to it may never have read it, and
    /// who only read it has done nothing yet.
    var isWork: Bool {
        if case .linkChanged = action { return false }
        return !person.isEmpty && !isLook
    }
}
