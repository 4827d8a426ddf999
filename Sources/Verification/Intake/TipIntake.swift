internal import Agents
internal import Containers
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// Takes new tips into cases of their own, many at a time: the agent is asked once, the processors
/// share the work, and all of it becomes durable together.
///
/// What is not plainly a whole new tip is left to ``FrameIntake``, which knows every case and its
/// words. Order of effects, and what a crash in between means: as there, for all of them at once.
struct TipIntake {
    /// Most frames at a time.
    static let frameLimit = Adoption.frameLimit

    let desk: Desk

    enum Outcome {
        /// It has a case now.
        case received(NewTip)
        /// It broke a rule; nothing of it was stored.
        case refused(why: String)
        /// It cannot be taken now.
        case left(DeskError)
        /// It is for ``FrameIntake`` to take.
        case notPlain
    }

    /// A tip that has a case now.
    struct NewTip {
        let tip: TipID
        let contents: FrameContents
    }

    fileprivate struct Opened {
        let frame: Frame
        let adopted: AdoptedFrame
        let contents: FrameContents
        /// The row of the table of match keys.
        let keys: [UInt8]
        /// The file that begins the case's journal.
        let journal: [UInt8]
    }

    /// Frames that are opened and checked; nothing of them is stored yet.
    final class Begun: @unchecked Sendable {
        fileprivate let count: Int
        /// Those that may become cases, by their place.
        fileprivate let opened: [(index: Int, result: Result<Opened, any Error>)]
        // One task after the other has it, never two at a time.
        fileprivate var files: NewFiles?
        fileprivate let locks: FolderLocks

        fileprivate init(
            count: Int, opened: [(index: Int, result: Result<Opened, any Error>)],
            files: consuming NewFiles, locks: consuming FolderLocks
        ) {
            self.count = count
            self.opened = opened
            self.files = consume files
            self.locks = locks
        }
    }

    /// Opens and checks up to ``frameLimit`` frames. It may be done while the frames before them are
    /// being stored: the agent and the disk seldom wait for each other.
    func begin(_ frames: [[UInt8]]) throws -> Begun {
        let plain = plainTips(frames)
        var locks = FolderLocks()
        let files = try NewFiles(in: desk.folder)
        var taken: [Int] = []
        for index in plain.keys.sorted() {
            guard let frame = plain[index] else { continue }
            let folder = desk.caseFolder(frame.envelope.tipID)
            try files.makeFolder(folder, mode: 0o770)
            // Another program may take the same tip at this moment; then it is no new one for us.
            guard try locks.take(folder), !Durable.exists(folder + "/journal") else { continue }
            taken.append(index)
        }
        let opened = try taken.isEmpty ? [] : open(taken.compactMap { plain[$0] })
        return Begun(
            count: frames.count, opened: Array(zip(taken, opened)), files: files, locks: locks)
    }

    /// Stores what was opened; the outcomes are in the order of the frames.
    func finish(_ begun: Begun) throws -> [Outcome] {
        var outcomes = [Outcome](repeating: .notPlain, count: begun.count)
        guard !begun.opened.isEmpty, var files = begun.files.take() else { return outcomes }
        for (index, result) in begun.opened {
            outcomes[index] = try outcome(of: result, &files)
        }
        files.beginStage()
        var rows: [SealedTable.Row] = []
        var keys: [SealedTable.Row] = []
        for (index, result) in begun.opened {
            guard case .received(let new) = outcomes[index], case .success(let opened) = result
            else { continue }
            let journal = desk.journal(of: new.tip)
            try files.makeFolder(journal.folder, mode: 0o770)
            try files.add(opened.journal.span, at: journal.path(0), mode: 0o660)
            let row = QueueRow(new: new.contents, hour: desk.now)
            rows.append(SealedTable.Row(tip: new.tip, entries: 1, content: row.encoded))
            keys.append(SealedTable.Row(tip: new.tip, entries: 1, content: opened.keys))
        }
        try desk.queueTable.add(rows, to: &files)
        try desk.matchTable.add(keys, to: &files)
        try files.commit()
        try desk.rememberHour()
        withExtendedLifetime(begun) {}
        return outcomes
    }

