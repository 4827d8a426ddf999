/// How often something is tried, and how long to wait in between: each time twice as long, and up
/// to half as long again, so that many senders do not come back together.
package struct Backoff: Equatable, Sendable {
    /// Attempts in all.
    package let attempts: Int
    /// The first wait.
    package let first: Duration
    /// The longest wait.
    package let longest: Duration

    /// Waits of the given lengths.
    package init(attempts: Int, first: Duration, longest: Duration) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
    }

    /// For the very first question to a door, whose address may be wrong: 3 attempts in 2 seconds.
    package static let brief = Backoff(
        attempts: 3, first: .milliseconds(500), longest: .seconds(1))
    /// For what is worth waiting for, a bad line: 8 attempts in about 3 minutes.
    package static let patient = Backoff(attempts: 8, first: .seconds(1), longest: .seconds(60))
    /// Attempts at a door that says itself that it is full, or that is ill: it will not be otherwise
    /// in a minute, and somebody waits at the terminal.
    package static let busyAttempts = 4

    /// The wait after a failed attempt (from 0); nil when there is none left.
    package func wait(
        after attempt: Int, isBusy: Bool = false, jitter: Double = .random(in: 0...0.5)
    ) -> Duration? {
        guard attempt + 1 < (isBusy ? min(attempts, Self.busyAttempts) : attempts) else {
            return nil
        }
        let doubled = first * (1 << min(attempt, 20))
        return min(doubled, longest) * (1 + jitter)
    }
}
