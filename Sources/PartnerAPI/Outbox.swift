internal import Agencies
package import Custody
package import Forwarding
internal import Ledger
internal import Quarantine
internal import Tips
internal import Wire

/// Releases, and what becomes of them.
extension Dispatch {
    /// Checks a release again and stores it. The second door of invariant I3: whoever speaks for
    /// the desk, nothing leaves without two persons' signatures over a statement for this office.
    ///
    /// The same release again changes nothing. Its plan is held from the start while a frame of the
    /// tip waits that the desk has not seen: it may be a withdrawal. A recall is never held, and from
    /// the same moment on what it recalls is not served any more.
    ///
    /// - Parameter seen: frames that the desk confirms together with the release.
    /// - Throws: ``BundleRefusal`` with the rule that is broken; ``PartnerRefusal/payloadMissing``;
    ///   ``PartnerRefusal/refused`` for a tip that is unknown or not in a state for it;
    ///   ``PartnerRefusal/conflict`` when the plan's place is taken.
    package func takeRelease(
        _ package: ReleasePackage, seen: Set<Hash> = []
    ) async throws {
        let check = ReleaseCheck(
            directory: directories.newest, earlier: directories.earlier, now: directories.hour,
            purpose: .storing)
        let release = try check.package(package)
        let bundle = StoredBundle(release, package)
        let recall = release.statement.notice?.recall
        let (payloads, encoded, hour) = (package.parts, package.encoded, directories.hour)
        try await store.transact(try directories.journal()) { reading in
            if try reading.bundle(bundle.digest) != nil { return Outcome(()) }
            for part in payloads {
                guard try reading.payload(part.payload)?.byteCount == part.payloadBytes else {
                    throw PartnerRefusal.payloadMissing
                }
            }
            guard let tip = try reading.tip(bundle.tip) else { throw PartnerRefusal.refused }
            let others = try reading.bundles(plan: bundle.plan)
            try Self.checkPlace(of: bundle, others)
            let plan =
                try reading.plan(bundle.plan)
                ?? StoredPlan(
                    id: bundle.plan, tip: bundle.tip, isHeld: false, deferrals: 0, dues: [:])
            let state = try tip.state.after(.released)
            let joined = try bundle.joining(plan, others, now: hour)
            let release = Effect.release(joined, package: encoded, plan, tip: state)
            if let recall {
                return Outcome((), effects: [release] + (try reading.stopping(recall, of: bundle)))
            }
            let isSeen = try reading.waitingFrames(of: bundle.tip).allSatisfy(seen.contains)
            return Outcome(
                (), effects: isSeen || plan.isHeld ? [release] : [release, .plan(plan.held)])
        }
        if recall != nil { _ = try await upkeeper.deleteUnneeded(directories.journal()) }
    }

    private static func checkPlace(
        of bundle: StoredBundle, _ others: [StoredBundle]
    ) throws(PartnerRefusal) {
        guard
            others.allSatisfy({
                $0.tip == bundle.tip && $0.planCount == bundle.planCount && $0.rank != bundle.rank
            })
        else { throw PartnerRefusal.conflict }
    }

    /// Gives proofs to releases that the newest checkpoint includes, and lets every plan go on.
    package func advanceOutbox() async throws {
        try await attachProofs()
        let hour = directories.hour
        for plan in try await store.read({ try $0.openPlans() }) {
            let event: Escalation.Event = plan.isHeld ? .sealedPartArrived : .tick
            try await move(plan: plan.id, event, hour)
        }
    }

    private func attachProofs() async throws {
        for (bundle, event) in try await store.read({ try $0.unprovenReleases() }) {
            guard let leaf = try? SaltedLeaf(event) else {
                throw StoreFailure("understand a release's event", code: 0)
            }
            guard let proof = try await ledger.proof(of: leaf.commitment) else { continue }
            let bytes = proof.bytes
            try await store.transact(try directories.journal()) { _ in
                Outcome((), upkeep: [.setProof(bundle: bundle, bytes)])
            }
        }
    }