    /// The whole, well-formed tips, each of a different reporter, by their place in `frames`.
    private func plainTips(_ frames: [[UInt8]]) -> [Int: Frame] {
        let parsed = Threads.map(frames.count) { index in
            let bytes = frames[index]
            return try? Frame.parse(bytes.span, with: NativePrimitives.self)
        }
        var seen: Set<TipID> = []
        var plain: [Int: Frame] = [:]
        for (index, frame) in parsed.enumerated() {
            guard let frame, frame.envelope.envelope.kind == .tip,
                seen.insert(frame.envelope.tipID).inserted
            else { continue }
            plain[index] = frame
        }
        return plain
    }

    /// Opens and checks frames, side by side, once a worker has come through their texts. The worker
    /// starts while the agent works.
    private func open(_ frames: [Frame]) throws -> [Result<Opened, any Error>] {
        var trial = try TextTrial(desk)
        let adopted = try desk.agent.adopt(
            frames.map { frame in
                Adoption(
                    epoch: frame.envelope.envelope.epoch, tip: frame.envelope.tipID,
                    headers: frame.parts.map(\.header))
            })
        let held = zip(frames, adopted).map { frame, adopted in
            adopted.map { (HeldParts(frame, $0), $0) }
        }
        for (frame, held) in zip(frames, held) {
            guard let (parts, _) = try? held.get() else { continue }
            try trial.add(frame.envelope, in: parts)
        }
        let unread = try trial.unread()
        let key = try desk.matchingKey()
        let hour = desk.now
        return Threads.map(frames.count) { index in
            let frame = frames[index]
            return Result {
                try Self.open(
                    frame, try held[index].get(), unread: unread[frame.envelope.tipID] ?? [],
                    hour: hour, key)
            }
        }
    }

    private static func open(
        _ frame: Frame, _ held: (parts: HeldParts, adopted: AdoptedFrame), unread: Set<Hash>,
        hour: Hour, _ key: MatchingKey
    ) throws -> Opened {
        let contents = try FrameContents(
            of: frame.envelope, firstEnvelope: nil, in: held.parts, unread: unread)
        let keys = MatchKeys(contents.texts, year: OpenedCase.year(of: hour), key: key)
        let event = CaseEvent(hour: hour, person: "", action: .received(contents.received(nil)))
        return Opened(
            frame: frame, adopted: held.adopted, contents: contents, keys: keys.encoded(key),
            journal: try SealedJournal.first(event.json, to: held.adopted.recipient))
    }

    /// What becomes of one frame; the parts of a good one go into `files`.
    private func outcome(
        of result: Result<Opened, any Error>, _ files: inout NewFiles
    ) throws -> Outcome {
        do {
            let opened = try result.get()
            guard opened.contents.withdrawal == nil, opened.contents.drop == nil,
                !opened.contents.isUnreadWithdrawal
            else { return .notPlain }
            let tip = opened.frame.envelope.tipID
            try files.makeFolder(desk.caseFolder(tip) + "/parts", mode: 0o770)
            for (part, adopted) in zip(opened.frame.parts, opened.adopted.parts) {
                let path = desk.part(Hash(sha256: part.payload), of: tip).path
                let bytes = adopted.header + part.payload
                try files.add(bytes.span, at: path, mode: 0o660, .replace)
            }
            return .received(NewTip(tip: tip, contents: opened.contents))
        } catch let error as FileError {
            throw error
        } catch let refusal as AgentRefusal where refusal != .notForThisDesk {
            return .notPlain
        } catch {
            let known = (error as? AgentRefusal).map { AgentError.refused($0) } ?? error
            guard let why = FrameIntake.rule(brokenBy: known) else {
                return .left(DeskError(wrapping: error))
            }
            return .refused(why: CleanText.brief(why))
        }
    }
}

/// The locks of several folders, held together.
fileprivate struct FolderLocks: ~Copyable {
    private final class Held {
        let lock: FolderLock
        init(_ lock: consuming FolderLock) { self.lock = lock }
    }

    private var held: [Held] = []

    /// Takes the lock of one more folder; false when another program has it.
    mutating func take(_ folder: String) throws -> Bool {
        do {
            held.append(Held(try FolderLock(folder)))
            return true
        } catch DeskError.busy {
            return false
        }
    }
}
