/// For how long the desk keeps what nobody needs any more, in days.
package struct RetentionRules: Equatable, Sendable {
    /// The least and the most that can be set, in days.
    package static let limits = 30...3650
    /// A year for what nobody has worked on, two for what is closed.
    package static let usual = RetentionRules(unopened: 365, closed: 730)

    /// Days after its last news for a case that nobody has worked on and that has no sign of danger.
    package let unopenedDays: Int
    /// Days after the last thing happened in a case that every office has closed or declined, or that
    /// two persons rejected.
    package let closedDays: Int

    /// Rules of these days; nil outside ``limits``.
    package init?(unopenedDays: Int, closedDays: Int) {
        guard Self.limits.contains(unopenedDays), Self.limits.contains(closedDays) else {
            return nil
        }
        self.init(unopened: unopenedDays, closed: closedDays)
    }

    private init(unopened: Int, closed: Int) {
        unopenedDays = unopened
        closedDays = closed
    }
}

/// Why a case is due to be destroyed, though nobody withdrew it.
package enum RetentionGrounds: Equatable, Sendable {
    /// Nobody has worked on it, and it has no sign of danger.
    case unopened
    /// Every office that has it closed or declined it.
    case closed
    /// Two persons rejected it.
    case rejected

    /// Why it is due under `rules`, in words.
    package func words(_ rules: RetentionRules) -> String {
        switch self {
        case .unopened:
            "nobody has worked on it for \(rules.unopenedDays) days, no sign of danger"
        case .closed: "closed by every office that has it, for \(rules.closedDays) days"
        case .rejected: "rejected by two persons, for \(rules.closedDays) days"
        }
    }
}
