internal import Agencies
internal import Custody
internal import Forwarding
internal import Quarantine
internal import Tips
internal import Wire

/// A plan as `Forwarding` reckons with it, made of stored rows.
struct PlanInStore {
    var escalation: Escalation
    private let old: StoredPlan
    private let bundles: [StoredBundle]

    /// The plan of those bundles that come in order from the first; nil when there is none yet. What
    /// the custody log cannot prove yet is part of it: an answer that defers defers that as well.
    init?(_ plan: StoredPlan, _ bundles: [StoredBundle]) throws {
        var steps: [Escalation.Step] = []
        for (rank, bundle) in bundles.enumerated() {
            guard bundle.rank == rank else { break }
            guard let notBefore = Custody.Hour(number: bundle.hours.notBefore),
                let due = Custody.Hour(number: bundle.hours.due),
                let expires = Custody.Hour(number: bundle.hours.expires)
            else { throw StoreFailure("understand a bundle's hours", code: 0) }
            steps.append(
                Escalation.Step(
                    bundle: bundle.digest, notBefore: notBefore, due: due, expires: expires,
                    state: try OutboxState(bundle), isProven: bundle.proof != nil))
        }
        guard let escalation = Escalation(steps, isHeld: plan.isHeld, deferrals: plan.deferrals)
        else { return nil }
        self.escalation = escalation
        old = plan
        self.bundles = bundles
    }

    /// The plan's row after what happened.
    var stored: StoredPlan {
        let dues = escalation.steps.map { ($0.bundle, $0.due.number) }
        return StoredPlan(
            id: old.id, tip: old.tip, isHeld: escalation.isHeld, deferrals: escalation.deferrals,
            dues: Dictionary(uniqueKeysWithValues: dues))
    }

    /// What to write for `actions`: a bundle that is offered for the first time gets its office's
    /// next number.
    func effects(
        of actions: [Escalation.Action], _ reading: any QuarantineReading, tip: TipState? = nil
    ) throws -> [Effect] {
        var given: [String: Int] = [:]
        var effects: [Effect] = []
        for action in actions {
            guard let bundle = bundles.first(where: { $0.digest == action.bundle }) else {
                continue
            }
            var numbered = bundle
            if action.state == .offered, bundle.number == nil {
                let last = try given[bundle.office] ?? reading.highestNumber(office: bundle.office)
                given[bundle.office] = last + 1
                numbered = bundle.numbered(last + 1)
            }
            let state = try tip ?? reading.state(bundle.tip)
            effects.append(
                .bundle(numbered, BundleState(action.state), tip: state, action.state.eventKind))
        }
        return effects
    }
}

extension OutboxState {
    /// The state of a stored bundle.
    init(_ bundle: StoredBundle) throws(StoreFailure) {
        guard let state = OutboxState(name: bundle.state.name, detail: bundle.state.detail) else {
            throw StoreFailure("understand a bundle's state", code: 0)
        }
        self = state
    }

    /// What the custody log calls the change to this state.
    fileprivate var eventKind: CustodyEvent.Kind {
        switch self {
        case .queued: .frozen
        case .offered: .armed
        case .fetched: .dispatched
        case .acknowledged: .acknowledged
        case .stopped: .revoked
        }
    }
}

extension BundleState {
    init(_ state: OutboxState) {
        self.init(name: state.name, detail: state.detail, needsPayloads: state.needsPayloads)
    }
}

extension QuarantineReading {
    /// A bundle's release as the desk gave it.
    ///
    /// - Throws: ``PartnerRefusal/notFound`` when the tip was erased.
    func release(_ bundle: StoredBundle) throws -> ReleasePackage {
        let bytes = try self.package(of: bundle.digest)
        guard !bytes.isEmpty else { throw PartnerRefusal.notFound }
        do {
            return try ReleasePackage(decoding: bytes)
        } catch {
            throw StoreFailure("understand a release's package", code: 0)
        }
    }
}

extension OutboxRecord {
    init(_ bundle: StoredBundle) throws(StoreFailure) {
        guard let office = OfficeID(bundle.office) else {
            throw StoreFailure("understand a bundle's office", code: 0)
        }
        self.init(
            bundle: bundle.digest, tip: Hash(bundle.tip), office: office,
            keyFingerprint: bundle.keyFingerprint, payloads: bundle.payloads,
            state: try OutboxState(bundle), wasServed: bundle.wasServed)
    }
}

extension StoredBundle {
    /// A release that was just verified.
    init(_ release: VerifiedRelease, _ package: ReleasePackage) {
        let statement = release.statement
        let due = package.plan?.due.number ?? statement.notBefore.number
        self.init(
            digest: release.digest, tip: statement.tip, office: release.office.id.text,
            keyFingerprint: statement.officeKeyFingerprint,
            payloads: package.parts.map(\.payload), plan: package.plan?.id ?? release.digest,
            rank: package.plan?.rank ?? 0, planCount: package.plan?.count ?? 1,
            hours: BundleHours(
                notBefore: statement.notBefore.number, due: max(due, statement.notBefore.number),
                expires: statement.expires.number),
            state: BundleState(.queued))
    }

    /// The same with a number in its office's series.
    fileprivate func numbered(_ number: Int) -> StoredBundle {
        changed(hours: hours, number: number)
    }

    /// The same, due no earlier than the rest of its plan allows that is there before it.
    func joining(
        _ plan: StoredPlan, _ others: [StoredBundle], now: Custody.Hour
    ) throws -> StoredBundle {
        guard let there = try PlanInStore(plan, others)?.escalation,
            let due = Custody.Hour(number: hours.due)
        else { return self }
        let later = there.due(joiningAfter: rank, due: due, now: now)
        return changed(
            hours: BundleHours(
                notBefore: hours.notBefore, due: later.number, expires: hours.expires),
            number: number)
    }

    private func changed(hours: BundleHours, number: Int?) -> StoredBundle {
        StoredBundle(
            digest: digest, tip: tip, office: office, keyFingerprint: keyFingerprint,
            payloads: payloads, plan: plan, rank: rank, planCount: planCount,
            hours: hours, state: state, wasServed: wasServed, number: number, event: event,
            proof: proof)
    }

    /// Whether its office may fetch it now.
    func isServed(isHeld: Bool, at hour: Custody.Hour) throws(StoreFailure) -> Bool {
        let outbox = try OutboxState(self)
        guard proof != nil, outbox.isServed, state.needsPayloads else { return false }
        guard hours.notBefore <= hour.number, hour.number < hours.expires else { return false }
        return !(isHeld && outbox == .offered)
    }

    /// The tar of the package that the desk gave, with the custody log's part.
    func layout(_ package: ReleasePackage) throws -> BundleLayout {
        guard let proof else { throw PartnerRefusal.notFound }
        return try package.layout(event: event, proof: proof)
    }
}
