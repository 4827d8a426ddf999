package import Custody

/// How soon somebody must look at a case. It orders the queue and triggers nothing: whoever floods the
/// desk ticks every box.
package struct Priority: Equatable, Sendable {
    /// The classes, the most urgent first.
    package enum Level: Int, CaseIterable, Comparable, Sendable {
        /// Within 24 hours: a life, an escape, a transfer, sexual abuse of a minor, a deadline that is
        /// at most 24 hours away.
        case p0
        /// Within 72 hours: a ransom, grave illness, a minor, evidence of torture, a withdrawal.
        case p1
        /// Within a week: somebody is held, and the place is known.
        case p2
        /// Within 30 days: all else.
        case p3

        /// `P0` to `P3`.
        package var name: String { "P\(rawValue)" }

        /// Hours within which somebody looks at a case of this class, from the newest news or the
        /// last time a person worked on it.
        package var hours: Int { [24, 72, 7 * 24, 30 * 24][rawValue] }

        package static func < (first: Level, second: Level) -> Bool {
            first.rawValue < second.rawValue
        }
    }

    /// What runs out.
    package enum ClockKind: String, Sendable {
        /// A day that was set: of a ransom, or another threat.
        case deadline = "deadline"
        /// Money or another threat, and no day was set.
        case ransom = "ransom or threat"
        /// Somebody is about to be moved or sold.
        case transfer = "transfer"
        /// A life, or an escape that goes on.
        case life = "life in danger"
        /// A minor.
        case minor = "minor"
        /// Grave illness, injury or torture.
        case illness = "illness or injury"
        /// Words that may have been forced.
        case coercion = "may be forced"
        /// Nothing but that somebody waits.
        case waiting = "waiting"
    }

    /// When somebody must have looked, and why then.
    package struct Clock: Equatable, Sendable {
        /// What runs out.
        package let kind: ClockKind
        /// The hour in which it runs out.
        package let due: Hour
    }

    /// The class.
    package let level: Level
    /// Why, in words, the weightiest first; never empty.
    package let reasons: [String]
    /// What drives it.
    package let clock: Clock
    /// Whether the clock has run out.
    package let isOverdue: Bool
    /// When the case came in.
    package let received: Hour

    /// The reasons in one line.
    package var reason: String { reasons.joined(separator: "; ") }

    /// `P1  due 2026-11-27T14 (deadline)`.
    package var words: String {
        "\(level.name)  \(isOverdue ? "overdue since" : "due") \(clock.due.text) "
            + "(\(clock.kind.rawValue))"
    }

    /// Whether this comes first: by class, then what is overdue, then the nearest clock, then who has
    /// waited longest.
    package func precedes(_ other: Priority) -> Bool {
        if level != other.level { return level < other.level }
        if isOverdue != other.isOverdue { return isOverdue }
        if clock.due != other.clock.due { return clock.due < other.clock.due }
        return received < other.received
    }
}
