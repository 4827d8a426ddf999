internal import Synchronization
internal import Verification

/// Keeps the queue up to date in the background: no page waits for 50,000 cases.
final class QueueKeeper: Sendable {
    /// How long a page waits for the queue to be up to date before it shows what is there.
    private static let patience = Duration.milliseconds(400)
    private static let step = Duration.milliseconds(10)

    private struct State {
        var isReading = false
        var progress = (done: 0, total: 0)
        var problem: Problem?
    }

    private let index = QueueIndex()
    private let state = Mutex(State())

    /// What a page shows.
    struct Snapshot {
        let entries: [QueueEntry]
        /// How far the reading has come; nil when it is up to date.
        let progress: (done: Int, total: Int)?
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
        let (isReading, progress, problem) = state.withLock {
            ($0.isReading, $0.progress, $0.problem)
        }
        return Snapshot(
            entries: index.entries, progress: isReading ? progress : nil, problem: problem)
    }

    private func begin(_ desk: Desk, on threads: DeskThreads) {
        let begins = state.withLock { state in
            defer { state.isReading = true }
            return !state.isReading
        }
        guard begins else { return }
        Task(executorPreference: threads) { [self] in
            var problem: Problem?
            do throws(DeskError) {
                try index.refresh(desk) { done, total in
                    state.withLock { $0.progress = (done, total) }
                }
            } catch {
                problem = Problem(error)
            }
            state.withLock { state in
                state.isReading = false
                state.problem = problem
            }
        }
    }
}
