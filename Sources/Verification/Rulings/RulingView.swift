package import Custody

/// What people decided about a case, for people.
package struct RulingView: Sendable {
    /// One decision that stands.
    package struct Word: Equatable, Sendable {
        /// What was decided, in words.
        package let what: String
        /// Who decided.
        package let person: String
        /// Why.
        package let why: String
        /// When.
        package let hour: Hour

        fileprivate init(_ what: String, _ word: CaseRulings.Word) {
            self.what = what
            person = word.person
            why = word.why
            hour = word.hour
        }

        fileprivate init(_ override: PriorityFacts.Override) {
            what = "the priority is \(override.level.name)"
            person = override.person
            why = override.reason
            hour = override.hour
        }

        /// In one line for a terminal.
        package var line: String { "\(what) (\(person), \(hour.text)): \(CleanText.line(why))" }
    }

    /// What was found and stands, in the order of ``DeskFinding``.
    package let findings: [(finding: DeskFinding, word: Word)]
    /// The class that somebody set; nil while it is computed.
    package let priority: Word?
    /// Who holds the case; nil when nobody does.
    package let held: Word?
    /// Who signed that it be rejected.
    package let rejecters: [Word]
    /// Whether two persons have.
    package let isRejected: Bool
    /// Offices from which everything is kept.
    package let withheld: [(office: String, word: Word)]

    init(_ rulings: CaseRulings) {
        findings = DeskFinding.allCases.compactMap { finding in
            rulings.findings[finding].map { (finding, Word("found: \(finding.words)", $0)) }
        }
        priority = rulings.override.map(Word.init)
        held = rulings.held.map { Word("held", $0) }
        rejecters = rulings.rejectSignatures.map { Word("signed that it be rejected", $0.word) }
        isRejected = rulings.isRejected
        withheld = rulings.withheld.sorted { $0.key < $1.key }.map {
            ($0.key, Word("\($0.key) gets nothing of it", $0.value))
        }
    }

    /// Every decision that stands.
    package var all: [Word] {
        findings.map(\.word) + [priority, held].compactMap { $0 } + rejecters
            + withheld.map(\.word)
    }
}

extension OpenedCase {
    /// What people decided about the case and nobody has taken back.
    package var rulings: RulingView { RulingView(record.rulings) }
}

extension CaseRuling {
    /// The ruling in words, for who did what.
    var words: String {
        switch self {
        case .found(let finding, let why): "found: \(finding.words): \(CleanText.line(why))"
        case .findingTakenBack(let finding, let why):
            "took back that it \(finding.rawValue): \(CleanText.line(why))"
        case .priority(let level?, let why): "set to \(level.name): \(CleanText.line(why))"
        case .priority(nil, let why):
            "let the priority be computed again: \(CleanText.line(why))"
        case .held(let why): "held: \(CleanText.line(why))"
        case .heldAtDispatch: "dispatch holds it, too"
        case .rejectSigned(let why, _):
            "signed that the case be rejected: \(CleanText.line(why))"
        case .rejected: "rejected, by two persons"
        case .withheld(let office, let why):
            "\(office) gets nothing of it: \(CleanText.line(why))"
        case .givenAgain(let office, let why):
            "\(office) may get something of it again: \(CleanText.line(why))"
        }
    }
}
