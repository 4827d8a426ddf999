internal import DurableFiles
internal import Glibc

/// Keeps programs on one state apart: `flock` on a directory, released when its owner goes or the
/// process ends.
///
/// - A server has the state's directory for itself as long as it runs.
/// - When it starts, it removes files that no row names. A program beside it that has written a
///   file and not yet its row would lose that file: so the clean-up has the blobs' directory for
///   itself, and the programs beside share it.
package struct StateLock: ~Copyable, Sendable {
    private let directory: OpenFile

    private init(_ path: String, _ operation: Int32) throws {
        let opened = try OpenFile(reading: path)
        while flock(opened.descriptor, operation) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: throw DispatchError.alreadyServed
            default: throw FileError("flock", path)
            }
        }
        directory = opened
    }

    /// For a server, as long as it runs.
    ///
    /// - Throws: ``DispatchError/alreadyServed``, ``FileError``.
    package static func serving(_ settings: DispatchSettings) throws -> StateLock {
        try StateLock(settings.state, LOCK_EX | LOCK_NB)
    }

    /// For the clean-up at a start; waits for programs beside.
    static func cleaning(_ settings: DispatchSettings) throws -> StateLock {
        try StateLock(settings.blobs, LOCK_EX)
    }

    /// For a program beside a server; waits for a clean-up.
    package static func beside(_ settings: DispatchSettings) throws -> StateLock {
        try StateLock(settings.blobs, LOCK_SH)
    }
}
