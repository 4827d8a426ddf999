internal import Agencies
internal import Custody
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Synchronization
internal import Tips

/// The desk agent: the only process that holds the desk's identities and the case keys.
///
/// It gives file keys to the examination, makes headers for case keys, and makes headers for
/// offices of the verified directory, which it keeps to itself until it is shown a statement that
/// names exactly them, for that office, signed by two different persons of the roster.
package final class DeskAgent: AgentService, Sendable {
    let keys: DeskKeys
    private let epochs: Mutex<[Int: [Identity<NativePrimitives>]]>
    let root: NoteVerifier
    private let station: SigningKey
    private let newest: Mutex<Directory?>

    /// An agent with the keys of `folder`.
    ///
    /// - Throws: ``AgentRefusal/storage`` when a file of the folder cannot be read.
    package init(_ keys: DeskKeys) throws(AgentRefusal) {
        do {
            self.keys = keys
            epochs = Mutex(try keys.epochs())
            station = try keys.station()
            root = try keys.root()
            let path = keys.folder + "/directory"
            var directory: Directory?
            if Durable.exists(path) {
                let note = try Durable.read(path, limit: UnverifiedDirectory.byteLimit)
                directory = try UnverifiedDirectory(note).signed(by: root)
            }
            newest = Mutex(directory)
        } catch {
            throw .storage
        }
    }

    /// Begins to listen at `path`; only processes of `users` are served.
    package func listen(at path: String, users: Set<UInt32>) throws(AgentError) -> AgentServer {
        let server = try AgentServer(self, at: path, users: users)
        // Only now: another agent at this socket would be in the middle of writing.
        try sweep()
        return server
    }

    func answer(
        _ request: borrowing Secret, from connection: borrowing AgentSocket
    ) throws(AgentRefusal) -> Secret {
        switch try DeskRequest(decoding: request) {
        case .status: return status()
        case .directory(let note): return try take(note)
        case .unwrap(let header): return Self.answer(try unwrap(header))
        case .adopt(let epoch, let header, let tip):
            return Self.answer(try adopt(header, epoch: epoch, tip: tip))
        case .adoptFrames(let frames): return try adopt(frames)
        case .caseRecipient(let tip):
            return Self.answer(try caseKey(tip, makes: true).identity.recipient.text)
        case .unwrapCase(let tip, let header):
            return Self.answer(try unwrap(header, ofCase: try caseKey(tip, makes: false)))
        case .prepare(let name, let header, let classes):
            return try prepare(name, header: header, classes: classes, payload: connection)
        case .draft(let tip, let id): return try draft(id, of: tip)
        case .drafts(let tip): return try drafts(of: tip)
        case .discard(let tip, let id): return try discard(id, of: tip)
        case .release(let statement): return try release(statement)
        case .erase(let tip): return try erase(tip)
        case .sign(let label, let text): return Self.answer(try sign(text, as: label))
        }
    }

    static func answer(_ bytes: [UInt8]) -> Secret {
        AgentAnswer.done { $0.bytes(bytes) }
    }

    static func answer(_ key: borrowing FileKey<NativePrimitives>) -> Secret {
        key.withBytes { bytes in
            var writer = AgentAnswer.writer()
            writer.bytes(bytes)
            return writer.takeSecret(as: NativePrimitives.self)
        }
    }

    private func status() -> Secret {
        let version = newest.withLock { $0?.version ?? 0 }
        let numbers = epochs.withLock { $0.keys.sorted() }
        return AgentAnswer.done { writer in
            writer.array(3)
            writer.array(numbers.count)
            for number in numbers { writer.uint(number) }
            writer.bytes(station.publicKey.bytes)
            writer.uint(version)
        }
    }

    private func sign(_ text: [UInt8], as label: String) throws(AgentRefusal) -> [UInt8] {
        guard let label = StationLabel(rawValue: label) else { throw .unknownLabel }
        guard label.fits(text) else { throw .notThatText }
        return station.sign(text)
    }
}

/// The directory.
extension DeskAgent {
    /// Takes a directory that is not older than the newest one seen.
    private func take(_ note: [UInt8]) throws(AgentRefusal) -> Secret {
        let mark = newest.withLock { $0?.mark }
        let directory: Directory
        do throws(DirectoryRefusal) {
            directory = try UnverifiedDirectory(note).verified(
                root: root, clock: Self.clock(), newest: mark)
        } catch {
            throw .badDirectory
        }
        do throws(FileError) {
            try Durable.write(note.span, to: keys.folder + "/directory", .replace)
        } catch {
            throw .storage
        }
        newest.withLock { $0 = directory }
        return AgentAnswer.done { $0.uint(directory.version) }
    }

    /// The directory to act by.
    func directory() throws(AgentRefusal) -> Directory {
        guard let directory = newest.withLock({ $0 }) else { throw .noDirectory }
        guard !directory.isExpired(on: directory.today(clock: Self.clock())) else {
            throw .badDirectory
        }
        return directory
    }

    static func clock() -> Day {
        guard let day = Day(unixTime: time(nil)) else { preconditionFailure("no such day") }
        return day
    }
}

