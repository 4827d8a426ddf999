package import Custody
import DurableFiles
package import Forwarding
import NativePrimitives
import PartnerClient
import Tips
import Verification
package import Wire

/// Dispatch as the desk sees it; can break down before any step.
package actor FakeDispatch: DispatchLink {
    /// What was offered is not what it says.
    package struct Wrong: Error {}

    package init() {}

    /// In the order in which they were offered.
    private var waiting: [Hash] = []
    private var offered: [Hash: [UInt8]] = [:]
    package private(set) var confirmed: [Hash] = []
    package private(set) var payloads: Set<Hash> = []
    package private(set) var packages: [Hash: [UInt8]] = [:]
    package private(set) var batches: [SignedMailboxBatch] = []
    package private(set) var decisions: [SignedDecision] = []
    package private(set) var acknowledgements: [[UInt8]] = []
    /// Whether it takes the next release, and breaks down before it can say so.
    private var diesAfterTaking = false
    /// How many steps still work; nil for all.
    private var stepsLeft: Int?

    package func offer(_ frames: [[UInt8]]) {
        for frame in frames {
            guard let head = try? FrameHead.parse(prefix: frame.span) else { continue }
            let digest = Hash(sha256: head.envelope.encoded)
            waiting.append(digest)
            offered[digest] = frame
        }
    }

    package func breakDown(after steps: Int?) { stepsLeft = steps }

    package func dieAfterTaking() { diesAfterTaking = true }

    package func acknowledge(_ bytes: [UInt8]) { acknowledgements.append(bytes) }

    private func step() throws {
        guard let left = stepsLeft else { return }
        guard left > 0 else { throw PartnerError.unreachable("broken down") }
        stepsLeft = left - 1
    }

    package func frames() async throws -> [DeskInbox.Entry] {
        try step()
        return try waiting.map { digest in
            let frame = try require(offered[digest])
            guard let head = try FrameHead.parse(prefix: frame.span) else { throw Wrong() }
            let envelope = head.envelope.envelope
            let tip = TipID(envelope.tipKey, with: NativePrimitives.self)
            return DeskInbox.Entry(
                envelope: digest, kind: envelope.kind.rawValue, tip: try require(Hash(tip.bytes)),
                byteCount: frame.count)
        }
    }

    package func frame(_ entry: DeskInbox.Entry) async throws -> [UInt8] {
        try step()
        return try require(offered[entry.envelope])
    }

    package func fetch(_ entry: DeskInbox.Entry, to path: String) async throws {
        try step()
        let frame = try require(offered[entry.envelope])
        try Durable.write(frame.span, to: path)
    }

    package func confirm(frames: [Hash]) async throws {
        try step()
        confirmed += frames
        let gone = Set(frames)
        waiting.removeAll { gone.contains($0) }
    }

    package func holds(payload: Hash) async throws -> Bool {
        try step()
        return payloads.contains(payload)
    }

    package func upload(payload: Hash, from path: String, offset: Int, byteCount: Int) async throws
    {
        try step()
        let bytes = try OpenFile(reading: path).read(at: offset, count: byteCount)
        guard Hash(sha256: bytes) == payload else { throw Wrong() }
        payloads.insert(payload)
    }

    package func release(_ package: ReleasePackage) async throws {
        try step()
        let digest = try SignedStatement(package.statement).digest
        if let old = packages[digest], old != package.encoded { throw Wrong() }
        packages[digest] = package.encoded
        if diesAfterTaking {
            diesAfterTaking = false
            throw PartnerError.unreachable("broken down")
        }
    }

    package func hasTaken(release statement: Hash) async throws -> Bool {
        packages[statement] != nil
    }

    package func publish(_ batch: SignedMailboxBatch) async throws {
        try step()
        batches.append(batch)
    }

    package func answers() async throws -> [AnswerList.Entry] {
        acknowledgements.map {
            AnswerList.Entry(
                digest: Hash(sha256: $0), bundle: Hash(sha256: $0), office: "",
                acknowledgement: $0)
        }
    }

    package func confirm(answers: [Hash]) async throws {
        acknowledgements.removeAll { answers.contains(Hash(sha256: $0)) }
    }

    package func events() async throws -> [SealedEvents.Entry] { [] }
    package func confirm(events: [Hash]) async throws {}
    package func decide(_ decision: SignedDecision) async throws {
        try step()
        decisions.append(decision)
    }
    /// What was decided, in order.
    package var verdicts: [DeskVerdict] {
        decisions.compactMap { try? Decision(decoding: $0.decision).verdict }
    }
    package func revoke(_ fingerprint: Hash) async throws -> ExposureReport { ExposureReport([]) }
    package func rearm(tip: Hash) async throws {}
    package func checkpoint() async throws -> String? { nil }
}
