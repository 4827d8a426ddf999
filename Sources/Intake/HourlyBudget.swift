package import Custody

/// How many requests of one kind, and how many bytes, are taken in one hour.
///
/// Each kind has a budget of its own, so that none can use up another's: a flood of evidence never
/// keeps a tip out. Nothing is counted by sender.
package struct HourlyBudget: Equatable, Sendable {
    /// Most requests in an hour.
    package let countLimit: Int
    /// Most bytes in an hour.
    package let byteLimit: Int
    private var hour: Hour?
    private var count = 0
    private var bytes = 0

    /// A budget of which nothing is used.
    package init(count: Int, bytes: Int) {
        countLimit = count
        byteLimit = bytes
    }

    /// Takes one request of `size` bytes out of the budget of `now`.
    ///
    /// - Returns: false when it does not fit; then nothing is taken.
    package mutating func take(_ size: Int, at now: Hour) -> Bool {
        advance(to: now)
        guard count < countLimit, size <= byteLimit - bytes else { return false }
        count += 1
        bytes += size
        return true
    }

    /// Puts back what ``take(_:at:)`` took, for a request that came to nothing.
    package mutating func putBack(_ size: Int, at now: Hour) {
        guard now == hour else { return }
        count = max(0, count - 1)
        bytes = max(0, bytes - size)
    }

    /// How much of the budget of `now` is used: 0 to 1.
    package mutating func load(at now: Hour) -> Double {
        advance(to: now)
        guard countLimit > 0, byteLimit > 0 else { return 1 }
        return max(Double(count) / Double(countLimit), Double(bytes) / Double(byteLimit))
    }

    /// A clock that goes back does not give a fresh budget.
    private mutating func advance(to now: Hour) {
        if let hour, now <= hour { return }
        hour = now
        count = 0
        bytes = 0
    }
}