/// What the agent unwraps.
extension DeskAgent {
    private func unwrap(_ header: [UInt8]) throws(AgentRefusal) -> FileKey<NativePrimitives> {
        let directory = try directory()
        let today = directory.today(clock: Self.clock())
        var living: [Identity<NativePrimitives>] = []
        for epoch in directory.contents.epochs where epoch.state(on: today) != .dead {
            living += try identities(of: epoch.number) ?? []
        }
        return try Self.unwrap(header, living, else: .notForThisDesk)
    }

    /// The identities of an epoch, nil when the folder has none. Those of an epoch that was added
    /// while the agent runs are read when they are first needed.
    private func identities(
        of epoch: Int
    ) throws(AgentRefusal) -> [Identity<NativePrimitives>]? {
        if let known = epochs.withLock({ $0[epoch] }) { return known }
        return try reread()[epoch]
    }

    /// The keys that are in the folder now; one that was destroyed there is forgotten here too.
    private func reread() throws(AgentRefusal) -> [Int: [Identity<NativePrimitives>]] {
        do {
            let stored = try keys.epochs()
            epochs.withLock { $0 = stored }
            return stored
        } catch {
            throw .storage
        }
    }

    private func adopt(
        _ header: [UInt8], epoch: Int, tip: TipID
    ) throws(AgentRefusal) -> [UInt8] {
        let identities = try livingIdentities(of: epoch, in: try directory())
        let fileKey = try Self.unwrap(header, identities, else: .notForThisDesk)
        let key = try caseKey(tip, makes: true)
        return try Self.wrap(fileKey, to: key.identity.recipient)
    }

    /// The identities of an epoch that may still be opened.
    func livingIdentities(
        of epoch: Int, in directory: Directory
    ) throws(AgentRefusal) -> [Identity<NativePrimitives>] {
        guard let known = directory.epoch(epoch) else { throw .unknownEpoch }
        guard known.state(on: directory.today(clock: Self.clock())) != .dead else {
            throw try reread()[epoch] == nil ? .destroyedEpoch : .deadEpoch
        }
        guard let identities = try identities(of: epoch) else { throw .noEpochKey }
        return identities
    }

    func unwrap(
        _ header: [UInt8], ofCase key: CaseKey
    ) throws(AgentRefusal) -> FileKey<NativePrimitives> {
        try Self.unwrap(header, [key.identity], else: .notThisCase)
    }

    static func unwrap(
        _ header: [UInt8], _ identities: [Identity<NativePrimitives>], else refusal: AgentRefusal
    ) throws(AgentRefusal) -> FileKey<NativePrimitives> {
        guard let (parsed, count) = try? Header.parse(header.span), count == header.count else {
            throw .malformed
        }
        do throws(OpeningError) {
            return try parsed.unwrap(with: identities)
        } catch {
            throw refusal
        }
    }

    static func wrap(
        _ fileKey: borrowing FileKey<NativePrimitives>, to recipient: Recipient
    ) throws(AgentRefusal) -> [UInt8] {
        do throws(SealingError) {
            return try Header.readdressing(fileKey, to: [recipient]).encoded
        } catch {
            throw .unknownOffice
        }
    }
}

/// Case keys on disk.
extension DeskAgent {
    static func name(_ tip: TipID) -> String { "cases/\(tip.hex).age" }
    private var casesFolder: String { keys.folder + "/cases" }

    /// The key of a case; `makes`: a new one when there is none.
    func caseKey(_ tip: TipID, makes: Bool) throws(AgentRefusal) -> CaseKey {
        do {
            if let key = try storedKey(tip) { return key }
            guard makes else { throw AgentRefusal.unknownCase }
            let key = try CaseKey(newFor: tip)
            try keys.write(key.encoded, to: Self.name(tip), .refuse)
            return key
        } catch {
            throw (error as? AgentRefusal) ?? .storage
        }
    }

    /// The key of a case as it is stored; nil when there is none.
    func storedKey(_ tip: TipID) throws -> CaseKey? {
        let limit = CaseKey.byteLimit + 64 * 1024
        guard let stored = try keys.readIfThere(Self.name(tip), limit: limit) else { return nil }
        let key = try CaseKey(decoding: stored)
        guard key.tip == tip else { throw AgentRefusal.storage }
        return key
    }

    func store(_ key: CaseKey) throws(AgentRefusal) {
        do {
            try keys.write(key.encoded, to: Self.name(key.tip), .replace)
        } catch {
            throw .storage
        }
    }

    /// Removes the key, and whatever a crash left beside it while it was being written.
    private func erase(_ tip: TipID) throws(AgentRefusal) -> Secret {
        do throws(FileError) {
            for name in try Durable.list(casesFolder) where name.contains(tip.hex) {
                try Durable.remove(casesFolder + "/" + name)
            }
            // Also when nothing was there: a crash may have come before this step.
            try Durable.syncDirectory(casesFolder)
        } catch {
            throw .storage
        }
        return AgentAnswer.done()
    }

    /// Removes what a crash left while case keys were written: the key of a case that was erased
    /// since would live on in it. Beside them another program may be making the keys of an epoch.
    private func sweep() throws(AgentError) {
        do throws(FileError) {
            for name in try Durable.list(casesFolder) where Durable.isUnfinished(name) {
                try Durable.remove(casesFolder + "/" + name)
            }
            try Durable.sweep(keys.folder)
        } catch {
            throw .refused(.storage)
        }
    }
}
