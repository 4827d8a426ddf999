package import Custody
internal import DurableFiles
package import Forwarding
internal import NativePrimitives
internal import Sealing
internal import Tips
package import Wire

/// A folder that somebody carries between dispatch and the desk.
///
/// ```
/// inbox/<any name>          whole frames, as dispatch's spool has them
/// answers/<any name>        signed acknowledgements of offices
/// releases/<statement>.package   payloads/<digest>   mailbox/<number>.batch   decisions/<tip>
/// ```
package struct CarriedFolder: DispatchLink {
    private let folder: String

    /// The folder at `path`.
    package init(_ path: String) {
        folder = path
    }

    package func frames() async throws -> [DeskInbox.Entry] {
        var entries: [DeskInbox.Entry] = []
        for (path, head) in try heads() {
            let envelope = head.envelope.envelope
            entries.append(
                DeskInbox.Entry(
                    envelope: Hash(sha256: head.envelope.encoded), kind: envelope.kind.rawValue,
                    tip: Hash(sha256: ascii("sallyport.tip/1") + envelope.tipKey.bytes),
                    byteCount: try OpenFile(reading: path).regularFileLength() ?? 0))
        }
        return entries
    }

    package func fetch(_ entry: DeskInbox.Entry, to path: String) async throws {
        let source = try heads().first { Hash(sha256: $0.head.envelope.encoded) == entry.envelope }
        guard let source else { throw DeskError.badInput("The frame is no longer in \(folder).") }
        let file = try OpenFile(reading: source.path)
        var copy = try NewFile(at: path)
        var position = 0
        while true {
            let piece = try file.read(at: position, count: PartFile.pieceBytes)
            if piece.isEmpty { break }
            try copy.write(piece.span)
            position += piece.count
        }
        try copy.commit(.replace)
    }

    package func confirm(frames: [Hash]) async throws {}

    package func holds(payload: Hash) async throws -> Bool {
        Durable.exists("\(folder)/payloads/\(payload.hex)")
    }

    package func upload(
        payload: Hash, from path: String, offset: Int, byteCount: Int
    ) async throws {
        try Durable.createDirectory(folder + "/payloads")
        let source = try OpenFile(reading: path)
        let digest = NativePrimitives.Digest()
        var copy = try NewFile(at: "\(folder)/payloads/\(payload.hex)")
        var done = 0
        while done < byteCount {
            let count = min(PartFile.pieceBytes, byteCount - done)
            let piece = try source.read(at: offset + done, count: count)
            guard !piece.isEmpty else { break }
            digest.update(piece.span)
            try copy.write(piece.span)
            done += piece.count
        }
        guard digest.finish() == payload.bytes else {
            throw DeskError.altered("a payload is not what it was")
        }
        try copy.commit(.replace)
    }

    package func release(_ package: ReleasePackage) async throws {
        let statement = try SignedStatement(package.statement)
        try write(package.encoded, "releases", "\(statement.digest.hex).package")
    }

    package func publish(_ batch: SignedMailboxBatch) async throws {
        let number = try MailboxBatch(decoding: batch.batch).number
        try write(batch.encoded, "mailbox", "\(number).batch")
    }

    package func answers() async throws -> [AnswerList.Entry] {
        guard Durable.exists(folder + "/answers") else { return [] }
        return try Durable.list(folder + "/answers").map { name in
            let bytes = try Durable.read(
                "\(folder)/answers/\(name)", limit: Acknowledgement.byteLimit)
            let digest = Hash(sha256: bytes)
            return AnswerList.Entry(
                digest: digest, bundle: digest, office: "", acknowledgement: bytes)
        }
    }

    package func confirm(answers: [Hash]) async throws {}

    package func events() async throws -> [SealedEvents.Entry] { [] }

    package func confirm(events: [Hash]) async throws {}

    package func decide(_ decision: SignedDecision) async throws {
        let tip = try Decision(decoding: decision.decision).tip
        try write(decision.encoded, "decisions", tip.hex)
    }

    package func revoke(_ fingerprint: Hash) async throws -> ExposureReport {
        throw DeskError.badInput("Revoking needs a connection to dispatch: it cannot be carried.")
    }

    package func rearm(tip: Hash) async throws {}

    package func checkpoint() async throws -> String? { nil }

    private func write(_ bytes: [UInt8], _ part: String, _ name: String) throws {
        try Durable.createDirectory("\(folder)/\(part)")
        try Durable.write(bytes.span, to: "\(folder)/\(part)/\(name)", .replace)
    }

    /// The frames by their heads; whatever is not a frame is passed over.
    private func heads() throws -> [(path: String, head: FrameHead)] {
        guard Durable.exists(folder + "/inbox") else { return [] }
        return try Durable.list(folder + "/inbox").compactMap { name in
            let path = "\(folder)/inbox/\(name)"
            guard let start = try? OpenFile(reading: path).read(at: 0, count: FrameHead.byteLimit),
                let head = try? FrameHead.parse(prefix: start.span)
            else { return nil }
            return (path, head)
        }
    }
}
