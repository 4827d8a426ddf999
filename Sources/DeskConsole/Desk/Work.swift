internal import Synchronization

/// What the console does in the background, one thing at a time: fetching, sending, writing mailboxes.
final class Work: Sendable {
    /// Where it stands.
    enum Standing: Sendable {
        /// Nothing was done yet.
        case idle
        /// Something is being done; how far it has come, in words.
        case running(title: String, progress: String)
        /// It was done, or failed; what came of it.
        case ended(title: String, lines: [String], problem: Problem?)
    }

    private let state = Mutex(Standing.idle)
    private let threads: DeskThreads

    /// Nothing is being done; work will be done by `threads`.
    init(_ threads: DeskThreads) {
        self.threads = threads
    }

    /// Where it stands.
    var standing: Standing { state.withLock { $0 } }

    /// Whether something is being done.
    var isRunning: Bool {
        if case .running = standing { true } else { false }
    }

    /// Begins something; false when something else is being done.
    ///
    /// - Parameter job: does it, and returns what came of it, line by line.
    func begin(
        _ title: String, _ job: @escaping @Sendable () async throws -> [String]
    ) -> Bool {
        let begins = state.withLock { state in
            if case .running = state { return false }
            state = .running(title: title, progress: "it has just begun")
            return true
        }
        guard begins else { return false }
        Task(executorPreference: threads) { [self] in
            let ended: Standing
            do {
                ended = .ended(title: title, lines: try await job(), problem: nil)
            } catch {
                ended = .ended(title: title, lines: [], problem: Problem(error))
            }
            state.withLock { $0 = ended }
        }
        return true
    }

    /// Tells how far it has come; from any thread.
    func tell(_ progress: String) {
        state.withLock { state in
            guard case .running(let title, _) = state else { return }
            state = .running(title: title, progress: progress)
        }
    }
}
