package import Agencies
package import Custody
package import Examination
package import Forwarding
package import Tips

/// A case as people see it, in the terminal and in the console alike. Nothing is rendered: texts are
/// as they came, originals are listed by size and digest.
package struct CaseOverview: Sendable {
    /// The tip's name.
    package let tip: TipID
    /// Where the case stands.
    package let stage: CaseStage
    /// Every part of the reporter's.
    package let parts: [Part]
    /// Texts made at the desk, without those that were taken back.
    package let derivatives: [Derivative]
    /// Who may have what.
    package let consents: [Consent]
    /// What only one person has read in a dropped file, and what persons read differently.
    package let readings: [Consent]
    /// Offices that must never get anything.
    package let never: [String]
    /// Questions to the reporter.
    package let questions: [Question]
    /// The desk's judgement; nil while there is none.
    package let judgement: Judgement?
    /// What was prepared for offices, and what was released.
    package let releases: [Release]
    /// What offices answered, as far as the directory knows who signed.
    package let answers: [Acknowledgement]
    /// Frames that claimed to belong to the case and broke a rule.
    package let refused: [(envelope: Hash, why: String)]
    /// Whether the reporter withdrew with the right code word: two persons may destroy the case.
    package let isDestroyable: Bool
    /// What people decided and nobody has taken back.
    package let rulings: RulingView
    /// The persons who signed the destruction.
    package let destroyers: [String]

    /// One part of the reporter's.
    package struct Part: Sendable {
        /// Its place in the case, from 1 on; commands name it so.
        package let number: Int
        /// The digest of its payload.
        package let payload: Hash
        /// Its class.
        package let partClass: PartClass
        /// What the file was called on the reporter's device; "" for texts.
        package let name: String
        /// What it really contains; nil while nobody has labelled it.
        package let labels: [PartClass]?
        /// When the desk took it in.
        package let hour: Hour
        /// What is in it.
        package let content: Content
    }

    /// What is in a part.
    package enum Content: Sendable {
        /// A text of the form.
        case fields([TextField])
        /// A text that was sealed without the page.
        case dropped(DropText)
        /// A text at which a worker ended when it came: it stays sealed, and goes nowhere.
        case unread
        /// A file that is not opened here: its size in bytes, its digest, and what workers found in it.
        case original(byteCount: Int, digest: Hash, examination: Examination)
    }

    /// What is known of a file by having looked into it.
    package enum Examination: Sendable {
        /// Nobody has looked into it yet.
        case none
        /// It may show the sexual abuse of a minor: nobody renders it.
        case neverRendered
        /// The report, and the digests of the payloads of its safe copies, with their kinds.
        case report(ExaminationReport, copies: [(payload: Hash, kind: SafeCopyFacts.Kind)])
    }

    /// A text made at the desk.
    package struct Derivative: Sendable {
        /// The digest of its payload.
        package let payload: Hash
        /// The payload of the part that it was made from.
        package let original: Hash
        /// What it is.
        package let kind: DerivativeKind
        /// How it was made.
        package let note: String
        /// What it contains.
        package let labels: [PartClass]
    }

    /// Consent for one office.
    package struct Consent: Sendable {
        /// The office.
        package let office: String
        /// What it may have.
        package let classes: [PartClass]
        /// Who read it, if it is not consent yet; "" otherwise.
        package let reader: String
    }

    /// A question to the reporter.
    package struct Question: Sendable {
        /// Its identifier.
        package let id: String
        /// Its text.
        package let text: String
        /// Its language's tag, or "".
        package let language: String
        /// When it was written.
        package let hour: Hour
        /// Who signed it: the writer, then who read it.
        package let persons: [String]
        /// The digest of what they sign.
        package let digest: Hash
    }

    /// What one office gets, or got.
    package struct Release: Sendable {
        /// The statement's name.
        package let digest: Hash
        /// The office.
        package let office: String
        /// Its number for the office.
        package let number: UInt64
        /// The payloads of its parts.
        package let parts: [Hash]
        /// Until when it is good.
        package let expires: Hour
        /// Who approved it.
        package let approvers: [String]
        /// Whether dispatch has it.
        package let isReleased: Bool
        /// What it says about earlier bundles; nil for the first.
        package let notice: ReleaseStatement.Notice?
        /// Whether a recall of it has left.
        package let isRecalled: Bool

        /// What it is, in words.
        package var kind: String {
            let numbers = (notice?.earlier ?? []).map { String($0.sequence) }
                .joined(separator: ", ")
            return switch notice {
            case .recall?: "recall of number \(numbers)"
            case .supplement?: "\(parts.count) part(s) more beside number \(numbers)"
            case nil: "\(parts.count) part(s)"
            }
        }
    }
}

extension Judgement {
    /// The two letters of the Admiralty scale.
    package var grade: String {
        assessment.source.rawValue + String(assessment.information.rawValue)
    }
}
