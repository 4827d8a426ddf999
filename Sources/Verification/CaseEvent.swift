internal import Agencies
internal import Custody
internal import Forwarding
internal import Sealing
internal import Tips

/// One entry of a case's journal: what happened, who said they did it, and when.
///
/// The name of a person is that of the signing agent that was asked; only signatures prove it, and
/// everything that leaves the desk carries two.
struct CaseEvent: Sendable {
    let hour: Hour
    /// A handle of the roster; "" for the program itself.
    let person: String
    let action: CaseAction
}

/// What can happen to a case.
enum CaseAction: Sendable {
    /// An envelope with its parts is stored, after each was opened and compared.
    case received(ReceivedFrame)
    /// A frame that claimed to belong to the case broke a rule.
    case refused(envelope: Hash, why: String)
    /// What a part really contains.
    case labelled(part: Hash, classes: [PartClass])
    /// The desk's judgement; the newest counts.
    case assessed(Judgement)
    /// A part that was made at the desk.
    case derived(Derivative)
    /// A part that was made at the desk is taken back: it goes nowhere any more.
    case derivativeWithdrawn(payload: Hash)
    /// A question for the reporter, signed by who wrote it.
    case asked(CaseQuestion, signature: [UInt8])
    /// A second person read a question and signed it.
    case questionRead(id: String, signature: [UInt8])
    /// Releases were prepared; they replace all that were not sent.
    case prepared([PreparedRelease])
    /// A person signed a statement and the SHA256SUMS beside it.
    case approved(statement: Hash, signature: [UInt8], sums: [UInt8])
    /// A release is about to be handed over: from now on dispatch may have it.
    case sending(statement: Hash)
    /// Dispatch does not have a release whose handing over was begun.
    case notSent(statement: Hash)
    /// Dispatch has the release, or it was written to be carried there.
    case released(statement: Hash)
    /// An office answered.
    case acknowledged([UInt8])
    /// Salts and events of the custody log that are about this tip.
    case logged([[UInt8]])
    /// Nothing goes out any more.
    case frozen(why: String)
    /// Somebody looked into it, and it goes on.
    case resumed(why: String)
    /// The case is kept though retention would let it go.
    case legalHold(why: String)
    /// It is not any more.
    case legalHoldLifted(why: String)
    /// A person signed the decision to destroy the case.
    case eraseSigned(signature: [UInt8])
    /// A person read consent for one office in the dropped file, and signed it.
    case transcribed(ConsentLeaf, signature: [UInt8])
    /// A person read in the dropped file that an office must never have anything.
    case neverTranscribed(office: String)
    /// Workers looked into a file of evidence.
    case examined(Examined)
    /// A worker came through a text at which one had ended when it came.
    case readAgain(part: Hash)
    /// A person said that a file may show the sexual abuse of a minor: it is never rendered.
    case neverRendered(part: Hash)
    /// A person decided something beside the judgement.
    case ruled(CaseRuling)
    /// A person linked the case to another, or took the link back.
    case linkChanged(LinkChange)
    /// Somebody asked to see parts of it.
    case looked(CaseLook)
}

extension CaseAction {
    /// The words of ``frozen(why:)`` after a withdrawal with the right code word, which alone lets
    /// two persons destroy the case.
    static let rightCodeWord = "withdrawn with the right code word"

    /// Whether approvals that were given before do not count any more: what was approved may not be
    /// what the case gives now.
    var voidsApprovals: Bool {
        switch self {
        case .received, .labelled, .assessed, .derived, .derivativeWithdrawn, .prepared, .frozen,
            .resumed, .transcribed, .neverTranscribed, .neverRendered, .readAgain:
            true
        case .ruled(let ruling): ruling.voidsApprovals
        case .refused, .asked, .questionRead, .approved, .sending, .notSent, .released,
            .acknowledged, .logged, .eraseSigned, .examined, .legalHold, .legalHoldLifted,
            .linkChanged, .looked:
            false
        }
    }
}

/// A reporter's frame as the desk took it in.
struct ReceivedFrame: Equatable, Sendable {
    let envelope: [UInt8]
    let signature: [UInt8]
    /// The payload that holds its manifest.
    let manifest: Hash
    /// What its evidence unpacked to when it came. What is released is opened and digested anew.
    let originals: [Original]
    /// The file in its report, if it was sealed without the page.
    var drop: Drop?
    /// Payloads of texts at which a worker ended when they came: they stay sealed.
    var unread: [Hash] = []

    /// A dropped file as it is stored: its payload, under a header for the case's key.
    struct Drop: Equatable, Sendable {
        let payload: Hash
        let plaintext: Hash
    }

    /// The file in one part of the class evidence.
    struct Original: Equatable, Sendable {
        let payload: Hash
        let digest: Hash
        let byteCount: Int
    }
}

/// A part that the desk made from another.
struct Derivative: Equatable, Sendable {
    let payload: Hash
    let plaintext: Hash
    let payloadBytes: Int
    let kind: DerivativeKind
    let original: Hash
    let partClass: PartClass
    let note: String
    let labels: [PartClass]
}

/// A question for the reporter.
struct CaseQuestion: Equatable, Sendable {
    let id: String
    let text: String
    let language: String

    /// What the writer and the reader sign: `["sallyport.question/1", tip, id, text, language]`.
    func signedText(for tip: TipID) -> [UInt8] {
        var writer = CBORWriter()
        writer.array(5)
        writer.label("sallyport.question/1")
        writer.bytes(tip.bytes)
        writer.text(id)
        writer.text(text)
        writer.text(language)
        return writer.bytes
    }
}

/// Parts that the desk leaves out of a release, though the office might have them.
struct LeftOut: Equatable, Sendable {
    let parts: [Hash]
    let why: String

    init(_ parts: [Hash] = [], why: String = "") {
        self.parts = parts
        self.why = why
    }
}

/// A release for one office, before and while it is signed.
struct PreparedRelease: Equatable, Sendable {
    /// Its draft in the desk agent, which keeps the office's headers.
    let draft: Hash
    /// The statement's exact bytes.
    let statement: [UInt8]
    /// The predicate, sealed to the case's key.
    let predicate: SealedContainer
    /// The cover sheet, sealed to the case's key.
    let cover: SealedContainer
    /// Its place in an escalation plan.
    let plan: ReleasePackage.Plan?
    /// Payloads that the desk left out, though the office might have had them.
    var without: [Hash] = []
    /// Why; "" in entries from before it was asked for.
    var withoutWhy = ""

    /// What the desk left out, and why.
    var leftOut: LeftOut { LeftOut(without, why: withoutWhy) }

    /// The statement's name.
    var digest: Hash { Hash(sha256: statement) }

    /// What the statement says.
    func claim() throws -> ReleaseStatement {
        try ReleaseStatement(try Statement(statement))
    }
}
