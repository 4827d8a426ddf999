internal import Glibc
internal import Ledger
internal import Logging
internal import Quarantine
internal import Serving
internal import ServiceLifecycle

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
    /// - Spool tick: take over a new directory, empty the spool, make a checkpoint if its moment has
    ///   come, prove releases, move plans. The spool comes first: what is in it may be a withdrawal.
    /// - Mailbox tick: publish all slots.
    /// - Shuffle tick: new inodes.
    func clocks(
        _ settings: DispatchSettings, _ rounds: SpoolRounds, logger: Logger
    ) -> [any Service] {
        [
            Clock(name: "spool", seconds: settings.spoolSeconds, logger: logger) {
                try await self.refreshDirectory()
                if try await rounds.run(self, logger) { try await self.ledger.tick() }
                try await self.advanceOutbox()
            },
            Clock(name: "mailbox", seconds: settings.mailboxSeconds, logger: logger) {
                try await self.publishMailboxes()
            },
            Clock(name: "shuffle", seconds: settings.shuffleSeconds, logger: logger) {
                _ = try await self.upkeeper.shuffle(try self.directories.journal())
            },
        ]
    }
}
