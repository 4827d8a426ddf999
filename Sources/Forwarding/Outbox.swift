/// What an office has said about a bundle, in the order in which it can go on.
package enum OfficeAnswer: String, CaseIterable, Sendable {
    /// It has the bundle and has verified it.
    case received
    /// It has opened it.
    case opened
    /// It takes the case on.
    case accepted
    /// It does not take the case on, and says why.
    case declined
    /// It has read the bundle and needs more before it can decide: another release.
    case needsMore = "needs-more"
    /// It has acted.
    case acted
    /// It has closed the case.
    case closed
}

/// Why a bundle is no longer served.
package enum StopReason: String, Sendable {
    /// The office's key was revoked.
    case keyRevoked = "key-revoked"
    /// The desk took the release back.
    case withdrawn
    /// The statement's expiry has passed.
    case expired
    /// The case was erased.
    case erased
}

/// Where a bundle is on its way to an office.
package enum OutboxState: Equatable, Sendable {
    /// It waits: its time has not come, or a sealed part that arrived holds it.
    case queued
    /// The office can fetch it.
    case offered
    /// Its last byte has been handed out.
    case fetched
    /// The office has answered; the newest answer is kept.
    case acknowledged(OfficeAnswer)
    /// It is served no more. A bundle that was fetched before cannot be called back.
    case stopped(StopReason)

    /// The state's name for a stored row, without its detail.
    package var name: String {
        switch self {
        case .queued: "queued"
        case .offered: "offered"
        case .fetched: "fetched"
        case .acknowledged: "acknowledged"
        case .stopped: "stopped"
        }
    }

    /// The state's detail for a stored row: an answer, a reason, or nothing.
    package var detail: String {
        switch self {
        case .queued, .offered, .fetched: ""
        case .acknowledged(let answer): answer.rawValue
        case .stopped(let reason): reason.rawValue
        }
    }

    /// The state of a stored row; nil for anything that ``name`` and ``detail`` do not write.
    package init?(name: String, detail: String) {
        switch (name, OfficeAnswer(rawValue: detail), StopReason(rawValue: detail)) {
        case ("queued", nil, nil) where detail.isEmpty: self = .queued
        case ("offered", nil, nil) where detail.isEmpty: self = .offered
        case ("fetched", nil, nil) where detail.isEmpty: self = .fetched
        case ("acknowledged", let answer?, _): self = .acknowledged(answer)
        case ("stopped", _, let reason?): self = .stopped(reason)
        default: return nil
        }
    }

    /// Whether the partners' door serves the bundle's bytes in this state.
    package var isServed: Bool {
        switch self {
        case .queued, .stopped: false
        case .offered, .fetched, .acknowledged: true
        }
    }

    /// Whether payloads must be kept for the bundle: it waits, or can still be fetched.
    ///
    /// Once an office has said more than *received* it has opened the bundle, and no later answer
    /// brings payloads back: *needs more* asks the desk for another release, not for these bytes.
    package var needsPayloads: Bool {
        switch self {
        case .queued, .offered, .fetched: true
        case .acknowledged(let answer): answer == .received
        case .stopped: false
        }
    }
}

/// What happens to a bundle in the outbox.
package enum OutboxEvent: Equatable, Sendable {
    /// Its turn has come: see ``Escalation``.
    case offer
    /// Its turn is taken back: a sealed part arrived before it was fetched.
    case hold
    /// Its last byte was handed to the office.
    case fetchedWhole
    /// A verified acknowledgement arrived.
    case answered(OfficeAnswer)
    /// It must not be served again.
    case stop(StopReason)
}

/// An event that cannot happen in a state.
package struct OutboxRefusal: Error, Equatable {
    /// The state it met.
    package let state: OutboxState
    /// The event that was refused.
    package let event: OutboxEvent
}

extension OutboxState {
    /// The state after `event`.
    ///
    /// An acknowledgement may come for a bundle that nobody saw being fetched whole (a download in
    /// ranges, or a copy on a stick), and for one that was stopped after it had left: it does not
    /// start to be served again then, so the stop stands.
    /// - Throws: ``OutboxRefusal``.
    package func after(_ event: OutboxEvent) throws(OutboxRefusal) -> OutboxState {
        switch (self, event) {
        case (.queued, .offer), (.offered, .offer): return .offered
        case (.queued, .hold), (.offered, .hold): return .queued
        case (.fetched, .hold), (.acknowledged, .hold): return self
        case (.offered, .fetchedWhole), (.fetched, .fetchedWhole): return .fetched
        case (.acknowledged, .fetchedWhole): return self
        case (.offered, .answered(let answer)), (.fetched, .answered(let answer)):
            return .acknowledged(answer)
        case (.acknowledged(let old), .answered(let new)):
            guard new.canFollow(old) else { throw OutboxRefusal(state: self, event: event) }
            return .acknowledged(new)
        case (.stopped, .answered), (.stopped, .stop), (.stopped, .hold): return self
        case (_, .stop(let reason)): return .stopped(reason)
        default: throw OutboxRefusal(state: self, event: event)
        }
    }
}

extension OfficeAnswer {
    /// Whether an office can say this after `earlier`: never back to less, but it may change its
    /// mind between accepting, declining and asking until it has closed.
    package func canFollow(_ earlier: OfficeAnswer) -> Bool {
        rank > earlier.rank || (rank == earlier.rank && earlier != .closed) || self == earlier
    }

    private var rank: Int {
        switch self {
        case .received: 0
        case .opened: 1
        case .accepted, .declined, .needsMore: 2
        case .acted: 3
        case .closed: 4
        }
    }
}
