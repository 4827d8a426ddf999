internal import DurableFiles
internal import Glibc
internal import Sealing
internal import Wire

/// The one-way hand-over to dispatch: whole frames under random names, and nothing else.
///
/// Order of effects, and what a crash after each step means:
/// 1. write `tmp/<random>`, let dispatch's group read it, set its times to the hour, fsync: a crash
///    leaves a file that the next start removes; the sender has no answer and sends again;
/// 2. rename into `new/<random>`: as 1, or as 3;
/// 3. fsync `new`: from here on the frame survives a power cut, and only now is it confirmed.
///    A crash before the answer makes the sender send it again; dispatch knows it by its digest.
struct Spool: Sendable {
    let data: DataDirectory

    /// Stores a frame; when this returns, a power cut cannot undo it.
    ///
    /// - Parameter reserve: bytes of disk that must stay free.
    /// - Throws: ``FileError``, or ``Refusal/busy`` for want of room; then nothing is left.
    func store(_ frame: [UInt8], leaving reserve: Int) throws {
        guard try reserve == 0 || data.freeBytes() - reserve >= frame.count else {
            throw Refusal.busy
        }
        let temporary = data.stagingName()
        do {
            let file = try OpenFile(updating: temporary)
            try file.write(frame.span, at: 0)
            try Self.seal(file)
            try handOver(temporary)
        } catch {
            try? data.remove(temporary)
            throw error
        }
    }

    /// The rest of step 1 for a file that is whole. It stays out of dispatch's reach until its rename.
    static func seal(_ file: borrowing OpenFile) throws(FileError) {
        guard fchmod(file.descriptor, 0o640) == 0 else { throw FileError("fchmod", file.path) }
        try CoarseTime.set(file)
        try file.sync()
    }

    /// Steps 2 and 3 for a file that is whole and synced.
    func handOver(_ whole: String) throws(FileError) {
        try Durable.rename(whole, to: data.spool + "/" + DataDirectory.randomName(), .replace)
        try Durable.syncDirectory(data.spool)
        // The directories' own times would tell the last arrival.
        for directory in [data.spool, Durable.parent(of: whole)] { try CoarseTime.set(directory) }
    }
}
