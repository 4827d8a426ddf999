package import Custody
package import Tips

/// A change of what quarantine holds of a tip.
///
/// The only writes that touch a tip are effects, a store applies them only through
/// ``QuarantineStore/transact(_:_:)``, and each has its ``event(at:)``, which is written in the same
/// transaction: there is no effect without its log entry (I6).
package enum Effect: Sendable {
    /// A verified frame is taken; a tip's own begins the tip.
    case accept(StoredEnvelope)
    /// The desk was handed a whole frame; its tip is now in this state.
    case pull(envelope: Hash, tip: TipID, state: TipState)
    /// The desk holds a frame durably: headers and head go, payloads when nothing needs them.
    case confirm(envelope: Hash, tip: TipID)
    /// People decided about a tip.
    case decide(tip: TipID, TipState, CustodyEvent.Kind)
    /// Everything of a tip is destroyed but its name.
    case erase(tip: TipID)
    /// A verified release is stored, with its encoded package.
    case release(StoredBundle, package: [UInt8], StoredPlan, tip: TipState)
    /// The first byte of a bundle is about to leave.
    case serve(StoredBundle)
    /// A bundle moved in the outbox; `number` is given when it is offered for the first time.
    case bundle(StoredBundle, BundleState, tip: TipState, CustodyEvent.Kind)
    /// A verified acknowledgement is kept; it may defer the plan.
    case answer(StoredAnswer, StoredBundle, BundleState, StoredPlan, tip: TipState)
    /// A plan is held by a sealed part that arrived, or goes on. The event's object is the plan.
    case plan(StoredPlan)

    /// What the custody log says of it.
    package func event(at hour: Hour) -> CustodyEvent {
        switch self {
        case .accept(let envelope):
            CustodyEvent(
                kind: envelope.kind == .tip ? .quarantined : .supplemented, tip: envelope.tip,
                object: envelope.digest, hour: hour)
        case .pull(let envelope, let tip, _):
            CustodyEvent(kind: .pulled, tip: tip, object: envelope, hour: hour)
        case .confirm(let envelope, let tip):
            CustodyEvent(kind: .confirmed, tip: tip, object: envelope, hour: hour)
        case .decide(let tip, _, let kind): CustodyEvent(kind: kind, tip: tip, hour: hour)
        case .erase(let tip): CustodyEvent(kind: .erased, tip: tip, hour: hour)
        case .release(let bundle, _, _, _):
            CustodyEvent(
                kind: .released, tip: bundle.tip, object: bundle.digest, office: bundle.office,
                hour: hour)
        case .serve(let bundle):
            CustodyEvent(
                kind: .served, tip: bundle.tip, object: bundle.digest, office: bundle.office,
                hour: hour)
        case .bundle(let bundle, _, _, let kind):
            CustodyEvent(
                kind: kind, tip: bundle.tip, object: bundle.digest, office: bundle.office,
                hour: hour)
        case .answer(let answer, let bundle, _, _, _):
            CustodyEvent(
                kind: .acknowledged, tip: bundle.tip, object: answer.digest,
                office: bundle.office, hour: hour)
        case .plan(let plan):
            CustodyEvent(
                kind: plan.isHeld ? .frozen : .armed, tip: plan.tip, object: plan.id, hour: hour)
        }
    }
}

/// Writes that say nothing of a tip: they need no log entry.
package enum Upkeep: Sendable {
    /// A request's nonce was used; kept for ``QuarantineLimits/nonceHours``.
    case useNonce(Hash, hour: Int)
    /// Nonces of earlier hours are forgotten.
    case forgetNonces(before: Int)
    /// The desk holds these sealed events durably.
    case forgetEvents([Hash])
    /// The desk holds these answers durably.
    case confirmAnswers([Hash])
    /// A payload that the desk sent waits for a release, or was needed and came again.
    case stagePayload(StoredPayload, hour: Int)
    /// Payloads that nothing needs are forgotten; their files go after the commit.
    case forgetPayloads([Hash])
    /// A payload's file was copied to a new name.
    case renameBlob(Hash, BlobName)
    /// The custody log can prove the release.
    case setProof(bundle: Hash, [UInt8])
    /// A complete batch of mailbox slots waits for the clock.
    case replaceMailboxes(number: Int, [Hash: [UInt8]])
    /// The batch with this number is public.
    case publishedMailboxes(number: Int)
    /// A newer directory is in force; older ones are kept for releases made under them.
    case adoptDirectory(version: Int, note: [UInt8])
}

/// What a transaction does and answers.
package struct Outcome<Result: Sendable>: Sendable {
    /// Changes of tips, each with its log entry.
    package let effects: [Effect]
    /// Other writes.
    package let upkeep: [Upkeep]
    /// The answer.
    package let result: Result

    /// An outcome of these values.
    package init(_ result: Result, effects: [Effect] = [], upkeep: [Upkeep] = []) {
        self.effects = effects
        self.upkeep = upkeep
        self.result = result
    }
}
