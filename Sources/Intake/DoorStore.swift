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
    let logger: Logger

    /// Runs `work` on a thread that may block.
    ///
    /// - Throws: ``Refusal/busy`` when the disk is full; the ``Refusal`` that `work` throws.
    func perform<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await NIOThreadPool.singleton.runIfActive(work)
        } catch let error as FileError {
            guard error.isNoSpace else {
                FatalStore.stop(logger, operation: error.operation, code: error.code)
            }
            throw Refusal.busy
        }
    }
}
