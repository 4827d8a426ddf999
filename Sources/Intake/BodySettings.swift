internal import Serving

/// How long the door waits for bodies.
package struct BodySettings: Sendable {
    /// The whole of a small body must have arrived by then.
    package var deadline: Duration
    /// The whole of one append must have arrived by then.
    package var appendDeadline: Duration
    /// The least rate after ``grace``.
    package var leastBytesPerSecond: Int
    /// How long a sender may be slower.
    package var grace: Duration

    /// Settings for slow phones; each can be set.
    package init(
        deadline: Duration = .seconds(120), appendDeadline: Duration = .seconds(600),
        leastBytesPerSecond: Int = 512, grace: Duration = .seconds(20)
    ) {
        self.deadline = deadline
        self.appendDeadline = appendDeadline
        self.leastBytesPerSecond = leastBytesPerSecond
        self.grace = grace
    }

    /// Limits for a body that is sent in one go.
    func small(_ maxBytes: Int) -> BodyLimits {
        BodyLimits(
            maxBytes: maxBytes, deadline: deadline, leastBytesPerSecond: leastBytesPerSecond,
            grace: grace)
    }

    /// Limits for one append.
    func append(_ maxBytes: Int) -> BodyLimits {
        BodyLimits(
            maxBytes: maxBytes, deadline: appendDeadline, leastBytesPerSecond: leastBytesPerSecond,
            grace: grace)
    }
}
