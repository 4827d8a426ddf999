internal import Custody
internal import Forwarding
internal import Tips

/// What the journal of a case adds up to.
struct CaseRecord {
    struct Question {
        let question: CaseQuestion
        let hour: Hour
        /// By person: who wrote it first, then who read it.
        var signatures: [(person: String, signature: [UInt8])]
    }

    struct Approval {
        let person: String
        let signature: [UInt8]
        let sums: [UInt8]
    }

    private(set) var received: [(frame: ReceivedFrame, hour: Hour)] = []
    private(set) var refused: [(envelope: Hash, why: String)] = []
    private(set) var labels: [Hash: [PartClass]] = [:]
    private(set) var judgement: Judgement?
    /// Without those that were taken back.
    private(set) var derivatives: [Derivative] = []
    private(set) var questions: [Question] = []
    private(set) var prepared: [PreparedRelease] = []
    private(set) var approvals: [Hash: [Approval]] = [:]
    /// Counts what voids approvals: who approves what they saw at one count approves nothing later.
    private(set) var changes = 0
    /// Releases whose handing over was begun and is not known to have ended.
    private(set) var sending: Set<Hash> = []
    /// Releases whose handing over was ever begun: their numbers are used up.
    private(set) var begun: Set<Hash> = []
    private(set) var released: Set<Hash> = []
    private(set) var acknowledgements: [[UInt8]] = []
    private(set) var frozen: String?
    /// When it was frozen last.
    private(set) var frozenHour: Hour?
    /// When a person last did anything to the case.
    private(set) var touched: Hour?
    /// Whether the reporter ever withdrew with the right code word. Nobody can undo that alone:
    /// neither a later withdrawal without the word, nor a person who lets the case go on.
    private(set) var isDestroyable = false
    private(set) var eraseSignatures: [(person: String, signature: [UInt8])] = []
    /// Why the case is kept from retention; nil when it is not.
    private(set) var legalHold: String?
    /// All that anybody has read in the dropped file.
    private(set) var transcribed: [(leaf: ConsentLeaf, person: String, signature: [UInt8])] = []
    private(set) var neverTranscribed: Set<String> = []
    /// By payload: the newest examination of each file of evidence.
    private(set) var examined: [Hash: Examined] = [:]
    /// Files that may show the sexual abuse of a minor. Nobody can take that back alone, or at all.
    private(set) var neverRendered: Set<Hash> = []
    /// Texts that nobody reads: a worker ended at each. Nobody can say what they contain, so they have
    /// no labels and go nowhere.
    private(set) var unread: Set<Hash> = []
    /// Its links to other cases.
    private(set) var links = LinkLedger()

    /// What people decided beside the judgement.
    private(set) var rulings = CaseRulings()

    /// How many entries the journal has.
    let entryCount: Int

    init(_ events: [CaseEvent]) {
        entryCount = events.count
        for event in events { apply(event) }
    }

    /// The files in all evidence.
    var originals: [ReceivedFrame.Original] { received.flatMap(\.frame.originals) }

    /// The releases that were prepared and not sent yet.
    var open: [PreparedRelease] { prepared.filter { !released.contains($0.digest) } }

    /// How many different persons approved a release.
    func personCount(of release: PreparedRelease) -> Int {
        Set((approvals[release.digest] ?? []).map(\.person)).count
    }

    private mutating func apply(_ event: CaseEvent) {
        if event.action.voidsApprovals { voidApprovals() }
        if event.isWork { touched = max(touched ?? event.hour, event.hour) }
        switch event.action {
        case .received(let frame):
            received.append((frame, event.hour))
            unread.formUnion(frame.unread)
            rulings.newsCame()
        case .refused(let envelope, let why): refused.append((envelope, why))
        case .labelled(let part, let classes):
            if !neverRendered.contains(part), !unread.contains(part) { labels[part] = classes }
        case .assessed(let judgement): self.judgement = judgement
        case .derived(let derivative): derivatives.append(derivative)
        case .derivativeWithdrawn(let payload): derivatives.removeAll { $0.payload == payload }
        case .asked(let question, let signature):
            questions.append(
                Question(
                    question: question, hour: event.hour, signatures: [(event.person, signature)]))
        case .questionRead(let id, let signature):
            for index in questions.indices where questions[index].question.id == id {
                questions[index].signatures.append((event.person, signature))
            }
        case .prepared(let releases):
            prepared = prepared.filter { released.contains($0.digest) } + releases
        case .approved(let statement, let signature, let sums):
            approvals[statement, default: []].append(
                Approval(person: event.person, signature: signature, sums: sums))
        case .sending(let statement):
            sending.insert(statement)
            begun.insert(statement)
        case .notSent(let statement): sending.remove(statement)
        case .released(let statement):
            sending.remove(statement)
            released.insert(statement)
        case .acknowledged(let bytes): acknowledgements.append(bytes)
        case .logged, .looked: break
        case .frozen(let why):
            if why == CaseAction.rightCodeWord { isDestroyable = true }
            if frozen != CaseAction.rightCodeWord { frozen = why }
            frozenHour = event.hour
        case .resumed:
            frozen = nil
            rulings.goOn()
        case .legalHold(let why): legalHold = why
        case .legalHoldLifted: legalHold = nil
        case .eraseSigned(let signature): eraseSignatures.append((event.person, signature))
        case .transcribed(let leaf, let signature):
            transcribed.append((leaf, event.person, signature))
        case .neverTranscribed(let office): neverTranscribed.insert(office)
        case .examined(let new): examined[new.part] = new
        case .readAgain(let part):
            unread.remove(part)
            rulings.newsCame()
        case .neverRendered(let part):
            neverRendered.insert(part)
            labels[part] = nil
            derivatives.removeAll { $0.original == part }
        case .ruled(let ruling): rulings.apply(ruling, by: event.person, in: event.hour)
        case .linkChanged(let change): links.take(change, by: event.person, at: event.hour)
        }
    }

    private mutating func voidApprovals() {
        changes += 1
        // What happens to a case changes nothing in a recall, and must not delay one.
        for release in open where (try? release.claim())?.notice?.recall == nil {
            approvals[release.digest] = nil
        }
    }
}