    /// Hands an event to a plan and stores what it changes, with a log entry for each bundle.
    private func move(plan id: Hash, _ event: Escalation.Event, _ hour: Custody.Hour) async throws {
        try await store.transact(try directories.journal()) { reading in
            guard let stored = try reading.plan(id),
                var plan = try PlanInStore(stored, try reading.bundles(plan: id))
            else { return Outcome(()) }
            let actions = try plan.escalation.handle(event, now: hour)
            return Outcome((), effects: try plan.effects(of: actions, reading))
        }
    }

    /// Lets a plan go on that a sealed part holds.
    ///
    /// - Throws: ``PartnerRefusal/conflict`` while a frame of the tip waits that the desk has not
    ///   seen.
    func rearm(plan id: Hash) async throws {
        try await store.transact(try directories.journal()) { reading in
            guard let plan = try reading.plan(id) else { throw PartnerRefusal.notFound }
            guard try reading.waitingFrames(of: plan.tip).isEmpty else {
                throw PartnerRefusal.conflict
            }
            guard plan.isHeld else { return Outcome(()) }
            return Outcome((), effects: [.plan(plan.armed)])
        }
        try await advanceOutbox()
    }

    /// Stops every bundle sealed to a key and tells what the key could open.
    func revoke(_ revocation: Revocation) async throws -> ExposureReport {
        try await store.transact(try directories.journal()) { reading in
            let bundles = try reading.bundles(key: revocation.keyFingerprint)
            let records = try bundles.map { try OutboxRecord($0) }
            let exposure = Exposure(ofKey: revocation.keyFingerprint, among: records)
            var effects: [Effect] = []
            for bundle in bundles
            where exposure.toStop.contains(where: { $0.bundle == bundle.digest }) {
                let state = try OutboxState(bundle).after(.stop(.keyRevoked))
                effects.append(
                    .bundle(
                        bundle, BundleState(state), tip: try reading.state(bundle.tip), .revoked))
            }
            let stopped = Set(exposure.toStop.map(\.bundle))
            let entries =
                (exposure.readable.map { ($0, true) } + exposure.sealedOnly.map { ($0, false) })
                .map { record, hasLeft in
                    ExposureReport.Entry(
                        bundle: record.bundle, tip: record.tip, office: record.office.text,
                        hasLeft: hasLeft, wasStopped: stopped.contains(record.bundle),
                        payloads: record.payloads)
                }
            return Outcome(
                ExposureReport(entries.sorted { $0.bundle < $1.bundle }), effects: effects)
        }
    }
}

extension QuarantineReading {
    /// What a recall does to the bundles that it names: they are stopped, and what stands by behind
    /// them is held, since a stopped bundle would let the next one go at once.
    ///
    /// - Throws: ``PartnerRefusal/refused`` when one of them is not here, or is not of the same tip and
    ///   office.
    fileprivate func stopping(
        _ recall: ReleaseStatement.Recall, of notice: StoredBundle
    ) throws -> [Effect] {
        var effects: [Effect] = []
        var plans: Set<Hash> = []
        for earlier in recall.bundles {
            guard let bundle = try bundle(earlier.release), bundle.tip == notice.tip,
                bundle.office == notice.office
            else { throw PartnerRefusal.refused }
            let (old, new) = try (
                OutboxState(bundle), OutboxState(bundle).after(.stop(.withdrawn))
            )
            guard new != old else { continue }
            let tip = try state(bundle.tip)
            effects.append(.bundle(bundle, BundleState(new), tip: tip, .revoked))
            if bundle.planCount > 1 { plans.insert(bundle.plan) }
        }
        for id in plans.sorted() {
            guard let plan = try plan(id), !plan.isHeld else { continue }
            effects.append(.plan(plan.held))
        }
        return effects
    }

    /// The state of a tip that a bundle names: its row is there as long as the bundle's.
    func state(_ id: TipID) throws(StoreFailure) -> TipState {
        guard let tip = try tip(id) else { throw StoreFailure("find a bundle's tip", code: 0) }
        return tip.state
    }
}
