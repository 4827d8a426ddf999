/// Where a case stands.
package enum CaseStage: Equatable, Sendable {
    /// A destruction was cut off and has to go on.
    case beingDestroyed
    /// It cannot be opened; says why.
    case unreadable(String)
    /// Nothing goes out any more; says why.
    case frozen(String)
    /// Two persons rejected it; whether something more of the reporter's came afterwards.
    case rejected(hasNews: Bool)
    /// A release was begun, and dispatch may have it.
    case beingSent
    /// Releases wait for persons: for how many offices, and how many have approved the least
    /// approved of them.
    case prepared(offices: Int, approvals: Int)
    /// How many offices have something of it that was not recalled.
    case released(offices: Int)
    /// Everything that was released was recalled.
    case recalled
    /// The desk has judged it.
    case assessed
    /// Nobody has judged it yet.
    case toBeExamined

    /// The stage in words, for a terminal.
    package var words: String {
        switch self {
        case .beingDestroyed: "BEING DESTROYED"
        case .unreadable: "CANNOT BE READ"
        case .frozen(let why): "frozen: \(CleanText.line(why))"
        case .rejected(let hasNews):
            hasNews ? "rejected, but something new came" : "rejected"
        case .beingSent: "being sent: run sallyport-desk release again"
        case .prepared(let offices, let approvals):
            "prepared for \(offices) office(s), \(approvals) of 2 approvals"
        case .released(let offices): "released to \(offices) office(s)"
        case .recalled: "recalled from every office"
        case .assessed: "assessed"
        case .toBeExamined: "to be examined"
        }
    }
}

extension OpenedCase {
    /// Where the case stands.
    package var stage: CaseStage {
        if record.rulings.isRejected { return .rejected(hasNews: record.rulings.hasNews) }
        if let why = record.stopped { return .frozen(why) }
        if !record.sending.isEmpty { return .beingSent }
        let open = record.open
        if !open.isEmpty {
            return .prepared(
                offices: open.count, approvals: open.map(record.personCount).min() ?? 0)
        }
        if !record.released.isEmpty {
            guard let sent = try? sentBundles() else {
                return .unreadable("what was released of it cannot be read")
            }
            let standing = sent.filter { !$0.isRecalled }
            return standing.isEmpty
                ? .recalled : .released(offices: Set(standing.map(\.office)).count)
        }
        return record.judgement == nil ? .toBeExamined : .assessed
    }

    /// Where the case stands, in words for a terminal.
    package var state: String { stage.words }
}
