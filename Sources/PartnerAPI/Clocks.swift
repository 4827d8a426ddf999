internal import Glibc
internal import Ledger
package import Logging
internal import Quarantine
internal import Serving
package import ServiceLifecycle

/// Does something at fixed moments: multiples of an interval since 1970, whatever happens between.
struct Clock: Service {
    let name: String
    let seconds: Int
    let logger: Logger
    let body: @Sendable () async throws -> Void

    func run() async throws {
        guard let clock = LedgerClock(interval: seconds) else {
            preconditionFailure("settings keep intervals within the clock's limits")
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let now = time(nil)
                let wait = clock.nextTick(after: now) - now
                guard (try? await Task.sleep(for: .seconds(wait))) != nil else { return }
                await tick()
            }
        }
    }

    private func tick() async {
        do {
            try await body()
        } catch is CancellationError {
            // Told to stop in the middle: the open transaction was rolled back, nothing failed, and
            // the next start goes on as after a crash.
            return
        } catch let failure as StoreFailure {
            failure.endProcess(logger)
        } catch let error as DispatchError {
            logger.error("cannot act", metadata: ["operation": "\(error)"])
        } catch {
            // The log and the files of the public directory are stores too.
            FatalStore.stop(error, logger, doing: name)
        }
    }
}

extension Dispatch {
    /// Everything that happens by the clock.
    ///
    /// - Checkpoint tick: take over a new directory, empty the spool, make a checkpoint, prove
    ///   releases, move plans. - Mailbox tick: publish all slots. - Shuffle tick: new inodes.
    package func clocks(
        checkpointSeconds: Int, mailboxSeconds: Int, shuffleSeconds: Int, logger: Logger
    ) -> [any Service] {
        let deferred = Deferred()
        return [
            Clock(name: "checkpoint", seconds: checkpointSeconds, logger: logger) {
                try await self.refreshDirectory()
                let report = try await deferred.round(self)
                report.log(to: logger)
                try await self.ledger.tick()
                try await self.advanceOutbox()
            },
            Clock(name: "mailbox", seconds: mailboxSeconds, logger: logger) {
                try await self.publishMailboxes()
            },
            Clock(name: "shuffle", seconds: shuffleSeconds, logger: logger) {
                _ = try await self.upkeeper.shuffle(try self.directories.journal())
            },
        ]
    }
}

/// Remembers, between rounds, the supplements whose tip had not come.
private actor Deferred {
    private var names: Set<String> = []

    func round(_ dispatch: Dispatch) async throws -> SpoolReport {
        var deferred = names
        let report = try await dispatch.consumeSpool(deferred: &deferred)
        names = deferred
        return report
    }
}

extension SpoolReport {
    fileprivate func log(to logger: Logger) {
        guard self != SpoolReport() else { return }
        logger.info(
            "spool",
            metadata: [
                "accepted": "\(accepted)", "repeated": "\(known)", "refused": "\(orphans)",
                "parked": "\(parked)", "backlog": "\(left)",
            ])
    }
}
