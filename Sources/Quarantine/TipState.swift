/// Where a tip is on its way through quarantine.
///
/// `quarantined → examining → held | rejected | released → dispatched → acknowledged`, and `erased`
/// from each.
package enum TipState: String, CaseIterable, Sendable {
    /// Stored; nobody has fetched it.
    case quarantined
    /// The desk has fetched it.
    case examining
    /// The desk keeps it back.
    case held
    /// Two persons rejected it.
    case rejected
    /// Two persons released something of it to an office.
    case released
    /// An office has fetched something of it.
    case dispatched
    /// An office has answered.
    case acknowledged
    /// Everything of it is destroyed.
    case erased
}

/// What can happen to a tip.
package enum TipEvent: String, CaseIterable, Sendable {
    /// The desk was handed the last byte of one of its frames.
    case pulled
    /// The desk keeps it back.
    case held
    /// The desk goes on with it.
    case resumed
    /// Two persons rejected it.
    case rejected
    /// A release of something of it was stored.
    case released
    /// An office was handed the last byte of a bundle of it.
    case fetched
    /// An office's acknowledgement was verified.
    case answered
    /// Two persons had it destroyed.
    case erased
}

/// An event that cannot happen to a tip in its state.
package struct TipRefusal: Error, Equatable {
    /// The state it met.
    package let state: TipState
    /// The event that was refused.
    package let event: TipEvent
}

extension TipState {
    /// The state after `event`; the same state when the event changes nothing.
    ///
    /// Events that many offices or frames of one tip bring repeatedly never move it back: a second
    /// release of a tip that one office has acknowledged leaves it acknowledged.
    /// - Throws: ``TipRefusal``.
    package func after(_ event: TipEvent) throws(TipRefusal) -> TipState {
        switch (self, event) {
        case (.erased, .erased): return .erased
        case (.erased, _): throw TipRefusal(state: self, event: event)
        case (_, .erased): return .erased
        case (.quarantined, .pulled): return .examining
        case (_, .pulled): return self
        case (.quarantined, .held), (.examining, .held), (.held, .held): return .held
        case (.held, .resumed), (.examining, .resumed): return .examining
        case (.quarantined, .rejected), (.examining, .rejected), (.held, .rejected),
            (.rejected, .rejected):
            return .rejected
        case (.examining, .released): return .released
        case (.released, .released), (.dispatched, .released), (.acknowledged, .released):
            return self
        case (.released, .fetched): return .dispatched
        case (.dispatched, .fetched), (.acknowledged, .fetched): return self
        case (.released, .answered), (.dispatched, .answered), (.acknowledged, .answered):
            return .acknowledged
        default: throw TipRefusal(state: self, event: event)
        }
    }
}
