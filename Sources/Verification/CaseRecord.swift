internal import Custody
internal import Forwarding
internal import Tips

/// What the journal of a case adds up to.
struct CaseRecord {
    struct Received {
        let envelope: [UInt8]
        let signature: [UInt8]
        let manifest: Hash
        let hour: Hour
    }

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

    private(set) var received: [Received] = []
    private(set) var refused: [(envelope: Hash, why: String)] = []
    private(set) var labels: [Hash: [PartClass]] = [:]
    private(set) var judgement: Judgement?
    private(set) var derivatives: [Derivative] = []
    private(set) var questions: [Question] = []
    private(set) var prepared: [PreparedRelease] = []
    private(set) var approvals: [Hash: [Approval]] = [:]
    private(set) var released: Set<Hash> = []
    private(set) var acknowledgements: [[UInt8]] = []
    private(set) var frozen: String?
    private(set) var eraseSignatures: [(person: String, signature: [UInt8])] = []

    init(_ events: [CaseEvent]) {
        for event in events { apply(event) }
    }

    /// The releases that were prepared and not sent yet.
    var open: [PreparedRelease] { prepared.filter { !released.contains($0.digest) } }

    private mutating func apply(_ event: CaseEvent) {
        switch event.action {
        case .received(let envelope, let signature, let manifest):
            received.append(
                Received(
                    envelope: envelope, signature: signature, manifest: manifest, hour: event.hour))
        case .refused(let envelope, let why): refused.append((envelope, why))
        case .labelled(let part, let classes): labels[part] = classes
        case .assessed(let judgement): self.judgement = judgement
        case .derived(let derivative): derivatives.append(derivative)
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
        case .released(let statement): released.insert(statement)
        case .acknowledged(let bytes): acknowledgements.append(bytes)
        case .logged: break
        case .frozen(let why): frozen = why
        case .resumed: frozen = nil
        case .eraseSigned(let signature): eraseSignatures.append((event.person, signature))
        }
    }
}
