package import Custody

/// When the next consented office gets its standby bundle.
///
/// A release for one office can bring standby bundles for others, equally approved, in an order.
/// The first is offered as soon as its signed not-before allows. A standby bundle is offered when
/// its *due* time comes, or earlier (but never before its signed not-before) when the office that was
/// asked last has declined and none before it is on the case. Only *accepted* or *acted* defers it, by ``deferralHours`` from the
/// answer, and only ``deferralLimit`` times over the whole plan. Any sealed part that arrives for
/// the tip holds everything that has not been fetched, until the desk re-arms the plan: it may be
/// a withdrawal.
///
/// Pure: events and the hour go in, actions come out.
package struct Escalation: Equatable, Sendable {
    /// Hours by which *accepted* or *acted* defers the bundles that follow.
    package static let deferralHours = 72
    /// How often one plan can be deferred: an office must not block the others for ever.
    package static let deferralLimit = 2
    /// Most bundles of one plan.
    package static let stepLimit = 16

    /// One bundle of the plan.
    package struct Step: Equatable, Sendable {
        /// The bundle: the digest of its statement.
        package let bundle: Hash
        /// The signed not-before: nothing can offer it earlier.
        package let notBefore: Hour
        /// When it is offered if nobody answers; at or after ``notBefore``.
        package internal(set) var due: Hour
        /// The signed expiry.
        package let expires: Hour
        /// Where it is.
        package internal(set) var state: OutboxState
        /// Whether the custody log can prove its release: until then neither it nor any after it is
        /// offered.
        package let isProven: Bool

        /// A step that has not begun, or as it was stored.
        package init(
            bundle: Hash, notBefore: Hour, due: Hour, expires: Hour, state: OutboxState = .queued,
            isProven: Bool = true
        ) {
            self.bundle = bundle
            self.notBefore = notBefore
            self.due = max(due, notBefore)
            self.expires = expires
            self.state = state
            self.isProven = isProven
        }
    }

    /// What can happen to a plan.
    package enum Event: Equatable, Sendable {
        /// Time has gone on.
        case tick
        /// The last byte of a bundle was handed out.
        case fetchedWhole(bundle: Hash)
        /// An office's verified answer.
        case answered(bundle: Hash, OfficeAnswer)
        /// A sealed part arrived for the tip.
        case sealedPartArrived
        /// The desk has read what arrived and lets the plan go on.
        case rearmed
        /// A bundle must not be served again.
        case stop(bundle: Hash, StopReason)
    }

    /// What the caller does: store the step's new state and write the custody event, in one
    /// transaction.
    package struct Action: Equatable, Sendable {
        /// The bundle whose state changed.
        package let bundle: Hash
        /// Its new state.
        package let state: OutboxState

        /// The bundle and its new state.
        package init(bundle: Hash, state: OutboxState) {
            self.bundle = bundle
            self.state = state
        }
    }

    /// The bundles, in order.
    package private(set) var steps: [Step]
    /// Whether a sealed part holds the plan.
    package private(set) var isHeld: Bool
    /// How often the plan was deferred.
    package private(set) var deferrals: Int

    /// A plan of `steps`, fresh or as it was stored; nil when it is empty, longer than
    /// ``stepLimit`` or names a bundle twice.
    package init?(_ steps: [Step], isHeld: Bool = false, deferrals: Int = 0) {
        guard (1...Self.stepLimit).contains(steps.count),
            Set(steps.map(\.bundle)).count == steps.count
        else { return nil }
        self.steps = steps
        self.isHeld = isHeld
        self.deferrals = deferrals
    }

    /// Takes `event` at hour `now`.
    ///
    /// - Returns: the steps that changed, in order; possibly none.
    /// - Throws: ``OutboxRefusal`` when a step cannot take it; the plan is unchanged then.
    package mutating func handle(_ event: Event, now: Hour) throws(OutboxRefusal) -> [Action] {
        var next = self
        switch event {
        case .tick: break
        case .fetchedWhole(let bundle): try next.apply(.fetchedWhole, to: bundle)
        case .answered(let bundle, let answer): try next.take(answer, of: bundle, now: now)
        case .sealedPartArrived: try next.hold()
        case .rearmed: next.isHeld = false
        case .stop(let bundle, let reason): try next.apply(.stop(reason), to: bundle)
        }
        try next.expire(now: now)
        if !next.isHeld { try next.offerDue(now: now) }
        let actions = zip(steps, next.steps).compactMap { old, new in
            old.state == new.state ? nil : Action(bundle: new.bundle, state: new.state)
        }
        self = next
        return actions
    }

    private mutating func apply(_ event: OutboxEvent, to bundle: Hash) throws(OutboxRefusal) {
        for index in steps.indices where steps[index].bundle == bundle {
            steps[index].state = try steps[index].state.after(event)
        }
    }

    private mutating func take(
        _ answer: OfficeAnswer, of bundle: Hash, now: Hour
    ) throws(OutboxRefusal) {
        guard let place = steps.firstIndex(where: { $0.bundle == bundle }) else { return }
        let old = steps[place].state
        steps[place].state = try old.after(.answered(answer))
        guard answer.defers, steps[place].state != old, deferrals < Self.deferralLimit else {
            return
        }
        let later = steps[(place + 1)...].indices.filter { steps[$0].state == .queued }
        let deferred = now.adding(hours: Self.deferralHours) ?? now
        for index in later { steps[index].due = max(steps[index].due, deferred) }
        if !later.isEmpty { deferrals += 1 }
    }

    private mutating func hold() throws(OutboxRefusal) {
        isHeld = true
        for index in steps.indices {
            steps[index].state = try steps[index].state.after(.hold)
        }
    }

    private mutating func expire(now: Hour) throws(OutboxRefusal) {
        for index in steps.indices where now >= steps[index].expires {
            switch steps[index].state {
            case .queued, .offered:
                steps[index].state = try steps[index].state.after(.stop(.expired))
            case .fetched, .acknowledged, .stopped: break
            }
        }
    }

    private mutating func offerDue(now: Hour) throws(OutboxRefusal) {
        for index in steps.indices where steps[index].state == .queued {
            let step = steps[index]
            guard step.isProven else { return }
            guard now >= step.notBefore, now >= step.due || isNobodyWaitedFor(before: index)
            else { continue }
            steps[index].state = try step.state.after(.offer)
        }
    }

    /// When a bundle comes due that joins the plan late: after an office has already taken the case
    /// on it waits as long as if it had been there.
    package func due(joiningAfter rank: Int, due: Hour, now: Hour) -> Hour {
        let isSomebodyOnIt = steps.prefix(rank).contains { $0.state.isOnIt }
        return isSomebodyOnIt ? max(due, now.adding(hours: Self.deferralHours) ?? now) : due
    }

    /// Whether whoever was asked last has declined, and nobody is on the case. An office that was
    /// silent until the next one was asked is not waited for any more.
    private func isNobodyWaitedFor(before index: Int) -> Bool {
        let earlier = steps[..<index].map(\.state).filter {
            if case .stopped = $0 { false } else { true }
        }
        return !earlier.contains { $0.isOnIt }
            && (earlier.last ?? .acknowledged(.declined)) == .acknowledged(.declined)
    }
}

extension OutboxState {
    /// Whether the bundle's office has said that it is on the case.
    fileprivate var isOnIt: Bool {
        if case .acknowledged(let answer) = self { answer.defers } else { false }
    }
}

extension OfficeAnswer {
    /// Whether the answer means that somebody is on the case.
    fileprivate var defers: Bool { self == .accepted || self == .acted }
}
