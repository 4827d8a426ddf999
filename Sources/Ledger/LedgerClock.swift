/// When the ledger ticks: at multiples of a fixed interval, whatever happens in between.
package struct LedgerClock: Hashable, Sendable {
    /// The shortest interval, in seconds; a real log uses minutes, a demonstration one second.
    package static let minimumInterval = 1
    /// The longest interval, in seconds: one day.
    package static let maximumInterval = 86_400

    /// Seconds from one tick to the next.
    package let interval: Int

    /// A clock that ticks every `interval` seconds; nil outside the limits.
    package init?(interval: Int) {
        guard (Self.minimumInterval...Self.maximumInterval).contains(interval) else { return nil }
        self.interval = interval
    }

    /// The Unix time in seconds of the next tick after `now`.
    package func nextTick(after now: Int) -> Int {
        let (quotient, remainder) = now.quotientAndRemainder(dividingBy: interval)
        return (remainder < 0 ? quotient : quotient + 1) * interval
    }
}
