internal import Synchronization
internal import Verification

/// Keeps the queue up to date in the background: no page waits for the first look at 50,000 cases.
final class QueueKeeper: Sendable {
    /// How long a page waits for the queue to be up to date before it shows what is there.
    private static let patience = Duration.milliseconds(400)
    /// The same where the last look was a long one: then this one will not end in time either.
    private static let shortPatience = Duration.milliseconds(100)
    /// With so many cases, a look that takes longer than ``longLook`` is not begun anew before as much
    /// time has passed again: the machine would do nothing else.
    private static let manyCases = 2000
    private static let longLook = Duration.seconds(1)
    private static let step = Duration.milliseconds(10)

    private struct State {
        var isReading = false
        var entries = Entries([])
        var problem: Problem?
        /// When the last look ended, and how long it took.
        var last: (end: ContinuousClock.Instant, took: Duration)?

        var isLong: Bool {
            entries.open.count >= QueueKeeper.manyCases
                && last.map { $0.took > QueueKeeper.longLook } ?? false
        }

        var isFresh: Bool {
            guard let last, isLong else { return false }
            return ContinuousClock.now - last.end < last.took
        }
    }

    /// All cases, the most urgent first, and what a page says of them; reckoned once for many pages.
    struct Entries {
        /// Those that are not rejected.
        let open: [QueueEntry]
        /// Those that are.
        let rejected: [QueueEntry]
        /// How many of the open ones are P0, or cannot be read.
        let urgentCount: Int

        init(_ entries: [QueueEntry]) {
            open = entries.filter { $0.stage.kind != .rejected }
            rejected = entries.filter { $0.stage.kind == .rejected }
            urgentCount = open.count { ($0.priority?.level ?? .p0) == .p0 }
        }
    }

    private let state = Mutex(State())

    /// What a page shows.
    struct Snapshot {
        let entries: Entries
        /// Whether cases are still being read.
        let isReading: Bool
        let problem: Problem?
    }

    /// The queue as far as it is read, after a moment's patience.
    func snapshot(_ desk: Desk, on threads: DeskThreads) async -> Snapshot {
        begin(desk, on: threads)
        let clock = ContinuousClock()
        let isLong = state.withLock { $0.isLong }
        let end = clock.now + (isLong ? Self.shortPatience : Self.patience)
        while clock.now < end, state.withLock({ $0.isReading }) {
            try? await Task.sleep(for: Self.step)
        }
        return state.withLock {
            Snapshot(entries: $0.entries, isReading: $0.isReading, problem: $0.problem)
        }
    }

    private func begin(_ desk: Desk, on threads: DeskThreads) {
        let begins = state.withLock { state in
            guard !state.isReading, !state.isFresh else { return false }
            state.isReading = true
            return true
        }
        guard begins else { return }
        Task(executorPreference: threads) { [self] in
            let start = ContinuousClock.now
            let result = Result { () throws(DeskError) in
                Entries(try desk.queue(withRejected: true))
            }
            state.withLock { state in
                state.isReading = false
                state.problem = nil
                state.last = (.now, start.duration(to: .now))
                switch result {
                case .success(let entries): state.entries = entries
                case .failure(let error): state.problem = Problem(error)
                }
            }
        }
    }
}
