internal import Custody
internal import Agencies
internal import Forwarding
internal import Tips
internal import Verification

/// Words for people, where the formats have words of their own.
extension PartClass {
    /// What a part of this class is about.
    var title: String {
        switch self {
        case .manifest: "List of parts"
        case .urgency: "How urgent it is"
        case .report: "What happened"
        case .reporter: "Who is telling"
        case .person: "Who is held"
        case .place: "Where"
        case .perpetrators: "Who does it"
        case .compelled: "What the victim was made to do"
        case .evidence: "A file"
        case .answer: "An answer to a question"
        case .withdrawal: "The wish to withdraw"
        }
    }

    /// What it means that something contains this class.
    var contents: String {
        switch self {
        case .urgency: "danger and dates (urgency)"
        case .report: "the story (report)"
        case .reporter: "who is telling (reporter)"
        case .person: "who is held (person)"
        case .place: "where it is (place)"
        case .perpetrators: "who does it (perpetrators)"
        case .compelled: "what the victim was made to do (compelled)"
        case .evidence: "a file (evidence)"
        case .answer: "an answer (answer)"
        case .manifest, .withdrawal: name
        }
    }
}

extension Danger {
    /// What was ticked, in a word or two.
    var words: String {
        switch self {
        case .life: "life in danger"
        case .child: "a minor"
        case .escape: "escaping now"
        case .transfer: "about to be moved"
        case .ransom: "ransom or threat"
        case .medical: "ill or injured"
        }
    }
}

extension Priority.Level {
    /// The class, and how soon somebody must look.
    var told: String {
        switch self {
        case .p0: "P0: within a day"
        case .p1: "P1: within three days"
        case .p2: "P2: within a week"
        case .p3: "P3: within a month"
        }
    }
}

extension ForcedLabourIndicator {
    /// The indicator as the ILO calls it.
    var words: String {
        switch self {
        case .vulnerability: "Abuse of vulnerability"
        case .deception: "Deception"
        case .movement: "Restriction of movement"
        case .isolation: "Isolation"
        case .violence: "Physical and sexual violence"
        case .threats: "Intimidation and threats"
        case .documents: "Retention of identity documents"
        case .wages: "Withholding of wages"
        case .debt: "Debt bondage"
        case .conditions: "Abusive working and living conditions"
        case .overtime: "Excessive overtime"
        }
    }
}

extension OfficeAnswer {
    /// What the office says, in a few words.
    var words: String {
        switch self {
        case .received: "received and verified it"
        case .opened: "opened it"
        case .accepted: "takes the case on"
        case .declined: "does not take the case on"
        case .needsMore: "needs more"
        case .acted: "has acted"
        case .closed: "has closed the case"
        }
    }
}

extension CaseStage {
    /// Kinds of stages, for the queue's filter.
    enum Kind: String, CaseIterable {
        case examine, assessed, approve, send, released, frozen, rejected, broken
    }

    var kind: Kind {
        switch self {
        case .beingDestroyed, .unreadable: .broken
        case .frozen: .frozen
        case .rejected(let hasNews): hasNews ? .examine : .rejected
        case .beingSent: .send
        case .prepared(_, let approvals): approvals < 2 ? .approve : .send
        case .released, .recalled: .released
        case .assessed: .assessed
        case .toBeExamined: .examine
        }
    }

    /// The stage in words for the console.
    var told: String {
        switch self {
        case .beingDestroyed: "A destruction was cut off: it must go on"
        case .unreadable: "Cannot be read"
        case .frozen(let why): "Frozen: \(why)"
        case .rejected(let hasNews): hasNews ? "Rejected, but something new came" : "Rejected"
        case .beingSent: "Being sent: send it again"
        case .prepared(let offices, let approvals) where approvals < 2:
            "For \(offices) office(s): \(approvals) of 2 persons approved"
        case .prepared(let offices, _): "For \(offices) office(s): approved, to be sent"
        case .released(let offices): "Released to \(offices) office(s)"
        case .recalled: "Recalled from every office"
        case .assessed: "Judged"
        case .toBeExamined: "To be examined"
        }
    }
}

extension CaseStage.Kind {
    /// The kind in words.
    var words: String {
        switch self {
        case .examine: "To be examined"
        case .assessed: "Judged"
        case .approve: "Waits for approval"
        case .send: "Approved, to be sent"
        case .released: "Released"
        case .frozen: "Frozen"
        case .rejected: "Rejected"
        case .broken: "Cannot be read"
        }
    }
}

extension TextField {
    /// The form's question, for people; the form's own word where it is plain enough.
    var label: String {
        switch key {
        case "narrative": "The story, in their own words"
        case "asOf": "Known as of"
        case "danger": "Danger"
        case "deadline": "Deadline"
        case "reason": "Why it is urgent"
        case "answers": "Answers"
        case "ask": "Asked about"
        case "text": "Answer"
        case "question": "Question"
        case "safeToReply": "Is it safe to reply?"
        case "how": "How and when"
        case "account": "In their own words"
        case "missingSince": "Missing since"
        case "codeWord": "Code word"
        default: key.prefix(1).uppercased() + key.dropFirst()
        }
    }
}

extension Hour {
    /// The hour for people, in UTC.
    var words: String { text.replacing("T", with: " ") + ":00 UTC" }
}

/// A case's short name in groups that can be read aloud.
func shortName(_ tip: TipID) -> String {
    let digits = tip.hex.prefix(12)
    return stride(from: 0, to: 12, by: 4).map {
        let start = digits.index(digits.startIndex, offsetBy: $0)
        return String(digits[start..<digits.index(start, offsetBy: 4)])
    }.joined(separator: " ")
}

/// The first page's worth of a size in bytes, for people.
func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1024: "\(bytes) bytes"
    case ..<(1024 * 1024): "\((bytes + 512) / 1024) KiB"
    default: "\((bytes + 512 * 1024) / (1024 * 1024)) MiB"
    }
}
