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
    init(directory: String, record: UploadRecord, spool: Spool) {
        self.directory = directory
        self.spool = spool
        let phase: Phase = Durable.exists(directory + "/frame") ? .open : .finished
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
            try Durable.syncDirectory(temporary)
            try Durable.rename(temporary, to: directory, .replace)
            try Durable.syncDirectory(Durable.parent(of: directory))
            try CoarseTime.set(Durable.parent(of: directory))
        } catch {
            try? spool.data.remove(temporary)
            throw error
        }
        return Upload(directory: directory, record: record, spool: spool)
    }

    private static func write(_ bytes: [UInt8], at offset: Int, of path: String) throws(FileError) {
        let file = try OpenFile(updating: path)
        try file.write(bytes.span, at: offset)
        try CoarseTime.set(file)
        try file.sync()
    }

    /// Adds bytes at `offset` and finishes the upload when they are the last.
    ///
    /// The bytes are on the disk before the record says so, and the record is before this returns.
    /// - Throws: ``Refusal``; ``FileError``, after which the upload is as it was before.
    func append(_ bytes: [UInt8], at offset: Int, hour: Hour) throws {
        try state.withLock { state in
            guard state.phase == .open else {
                throw state.phase == .gone ? Refusal.notFound : Refusal.offset
            }
            guard offset == state.record.offset else { throw Refusal.offset }
            guard bytes.count <= state.record.length - offset else { throw Refusal.tooLarge }
            if !bytes.isEmpty { try extend(&state, by: bytes, hour: hour) }
            if state.record.offset == state.record.length { try finish(&state) }
        }
    }

    private func extend(_ state: inout State, by bytes: [UInt8], hour: Hour) throws(FileError) {
        let path = directory + "/frame"
        do throws(FileError) {
            try Self.write(bytes, at: state.record.offset, of: path)
            var record = state.record
            record.offset += bytes.count
            record.sequence += 1
            record.hour = hour
            try Self.write(record.encoded, at: record.place, of: directory + "/state")
            state.record = record
        } catch {
            // What lies beyond the recorded offset does not count; give the room back.
            if error.isNoSpace { try? OpenFile(updating: path).truncate(to: state.record.offset) }
            throw error
        }
    }

    /// Finishes an upload that had all its bytes when the process ended.
    func resume() throws {
        try state.withLock { state in
            guard state.phase == .open, state.record.offset == state.record.length else { return }
            try finish(&state)
        }
    }

    /// Checks the whole frame and hands it to dispatch; a wrong one leaves nothing.
    private func finish(_ state: inout State) throws {
        let path = directory + "/frame"
        guard try FrameFile.isValid(path, length: state.record.length) else {
            try remove(&state)
            throw Refusal.malformed
        }
        try Spool.seal(try OpenFile(updating: path))
        try spool.handOver(path)
        try Durable.syncDirectory(directory)
        state.phase = .finished
    }

    /// Removes everything of it, the memory of a finished one included.
    func remove() throws {
        try state.withLock { try remove(&$0) }
    }

    private func remove(_ state: inout State) throws(FileError) {
        guard state.phase != .gone else { return }
        let temporary = spool.data.stagingName()
        // One rename, so that a crash in between leaves either all of it or only rubbish.
        try Durable.rename(directory, to: temporary, .replace)
        try Durable.syncDirectory(Durable.parent(of: directory))
        state.phase = .gone
        try spool.data.remove(temporary)
    }
}
