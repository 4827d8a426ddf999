internal import Agencies
internal import Agents
package import Custody
internal import DurableFiles
package import Forwarding
internal import NativePrimitives
internal import PartnerClient
internal import Sealing
internal import Tips
package import Wire

/// Dispatch by a folder that somebody carries; the names in it are those of `CarriedFile`.
///
/// What the folder brings is signed by dispatch's log key, as over the network; what the desk puts
/// into it is signed by two verifiers or by the desk's station.
package struct CarriedFolder: DispatchLink {
    private let folder: String
    private let desk: Desk

    /// The folder at `path`, carried to and from `desk`.
    package init(_ path: String, of desk: Desk) {
        folder = path
        self.desk = desk
    }

    package func frames() async throws -> [DeskInbox.Entry] {
        try inbox().list.entries
    }

    /// The inbox, if it is not older than the newest that this desk has seen.
    private func inbox() throws -> (head: VerifiedHead, list: DeskInbox) {
        let (head, inbox) = try list(.inbox, as: DeskInbox.self)
        do {
            try HeadFile(of: desk).accept(head)
        } catch DeskError.dispatch(PartnerError.head(let fault)) {
            throw DeskError.carried(file: CarriedFile.inbox.path, why: fault.message)
        }
        return (head, inbox)
    }

    package func fetch(_ entry: DeskInbox.Entry, to path: String) async throws {
        try CarriedFrame(entry, in: folder).copy(to: path, telling: desk.watcher)
    }

    package func frame(_ entry: DeskInbox.Entry) async throws -> [UInt8] {
        try CarriedFrame(entry, in: folder).bytes()
    }

    package func confirm(frames: [Hash]) async throws {
        if !frames.isEmpty { try order(.confirmFrames(frames)) }
    }

    /// Whether the payload is in the folder, undamaged. What dispatch holds cannot be known.
    package func holds(payload: Hash) async throws -> Bool {
        let path = path(of: .payload(payload))
        guard Durable.exists(path) else { return false }
        let file = try OpenFile(reading: path)
        let digest = NativePrimitives.Digest()
        var position = 0
        while true {
            let piece = try file.read(at: position, count: PartFile.pieceBytes)
            if piece.isEmpty { break }
            digest.update(piece.span)
            position += piece.count
        }
        return digest.finish() == payload.bytes
    }

    package func upload(
        payload: Hash, from path: String, offset: Int, byteCount: Int
    ) async throws {
        let source = try OpenFile(reading: path)
        let digest = NativePrimitives.Digest()
        var copy = try NewFile(at: try prepared(.payload(payload)), mode: CarriedFile.fileMode)
        var done = 0
        while done < byteCount {
            let count = min(PartFile.pieceBytes, byteCount - done)
            let piece = try source.read(at: offset + done, count: count)
            guard !piece.isEmpty else { break }
            digest.update(piece.span)
            try copy.write(piece.span)
            done += piece.count
            desk.watcher("Writing", done, byteCount)
        }
        guard digest.finish() == payload.bytes else {
            throw DeskError.altered("a payload is not what it was")
        }
        try copy.commit(.replace)
    }

    package func release(_ package: ReleasePackage) async throws {
        let statement = try SignedStatement(package.statement)
        try write(package.encoded, .release(statement.digest))
    }

    package func hasTaken(release statement: Hash) async throws -> Bool {
        Durable.exists(path(of: .release(statement)))
    }

    package func publish(_ batch: SignedMailboxBatch) async throws {
        try write(batch.encoded, .mailbox)
    }

    package func answers() async throws -> [AnswerList.Entry] {
        try list(.answers, as: AnswerList.self).list.entries
    }

    package func confirm(answers: [Hash]) async throws {
        if !answers.isEmpty { try order(.confirmAnswers(answers)) }
    }

    package func events() async throws -> [SealedEvents.Entry] {
        try list(.events, as: SealedEvents.self).list.entries
    }

    package func confirm(events: [Hash]) async throws {
        if !events.isEmpty { try order(.confirmEvents(events)) }
    }

    /// - Throws: ``DeskError/badInput(_:)`` for what is not safe to be played back.
    package func decide(_ signed: SignedDecision) async throws {
        let decision = try Decision(decoding: signed.decision)
        guard decision.verdict.requiredPersons > 0 else {
            throw DeskError.badInput(
                "To \(decision.verdict.word) a tip needs a connection to dispatch.")
        }
        try write(signed.encoded, .decision(decision.tip))
    }

    package func revoke(_ fingerprint: Hash) async throws -> ExposureReport {
        throw DeskError.badInput("Revoking needs a connection to dispatch: it cannot be carried.")
    }

    /// Dispatch obeys only if it has no more of the tip than this desk has seen by now.
    package func rearm(tip: Hash) async throws {
        guard let name = TipID(tip.bytes) else { return }
        let record = try OpenedCase(name, of: desk).record
        guard !record.released.isEmpty else { return }
        let seen = Set(
            record.received.map { Hash(sha256: $0.frame.envelope) } + record.refused.map(\.envelope)
        )
        try order(.rearm(tip: tip, frames: seen.count))
    }

    /// The checkpoint of the folder's inbox; nil when dispatch has written nothing yet.
    package func checkpoint() async throws -> String? {
        guard Durable.exists(path(of: .inbox)) else { return nil }
        return String(decoding: try inbox().head.checkpoint.bytes, as: UTF8.self)
    }

    private func path(of file: CarriedFile) -> String { "\(folder)/\(file.path)" }

    /// The path of a file to be written; its folder is there then.
    private func prepared(_ file: CarriedFile) throws -> String {
        try Durable.createDirectory("\(folder)/\(file.folder)", mode: CarriedFile.folderMode)
        return path(of: file)
    }

    private func write(_ bytes: [UInt8], _ file: CarriedFile) throws {
        try Durable.write(
            bytes.span, to: try prepared(file), mode: CarriedFile.fileMode, .replace)
    }

    private func order(_ order: CarriedOrder) throws {
        let bytes = order.encoded
        let signature = try desk.agent.sign(bytes, as: .carriedOrder)
        try write(
            SignedCarriedOrder(order: bytes, signature: signature).encoded,
            .order(Hash(sha256: bytes)))
    }

    /// A list that dispatch signed.
    private func list<List: PartnerBody>(
        _ file: CarriedFile, as type: List.Type
    ) throws -> (head: VerifiedHead, list: List) {
        guard Durable.exists(path(of: file)) else {
            throw DeskError.carried(
                file: file.path,
                why: "not there: let sallyport-dispatch export into \(folder) first")
        }
        let bytes = try Durable.read(path(of: file), limit: file.byteLimit)
        do throws(HeadFault) {
            guard let answer = try? HeadedAnswer(decoding: bytes) else { throw .malformed }
            let (head, list) = try answer.verified(
                by: desk.directory.log, for: Head.desk, answering: CarriedFile.nonce)
            guard let list = try? List(decoding: list) else { throw .malformed }
            return (head, list)
        } catch {
            throw DeskError.carried(file: file.path, why: error.message)
        }
    }
}
