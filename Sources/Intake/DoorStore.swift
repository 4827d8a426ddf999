internal import DurableFiles
internal import Logging
internal import NIOPosix
internal import Serving
internal import Wire

/// Runs disk work away from the event loops, and decides what a failure of it means.
///
/// A full disk is a refusal that leaves nothing; any other failed write ends the process
/// (``FatalStore``), since after it nothing that is confirmed could be believed.
struct DoorStore: Sendable {
    /// Whose threads do the work: evidence that is hashed for minutes must not keep a tip waiting.
    enum Lane {
        /// Tips and small supplements, and nothing else.
        case tips
        /// Resumable uploads.
        case uploads
        /// Parked states, and what is published.
        case other
    }

    let logger: Logger
    /// They end with the process.
    private static let tips = started(threads: 2)
    private static let uploads = started(threads: 4)

    private static func started(threads: Int) -> NIOThreadPool {
        let pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        return pool
    }

    /// Runs `work` on a thread that may block. Work is never given up once it was asked for, even
    /// if whoever asked is cancelled: what came of a body that broke off is kept.
    ///
    /// - Throws: ``Refusal/busy`` when the disk is full; the ``Refusal`` that `work` throws.
    func perform<Value: Sendable>(
        on lane: Lane, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let pool =
            switch lane {
            case .tips: Self.tips
            case .uploads: Self.uploads
            case .other: NIOThreadPool.singleton
            }
        do {
            return try await Task { try await pool.runIfActive(work) }.value
        } catch let error as FileError {
            guard error.isNoSpace else {
                FatalStore.stop(logger, operation: error.operation, code: error.code)
            }
            throw Refusal.busy
        }
    }
}
