internal import Agencies
internal import Agents
package import Custody
package import Forwarding
internal import PartnerClient
package import Wire

/// The way to dispatch: its partners' door, or a folder that somebody carries.
package protocol DispatchLink: Sendable {
    /// The frames that wait.
    func frames() async throws -> [DeskInbox.Entry]
    /// Brings a frame to a new file.
    func fetch(_ entry: DeskInbox.Entry, to path: String) async throws
    /// A frame of at most ``Limits/tipFrameBytes``, whole in memory; nothing of it is verified.
    func frame(_ entry: DeskInbox.Entry) async throws -> [UInt8]
    /// The desk holds these frames durably.
    func confirm(frames: [Hash]) async throws
    /// Whether dispatch holds a payload; always false where nobody can say.
    func holds(payload: Hash) async throws -> Bool
    /// Hands over a payload: `byteCount` bytes at `offset` of the file `path`.
    func upload(payload: Hash, from path: String, offset: Int, byteCount: Int) async throws
    /// Hands over a release; the same one again changes nothing.
    func release(_ package: ReleasePackage) async throws
    /// Whether dispatch has a release, as far as this way to it can tell.
    func hasTaken(release statement: Hash) async throws -> Bool
    /// Hands over all mailbox slots of the next period.
    func publish(_ batch: SignedMailboxBatch) async throws
    /// What offices answered.
    func answers() async throws -> [AnswerList.Entry]
    /// The desk holds these answers durably.
    func confirm(answers: [Hash]) async throws
    /// Custody events that wait, sealed to the desk.
    func events() async throws -> [SealedEvents.Entry]
    /// The desk holds these events durably.
    func confirm(events: [Hash]) async throws
    /// Hands over a decision about a tip.
    func decide(_ decision: SignedDecision) async throws
    /// Stops every bundle sealed to an office's key.
    func revoke(_ fingerprint: Hash) async throws -> ExposureReport
    /// Lets the plans of a tip go on that a sealed part holds.
    func rearm(tip: Hash) async throws
    /// The newest checkpoint of the custody log that was seen, as the log signed it.
    func checkpoint() async throws -> String?
}

/// Dispatch over the network.
package struct ConnectedDispatch: DispatchLink {
    private let client: DeskClient
    private let head: HeadFile
    private let watcher: Desk.Watcher

    /// The door of the desk's settings; requests are signed by the desk agent.
    ///
    /// - Throws: ``DeskError/badInput(_:)`` when the settings name no door.
    package init(_ desk: Desk) throws(DeskError) {
        guard !desk.settings.dispatch.isEmpty else {
            throw .badInput(
                "This desk has no address of dispatch: give a carried folder instead (--carry).")
        }
        watcher = desk.watcher
        let agent = desk.agent
        let certificates = desk.settings.certificates
        do {
            let endpoint = try PartnerEndpoint(
                origin: desk.settings.dispatch,
                trustedCertificates: certificates.isEmpty ? nil : certificates,
                log: desk.directory.log)
            let signer = PartnerSigner(publicKey: try agent.status().station) {
                try agent.sign($0, as: .request)
            }
            client = try DeskClient(to: endpoint, as: signer)
            head = HeadFile(of: desk)
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    package func frames() async throws -> [DeskInbox.Entry] {
        let (head, inbox) = try await client.inbox()
        try self.head.accept(head)
        return inbox.entries
    }

    package func fetch(_ entry: DeskInbox.Entry, to path: String) async throws {
        try await client.downloadFrame(entry, to: path) { [watcher] in
            watcher("Fetching", $0, $1)
        }
    }

    package func frame(_ entry: DeskInbox.Entry) async throws -> [UInt8] {
        try await client.frame(entry)
    }

    package func confirm(frames: [Hash]) async throws {
        if !frames.isEmpty { try await client.confirmFrames(frames) }
    }

    package func holds(payload: Hash) async throws -> Bool {
        try await client.holdsPayload(payload)
    }

    package func upload(
        payload: Hash, from path: String, offset: Int, byteCount: Int
    ) async throws {
        try await client.uploadPayload(
            payload, from: path, offset: offset, byteCount: byteCount
        ) { [watcher] in watcher("Sending", $0, $1) }
    }

    package func release(_ package: ReleasePackage) async throws {
        try await client.release(package)
    }

    package func hasTaken(release statement: Hash) async throws -> Bool {
        try await client.bundleStates().list.entries.contains { $0.bundle == statement }
    }

    package func publish(_ batch: SignedMailboxBatch) async throws {
        try await client.publish(batch)
    }

    package func answers() async throws -> [AnswerList.Entry] {
        try await client.answers().list.entries
    }

    package func confirm(answers: [Hash]) async throws {
        if !answers.isEmpty { try await client.confirmAnswers(answers) }
    }

    package func events() async throws -> [SealedEvents.Entry] {
        try await client.events().list.entries
    }

    package func confirm(events: [Hash]) async throws {
        if !events.isEmpty { try await client.confirmEvents(events) }
    }

    package func decide(_ decision: SignedDecision) async throws {
        try await client.decide(decision)
    }

    package func revoke(_ fingerprint: Hash) async throws -> ExposureReport {
        try await client.revoke(keyFingerprint: fingerprint)
    }

    package func rearm(tip: Hash) async throws {
        let held = try await client.bundleStates().list.entries.filter {
            $0.tip == tip && $0.isHeld
        }
        for plan in Set(held.map(\.plan)) { try await client.rearm(plan: plan) }
    }

    package func checkpoint() async throws -> String? {
        let (head, _) = try await client.inbox()
        try self.head.accept(head)
        return String(decoding: head.checkpoint.bytes, as: UTF8.self)
    }
}
