/// What a part of a tip holds. The code is what a manifest says; servers never see it.
package enum PartClass: UInt8, CaseIterable, Comparable, Hashable, Sendable {
    /// The list of parts, the keys to answer with, and consent; for the desk only.
    case manifest = 0
    /// Danger, reason and deadline; opened first.
    case urgency = 1
    /// The narrative, verbatim.
    case report = 2
    /// Who is telling, and how it is safe to reply; the last thing ever released.
    case reporter = 3
    /// Who is held.
    case person = 4
    /// Where; also targeting data.
    case place = 5
    /// Recruiters, captors, accounts.
    case perpetrators = 6
    /// What the victim was made to do; can convict the victim.
    case compelled = 7
    /// One original file, untouched.
    case evidence = 8
    /// The answer to a question of the desk.
    case answer = 9
    /// The wish that the tip be withdrawn.
    case withdrawal = 10

    /// The parts that every tip has, empty ones too, so that their number says nothing.
    package static var textParts: [PartClass] {
        [.urgency, .report, .reporter, .person, .place, .perpetrators, .compelled]
    }

    /// What an office can be cleared for, and a reporter consent to.
    package static var releasable: [PartClass] { textParts + [.evidence, .answer] }

    /// Never sealed to a recipient that a quantum computer could break.
    package var needsPostQuantum: Bool { self == .reporter || self == .compelled }

    /// The class's word in files and on screens.
    package var name: String {
        switch self {
        case .manifest: "manifest"
        case .urgency: "urgency"
        case .report: "report"
        case .reporter: "reporter"
        case .person: "person"
        case .place: "place"
        case .perpetrators: "perpetrators"
        case .compelled: "compelled"
        case .evidence: "evidence"
        case .answer: "answer"
        case .withdrawal: "withdrawal"
        }
    }

    /// The class whose word is `name`; nil for any other word.
    package init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
        else { return nil }
        self = found
    }

    /// Orders by the code.
    package static func < (first: PartClass, second: PartClass) -> Bool {
        first.rawValue < second.rawValue
    }
}
