internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Quarantine
internal import Synchronization
internal import Tips
internal import Wire

/// The partners' door as a folder that is carried, for a desk without a network: what goes out.
/// The names are those of ``CarriedFile``.
extension Dispatch {
    /// Writes everything that waits for the desk: frames first, then the signed lists that name
    /// them, so that an export that was cut off leaves the lists of the one before.
    ///
    /// - Parameter progress: is told how many bytes of how many are written, frame by frame.
    /// - Returns: how many frames, answers and events wait.
    /// - Throws: ``CarriedRefusal`` when the custody log has no checkpoint yet, or a link is in the
    ///   place of a folder.
    package func export(
        to folder: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> (frames: Int, answers: Int, events: Int) {
        for part in [CarriedFile.inbox.folder, CarriedFile.frame(Hash(sha256: [])).folder] {
            try CarriedReading.refuseLink(part, in: folder)
            try Durable.createDirectory("\(folder)/\(part)", mode: CarriedFile.folderMode)
        }
        let lists = try await carriedLists()
        let frames = try DeskInbox(decoding: lists.inbox.list).entries
        for frame in frames {
            // Erased, or confirmed over the network, since the list was made: the others go on.
            do {
                try await export(frame, to: folder, progress)
            } catch PartnerRefusal.notFound {}
        }
        try Self.write(lists.events, .events, in: folder)
        try Self.write(lists.answers, .answers, in: folder)
        try Self.write(lists.inbox, .inbox, in: folder)
        return (
            frames.count, try AnswerList(decoding: lists.answers.list).entries.count,
            try SealedEvents(decoding: lists.events.list).entries.count
        )
    }

    private func carriedLists() async throws -> (
        inbox: HeadedAnswer, answers: HeadedAnswer, events: HeadedAnswer
    ) {
        let nonce = CarriedFile.nonce
        do {
            return (
                try await inbox(nonce: nonce), try await answers(nonce: nonce),
                try await events(nonce: nonce)
            )
        } catch PartnerRefusal.busy {
            throw CarriedRefusal(
                CarriedFile.inbox.path,
                "the custody log has no checkpoint yet: let `sallyport-dispatch serve` run once")
        }
    }

    private static func write(
        _ answer: HeadedAnswer, _ file: CarriedFile, in folder: String
    ) throws(FileError) {
        // Sticks have file systems without hard links, so nothing here refuses by the name.
        try Durable.write(
            answer.encoded.span, to: "\(folder)/\(file.path)", mode: CarriedFile.fileMode, .replace)
    }

    /// The event is logged before the file has its name.
    private func export(
        _ entry: DeskInbox.Entry, to folder: String, _ progress: (Int, Int) -> Void
    ) async throws {
        let path = "\(folder)/\(CarriedFile.frame(entry.envelope).path)"
        if let length = try? CarriedReading.length(of: path), length == entry.byteCount { return }
        let content = try await frame(entry.envelope)
        let file = GrowingFile(try NewFile(at: path, mode: CarriedFile.fileMode))
        var done = 0
        for slice in content.slices(0..<content.byteCount, limit: QuarantineLimits.pieceBytes) {
            switch slice {
            case .bytes(let bytes):
                try file.write(bytes)
                done += bytes.count
            case .payload(let digest, let range):
                try file.write(try await readPayload(digest, range))
                done += range.count
            }
            progress(done, content.byteCount)
        }
        try await notePulled(entry.envelope)
        try file.commit()
    }
}

/// A file that is written between suspensions, which the owner of a file alone cannot survive.
private final class GrowingFile: Sendable {
    private let file: Mutex<NewFile?>

    init(_ file: consuming NewFile) {
        self.file = Mutex(consume file)
    }

    func write(_ bytes: [UInt8]) throws {
        try file.withLock { try $0?.write(bytes.span) }
    }

    func commit() throws {
        try file.withLock { try $0.take()?.commit(.replace) }
    }
}
