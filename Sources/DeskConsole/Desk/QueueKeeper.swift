internal import Synchronization
internal import Verification

/// Keeps the queue up to date in the background: no page waits for the first look at 50,000 cases.
final class QueueKeeper: Sendable {
    /// How long a page waits for the queue to be up to date before it shows what is there.
    private static let patience = Duration.milliseconds(400)
    private static let step = Duration.milliseconds(10)

    private struct State {
        var isReading = false
        var entries: [QueueEntry] = []
        var problem: Problem?
    }

    private let state = Mutex(State())

    /// What a page shows.
    struct Snapshot {
        let entries: [QueueEntry]
        /// Whether cases are still being read.
        let isReading: Bool
        let problem: Problem?
    }

    /// The queue as far as it is read, after a moment's patience.
    func snapshot(_ desk: Desk, on threads: DeskThreads) async -> Snapshot {
        begin(desk, on: threads)
        let clock = ContinuousClock()
        let end = clock.now + Self.patience
        while clock.now < end, state.withLock({ $0.isReading }) {
            try? await Task.sleep(for: Self.step)
        }
        return state.withLock {
            Snapshot(entries: $0.entries, isReading: $0.isReading, problem: $0.problem)
        }
    }

    private func begin(_ desk: Desk, on threads: DeskThreads) {
        let begins = state.withLock { state in
            defer { state.isReading = true }
            return !state.isReading
        }
        guard begins else { return }
        Task(executorPreference: threads) { [self] in
            let result = Result { () throws(DeskError) in try desk.queue(withRejected: true)
            }
            state.withLock { state in
                state.isReading = false
                state.problem = nil
                switch result {
                case .success(let entries): state.entries = entries
                case .failure(let error): state.problem = Problem(error)
                }
            }
        }
    }
}
