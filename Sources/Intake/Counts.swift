package import Logging
internal import Synchronization

/// What the door did in the last hour, as numbers: all that is ever logged about requests.
package final class Counts: Sendable {
    private struct Numbers {
        var accepted = 0
        var repeated = 0
        var refused = 0
        var uploads = 0
        var parked = 0
    }

    private let numbers = Mutex(Numbers())

    /// All zero.
    package init() {}

    func accepted() { numbers.withLock { $0.accepted += 1 } }
    func repeated() { numbers.withLock { $0.repeated += 1 } }
    func refused() { numbers.withLock { $0.refused += 1 } }
    func upload() { numbers.withLock { $0.uploads += 1 } }
    func parked() { numbers.withLock { $0.parked += 1 } }

    /// Logs the numbers and starts again from zero.
    package func log(to logger: Logger) {
        let last = numbers.withLock { numbers in
            defer { numbers = Numbers() }
            return numbers
        }
        logger.info(
            "hourly counts",
            metadata: [
                "accepted": "\(last.accepted)", "repeated": "\(last.repeated)",
                "refused": "\(last.refused)", "uploads": "\(last.uploads)",
                "parked": "\(last.parked)",
            ])
    }
}
