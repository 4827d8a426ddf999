internal import Glibc
internal import Ledger
internal import Logging
internal import Quarantine

/// What is remembered from one round over the spool to the next: supplements whose tip had not come,
/// what this hour has brought, and when the next checkpoint is due.
actor SpoolRounds {
    private let checkpoints: LedgerClock
    private var nextCheckpoint: Int
    private var deferred: Set<String> = []
    private var total = SpoolReport()
    private var hour: Int

    init(checkpointSeconds: Int) {
        guard let clock = LedgerClock(interval: checkpointSeconds) else {
            preconditionFailure("settings keep intervals within the clock's limits")
        }
        let now = time(nil)
        checkpoints = clock
        nextCheckpoint = clock.nextTick(after: now)
        hour = now / 3600
    }

    /// One round.
    ///
    /// - Returns: whether a checkpoint is due after it.
    func run(_ dispatch: Dispatch, _ logger: Logger) async throws -> Bool {
        let now = time(nil)
        if now / 3600 != hour {
            log(to: logger)
            hour = now / 3600
        }
        var deferred = self.deferred
        let round = try await dispatch.consumeSpool(deferred: &deferred)
        self.deferred = deferred
        total.add(round)
        guard now >= nextCheckpoint else { return false }
        nextCheckpoint = checkpoints.nextTick(after: now)
        return true
    }

    /// Logs what the hour brought and starts again from zero. Per round it would tell when.
    func log(to logger: Logger) {
        logger.info(
            "hourly counts",
            metadata: [
                "accepted": "\(total.accepted)", "repeated": "\(total.known)",
                "refused": "\(total.orphans)", "parked": "\(total.parked)",
                "backlog": "\(total.left)",
            ])
        total = SpoolReport()
    }
}

extension SpoolReport {
    /// Adds a later round; what is left is what that one left.
    fileprivate mutating func add(_ round: SpoolReport) {
        accepted += round.accepted
        known += round.known
        orphans += round.orphans
        parked += round.parked
        left = round.left
    }
}
