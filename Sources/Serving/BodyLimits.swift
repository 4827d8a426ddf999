/// How much of a request body is read, and how long that may take.
package struct BodyLimits: Sendable {
    /// Most bytes of the body.
    package var maxBytes: Int
    /// The whole body must have arrived by then.
    package var deadline: Duration
    /// So many bytes must arrive for each second, but for ``grace``; see ``BodyPace``.
    package var leastBytesPerSecond: Int
    /// How far a sender may fall behind ``leastBytesPerSecond``, in time.
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
}

/// Whether a body comes fast enough, at every moment.
///
/// Bytes earn time and time uses it up. No more than the grace can be saved: a sender who began with
/// a burst cannot stall on the strength of it.
package struct BodyPace: Sendable {
    private let limits: BodyLimits
    private var received = 0
    private var elapsed = Duration.zero
    private var saved: Duration

    /// The pace of a body of which nothing has come yet.
    package init(_ limits: BodyLimits) {
        self.limits = limits
        saved = limits.grace
    }

    /// Whether a sender of `received` bytes in `elapsed`, both since the beginning, must be cut off.
    package mutating func isTooSlow(received: Int, after elapsed: Duration) -> Bool {
        let earned = Double(received - self.received) / Double(limits.leastBytesPerSecond)
        saved = min(limits.grace, saved - (elapsed - self.elapsed) + .seconds(earned))
        self.received = received
        self.elapsed = elapsed
        return elapsed >= limits.deadline || saved < .zero
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
