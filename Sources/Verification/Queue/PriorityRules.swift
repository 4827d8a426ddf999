package import Custody
internal import Tips

/// Numbers of the rules, in hours.
package enum PriorityRules {
    /// A deadline that is at most this far away makes a case P0.
    package static let nearDeadline = 24
    /// So long after a deadline has passed it still does, and still drives the clock.
    package static let passedDeadline = 72
    /// After so long without news a life in danger counts as P1, unless a person holds it.
    package static let oldLife = 7 * 24
    /// The same for an escape and a transfer, which last hours.
    package static let oldMove = 3 * 24
    /// A P3 that nobody has worked on for so long counts as P2.
    package static let raisesP3 = 14 * 24
    /// A P2, by itself or so raised, that nobody has worked on for so long counts as P1.
    package static let raisesP2 = 28 * 24
}

extension Priority {
    /// The priority of a case in the hour `now`.
    ///
    /// A person's decision holds until something comes from the reporter that would make the case more
    /// urgent. Without one the gravest ground counts; grounds that nobody confirms grow old; and what
    /// waits long moves up, so that no flood of ticked boxes keeps a quiet case down for ever.
    package init(_ facts: PriorityFacts, now: Hour) {
        var grounds = Ground.all(facts, now: now)
        let gravest = grounds.map(\.level).min() ?? .p3
        if let override = facts.override, !Self.isOutrun(override, by: gravest, facts) {
            grounds.insert(
                Ground(
                    level: override.level, kind: .waiting,
                    words: "\(override.level.name) by \(override.person): \(override.reason)"),
                at: 0)
            self.init(override.level, grounds, facts, now: now)
        } else {
            self.init(gravest, grounds, facts, now: now)
        }
    }

    private init(_ level: Level, _ grounds: [Ground], _ facts: PriorityFacts, now: Hour) {
        self.level = level
        let ordered =
            grounds.filter { $0.level == level } + grounds.filter { $0.level != level }
        reasons = ordered.map(\.words)
        received = facts.received
        let driver = ordered.first { $0.level == level && $0.kind != .waiting }
        let waits = max(facts.news, facts.touched ?? facts.news)
        let looked = waits.adding(hours: level.hours) ?? waits
        if let deadline = Ground.deadlineHour(facts), level <= .p1, deadline < looked,
            now.number - deadline.number <= PriorityRules.passedDeadline
        {
            clock = Clock(kind: .deadline, due: deadline)
        } else {
            clock = Clock(kind: driver?.kind ?? .waiting, due: looked)
        }
        isOverdue = clock.due < now
    }

    /// Whether something that came after the decision is graver than what was decided.
    private static func isOutrun(
        _ override: PriorityFacts.Override, by level: Level, _ facts: PriorityFacts
    ) -> Bool {
        let newest = [facts.news, facts.withdrawn, facts.saysFine].compactMap { $0 }.max()
        return level < override.level && (newest ?? facts.received) > override.hour
    }
}

/// One thing that speaks for a class.
private struct Ground {
    let level: Priority.Level
    let kind: Priority.ClockKind
    let words: String

    static func all(_ facts: PriorityFacts, now: Hour) -> [Ground] {
        var grounds = findings(facts) + boxes(facts, now: now) + coercion(facts)
        if let ground = deadline(facts, now: now) { grounds.append(ground) }
        grounds.sort { $0.level < $1.level }
        if !facts.reason.isEmpty {
            grounds.append(
                Ground(level: .p3, kind: .waiting, words: CleanText.line(facts.reason)))
        }
        grounds.append(place(facts))
        if let raised = waiting(facts, grounds, now: now) { grounds.append(raised) }
        return grounds
    }

    private static func findings(_ facts: PriorityFacts) -> [Ground] {
        var grounds: [Ground] = []
        if facts.findings.contains(.sexualAbuseOfMinor) {
            grounds.append(Ground(level: .p0, kind: .minor, words: "sexual abuse of a minor"))
        }
        if facts.findings.contains(.torture) {
            grounds.append(Ground(level: .p1, kind: .illness, words: "evidence of torture"))
        }
        if facts.findings.contains(.unreadText) {
            grounds.append(
                Ground(level: .p1, kind: .waiting, words: "a text in it could not be read"))
        }
        return grounds
    }

    private static func boxes(_ facts: PriorityFacts, now: Hour) -> [Ground] {
        Danger.allCases.filter(facts.danger.contains).map { danger in
            let (level, kind, lasts) = meaning(danger)
            let quiet = now.number - facts.news.number
            if let lasts, quiet > lasts {
                return Ground(
                    level: .p1, kind: kind,
                    words: "danger: \(danger.rawValue) (no news for \(quiet / 24) days)")
            }
            return Ground(level: level, kind: kind, words: "danger: \(danger.rawValue)")
        }
    }

    /// Class and clock of a box, and after how many hours without news it is old.
    private static func meaning(
        _ danger: Danger
    ) -> (level: Priority.Level, kind: Priority.ClockKind, lasts: Int?) {
        switch danger {
        case .life: (.p0, .life, PriorityRules.oldLife)
        case .escape: (.p0, .life, PriorityRules.oldMove)
        case .transfer: (.p0, .transfer, PriorityRules.oldMove)
        case .child: (.p1, .minor, nil)
        case .ransom: (.p1, .ransom, nil)
        case .medical: (.p1, .illness, nil)
        }
    }

    /// Coerced withdrawal and coerced good news are the normal case, so both raise.
    private static func coercion(_ facts: PriorityFacts) -> [Ground] {
        var grounds: [Ground] = []
        if facts.withdrawn != nil {
            grounds.append(
                Ground(level: .p1, kind: .coercion, words: "withdrawn, which may be forced"))
        }
        if facts.saysFine != nil {
            grounds.append(
                Ground(level: .p1, kind: .coercion, words: "said to be well, which may be forced"))
        }
        return grounds
    }

    /// The hour in which the deadline's day begins (UTC): nobody says at which hour it ends, or where.
    static func deadlineHour(_ facts: PriorityFacts) -> Hour? { Hour(facts.deadline + "T00") }

    private static func deadline(_ facts: PriorityFacts, now: Hour) -> Ground? {
        guard let hour = deadlineHour(facts) else { return nil }
        let left = hour.number - now.number
        let isNear = left <= PriorityRules.nearDeadline && left >= -PriorityRules.passedDeadline
        let level: Priority.Level = isNear ? .p0 : .p1
        return Ground(level: level, kind: .deadline, words: "deadline \(facts.deadline)")
    }

    private static func place(_ facts: PriorityFacts) -> Ground {
        if facts.findings.contains(.outAndSafe) {
            return Ground(level: .p3, kind: .waiting, words: "out and safe")
        }
        return facts.isPlaceNamed
            ? Ground(level: .p2, kind: .waiting, words: "the place is named")
            : Ground(level: .p3, kind: .waiting, words: "no place is named")
    }

    private static func waiting(
        _ facts: PriorityFacts, _ grounds: [Ground], now: Hour
    ) -> Ground? {
        let level = grounds.map(\.level).min() ?? .p3
        let since = facts.touched ?? facts.received
        let hours = now.number - since.number
        let raised: Priority.Level? =
            hours > PriorityRules.raisesP2 ? .p1 : hours > PriorityRules.raisesP3 ? .p2 : nil
        guard let raised, raised < level else { return nil }
        return Ground(
            level: raised, kind: .waiting,
            words: "nobody has worked on it for \(hours / 24) days")
    }
}
