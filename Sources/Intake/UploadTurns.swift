internal import Synchronization
internal import Wire

/// One request at a time for each upload: a new one ends the one before it, and waits until what
/// that one brought is stored (resumable upload §4.6).
///
/// A sender speaks once at a time, so one that comes back has given the request before up, whatever
/// the connection still looks like from here. No offset is therefore told that would be outdated.
final class UploadTurns: Sendable {
    private struct Turn: Sendable {
        /// Cancels the turn, and returns when it is over.
        let end: @Sendable () async -> Void
    }

    private let turns = Mutex<[[UInt8]: Turn]>([:])

    /// Does `work` as the one request to the upload of `token`. It is cancelled by the next one.
    ///
    /// - Parameter limit: how many requests may be under way in all.
    /// - Throws: ``Refusal/busy`` when there are as many already; what `work` throws.
    func take<Value: Sendable>(
        _ token: [UInt8], atMost limit: Int = .max,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        while true {
            await turns.withLock { $0[token] }?.end()
            guard let task = try begin(token, limit, work) else { continue }
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    /// Begins a turn; nil when somebody else was faster.
    private func begin<Value: Sendable>(
        _ token: [UInt8], _ limit: Int, _ work: @escaping @Sendable () async throws -> Value
    ) throws -> Task<Value, any Error>? {
        try turns.withLock { turns in
            guard turns[token] == nil else { return nil }
            guard turns.count < limit else { throw Refusal.busy }
            let task = Task {
                defer { self.turns.withLock { $0[token] = nil } }
                return try await work()
            }
            turns[token] = Turn {
                task.cancel()
                _ = await task.result
            }
            return task
        }
    }
}
