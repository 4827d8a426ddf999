internal import Custody
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Sealing
internal import Serving
internal import Synchronization
internal import Tips
internal import Wire

/// One resumable upload: a directory with `frame`, the bytes so far, and `state`.
///
/// It is finished when `frame` is gone: the rename into the spool is what finishes it, so there is
/// no moment at which a crash could lose it or leave both.
final class Upload: Sendable {
    private let directory: String
    private let spool: Spool
    /// Held over disk work, which takes minutes when GiBs are hashed.
    private let work = Mutex<Void>(())
    /// Held only to look or to set, so that who asks about all uploads never waits for one.
    private let state: Mutex<State>

    struct State {
        var record: UploadRecord
        var phase: Phase
    }

    enum Phase: Equatable {
        case open
        case finished
        /// Cancelled, expired or refused: nothing is left of it.
        case gone
    }

    /// Takes over a directory whose `state` file holds `record`.
    ///
    /// - Throws: ``FileError`` when the disk does not say whether `frame` is there.
    init(directory: String, record: UploadRecord, spool: Spool) throws(FileError) {
        self.directory = directory
        self.spool = spool
        let phase: Phase = try Durable.isPresent(directory + "/frame") ? .open : .finished
        state = Mutex(State(record: record, phase: phase))
    }

    /// The record and phase of this moment.
    var snapshot: (record: UploadRecord, phase: Phase) {
        state.withLock { ($0.record, $0.phase) }
    }

    /// Makes the directory of a new upload under its final name, durably.
    static func create(
        _ directory: String, head: [UInt8], record: UploadRecord, spool: Spool
    ) throws -> Upload {
        let temporary = spool.data.stagingName()
        do {
            try Durable.createDirectory(temporary)
            try write(head, at: 0, of: temporary + "/frame")
            try write(record.encoded, at: record.place, of: temporary + "/state")
            try CoarseTime.set(temporary)
            try Durable.syncDirectory(temporary)
            try Durable.rename(temporary, to: directory, .replace)
            try Durable.syncDirectory(Durable.parent(of: directory))
            try spool.data.coarsenTimes()
        } catch {
            try? spool.data.remove(temporary)
            throw error
        }
        return try Upload(directory: directory, record: record, spool: spool)
    }

    private static func write(_ bytes: [UInt8], at offset: Int, of path: String) throws(FileError) {
        let file = try OpenFile(updating: path)
        try file.write(bytes.span, at: offset)
        try CoarseTime.set(file)
        try file.sync()
    }

    /// Adds bytes at `offset`; finishes the upload when they are the last and the sender says so.
    ///
    /// The bytes are on the disk before the record says so, and the record is before this returns.
    /// - Throws: ``Refusal``, ``Refusal/malformed`` only for a frame that is whole and wrong;
    ///   ``FileError``, after which the upload is as it was before.
    func append(_ bytes: [UInt8], at offset: Int, isLast: Bool, hour: Hour) throws {
        try work.withLock { _ in
            let (record, phase) = snapshot
            guard phase == .open else {
                throw phase == .gone ? Refusal.notFound : Refusal.offset
            }
            guard offset == record.offset else { throw Refusal.offset }
            guard bytes.count <= record.length - offset else { throw Refusal.tooLarge }
            let longer = record.appended(bytes.count, isLast: isLast, hour: hour)
            if !bytes.isEmpty || longer.isComplete { try extend(by: bytes, from: record, longer) }
            if longer.isComplete { try finish(longer) }
        }
    }

    private func extend(
        by bytes: [UInt8], from record: UploadRecord, _ longer: UploadRecord
    ) throws(FileError) {
        let path = directory + "/frame"
        do throws(FileError) {
            if !bytes.isEmpty { try Self.write(bytes, at: record.offset, of: path) }
            try Self.write(longer.encoded, at: longer.place, of: directory + "/state")
            state.withLock { $0.record = longer }
        } catch {
            // What lies beyond the recorded offset does not count; give the room back.
            if error.isNoSpace { try? OpenFile(updating: path).truncate(to: record.offset) }
            throw error
        }
    }

    /// Finishes an upload that was complete when the process ended.
    func resume() throws {
        try work.withLock { _ in
            let (record, phase) = snapshot
            if phase == .open, record.isComplete { try finish(record) }
        }
    }

    /// Checks the whole frame and hands it to dispatch; a wrong one leaves nothing.
    private func finish(_ record: UploadRecord) throws {
        let path = directory + "/frame"
        guard try FrameFile.isValid(path, length: record.length) else {
            try removeAll()
            throw Refusal.malformed
        }
        try Spool.seal(try OpenFile(updating: path))
        try spool.handOver(path)
        try Durable.syncDirectory(directory)
        state.withLock { $0.phase = .finished }
    }

    /// Removes everything of it, the memory of a finished one included.
    func remove() throws {
        try work.withLock { _ in try removeAll() }
    }

    private func removeAll() throws(FileError) {
        guard snapshot.phase != .gone else { return }
        let temporary = spool.data.stagingName()
        // One rename, so that a crash in between leaves either all of it or only rubbish.
        try Durable.rename(directory, to: temporary, .replace)
        try Durable.syncDirectory(Durable.parent(of: directory))
        state.withLock { $0.phase = .gone }
        try spool.data.remove(temporary)
        try spool.data.coarsenTimes()
    }
}
