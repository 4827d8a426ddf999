internal import Custody

/// What the rulings in a journal add up to.
struct CaseRulings {
    /// Who decided something, why, and when.
    struct Word: Equatable {
        let person: String
        let why: String
        let hour: Hour

        /// `by ana: she rang`
        var words: String { "by \(person): \(why)" }
    }

    /// What people found and nobody has taken back.
    private(set) var findings: [DeskFinding: Word] = [:]
    /// The class that a person set last.
    private(set) var override: PriorityFacts.Override?
    /// Who holds the case; nil when nobody does.
    private(set) var held: Word?
    /// Whether dispatch was told to hold it, and not yet that it goes on.
    private(set) var isHeldAtDispatch = false
    /// Who signed that it be rejected, since something of the reporter's came last.
    private(set) var rejectSignatures: [(word: Word, signature: [UInt8])] = []
    /// Whether two persons have rejected it.
    private(set) var isRejected = false
    /// Whether something of the reporter's came after that.
    private(set) var hasNews = false
    /// By office: who keeps everything from it.
    private(set) var withheld: [String: Word] = [:]

    mutating func apply(_ ruling: CaseRuling, by person: String, in hour: Hour) {
        func word(_ why: String) -> Word { Word(person: person, why: why, hour: hour) }
        switch ruling {
        case .found(let finding, let why):
            findings[finding] = word(why)
            endOverride(below: finding)
        case .findingTakenBack(let finding, _): findings[finding] = nil
        case .priority(let level, let why):
            override = level.map {
                PriorityFacts.Override(level: $0, reason: why, person: person, hour: hour)
            }
        case .held(let why): held = word(why)
        case .heldAtDispatch: isHeldAtDispatch = true
        case .rejectSigned(let why, let signature):
            rejectSignatures.append((word(why), signature))
        case .rejected: isRejected = true
        case .withheld(let office, let why): withheld[office] = word(why)
        case .givenAgain(let office, _): withheld[office] = nil
        }
    }

    /// Something of the reporter's came in: whoever signed a rejection did not know it.
    mutating func newsCame() {
        if isRejected { hasNews = true } else { rejectSignatures = [] }
    }

    /// Somebody let the case go on, here and at dispatch.
    mutating func goOn() {
        held = nil
        isHeldAtDispatch = false
    }

    /// What somebody finds later is not kept down by what somebody decided before.
    private mutating func endOverride(below finding: DeskFinding) {
        let level: Priority.Level? =
            switch finding {
            case .minorAbuse: .p0
            case .torture, .saysFine: .p1
            case .outAndSafe: nil
            }
        if let level, let old = override, level < old.level { override = nil }
    }
}

extension CaseRecord {
    /// Why nothing of the case may go out, in words; nil while it may.
    var stopped: String? {
        if rulings.isRejected { return "rejected by two persons" }
        let reasons = [frozen, rulings.held.map { "held \($0.words)" }].compactMap { $0 }
        return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
    }
}
