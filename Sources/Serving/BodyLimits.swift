/// How much of a request body is read, and how long that may take.
package struct BodyLimits: Sendable {
    /// Most bytes of the body.
    package var maxBytes: Int
    /// The whole body must have arrived by then.
    package var deadline: Duration
    /// After ``grace``, at least so many bytes must have arrived for each second since.
    package var leastBytesPerSecond: Int
    /// How long a sender may be slower than ``leastBytesPerSecond``.
    package var grace: Duration

    /// Limits with the given values.
    package init(
        maxBytes: Int, deadline: Duration = .seconds(60), leastBytesPerSecond: Int = 1024,
        grace: Duration = .seconds(10)
    ) {
        self.maxBytes = maxBytes
        self.deadline = deadline
        self.leastBytesPerSecond = leastBytesPerSecond
        self.grace = grace
    }

    /// Whether a sender of `received` bytes in `elapsed` must be cut off.
    package func isTooSlow(received: Int, after elapsed: Duration) -> Bool {
        if elapsed >= deadline { return true }
        guard elapsed > grace else { return false }
        let counted = (elapsed - grace) / .seconds(1)
        return Double(received) < counted * Double(leastBytesPerSecond)
    }
}

/// Why a body was not read to its end.
package enum BodyError: Error, Equatable {
    /// The request does not say how long its body is.
    case noLength
    /// More than ``BodyLimits/maxBytes``.
    case tooLarge
    /// Slower than ``BodyLimits/leastBytesPerSecond``, or past ``BodyLimits/deadline``.
    case tooSlow
    /// The sender went away.
    case brokenOff
}
