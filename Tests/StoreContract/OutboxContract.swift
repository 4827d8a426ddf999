import Custody
import Quarantine
import Tips

/// The part of the contract that concerns bundles and answers.
extension StoreContract {
    private static var tip: TipID { TipID(Hash(sha256: [50])) }
    private static var plan: StoredPlan {
        StoredPlan(id: Hash(sha256: [51]), tip: tip, isHeld: false, deferrals: 0, dues: [:])
    }
    private static var payload: Hash { Hash(sha256: [52]) }
    private static var open: BundleState {
        BundleState(name: "offered", detail: "", needsPayloads: true)
    }

    /// Expires at hour 100.
    private static var bundle: StoredBundle {
        StoredBundle(
            digest: Hash(sha256: [53]), tip: tip, office: "office-x",
            keyFingerprint: Hash(sha256: [54]), payloads: [payload], plan: plan.id, rank: 0,
            planCount: 1, hours: BundleHours(notBefore: 1, due: 1, expires: 100), state: open,
            number: 1)
    }

    func keepsOutbox() async throws {
        let (tip, bundle, plan) = (Self.tip, Self.bundle, Self.plan)
        let begun = Self.envelope(60, tip: tip, kind: .tip)
        let payload = StoredPayload(digest: Self.payload, byteCount: 10, blob: .random())
        try await store.transact(journal) { _ in
            Outcome(
                (),
                effects: [
                    .accept(begun), .confirm(envelope: begun.digest, tip: tip),
                    .release(bundle, package: [7], plan, tip: .released),
                    .bundle(bundle, Self.open, tip: .released, .armed),
                ], upkeep: [.stagePayload(payload, hour: 1)])
        }
        try await findsBundles(bundle)
        try await logsServing(bundle)
        try await holds(plan)
        try await keepsAnswers(about: bundle)
        try await needsPayloadsNoMore(bundle)
    }

    /// Each list has what it says, and no list the packages.
    private func findsBundles(_ bundle: StoredBundle) async throws {
        let (package, unproven, unfinished, expired, ofKey) = try await store.read { reading in
            (
                try reading.package(of: bundle.digest), try reading.unprovenReleases(),
                try reading.unfinishedBundles(now: 99, limit: 9),
                try reading.unfinishedBundles(now: 100, limit: 9),
                try reading.bundles(key: bundle.keyFingerprint)
            )
        }
        try demand(package == [7], "a package comes back as it was stored")
        try demand(unproven.map(\.bundle) == [bundle.digest], "a release without a proof is listed")
        try demand(
            unfinished.map(\.digest) == [bundle.digest] && expired.isEmpty,
            "a bundle is unfinished until it expires")
        try demand(ofKey.map(\.digest) == [bundle.digest], "bundles are found by their key")
        let proven = try await store.transact(journal) { _ in
            Outcome(true, upkeep: [.setProof(bundle: bundle.digest, [8])])
        }
        let (open, late, other, left) = try await store.read { reading in
            (
                try reading.openBundles(office: "office-x", now: 99),
                try reading.openBundles(office: "office-x", now: 100),
                try reading.openBundles(office: "office-y", now: 99),
                try reading.unprovenReleases()
            )
        }
        try demand(
            proven && open.map(\.digest) == [bundle.digest] && late.isEmpty && other.isEmpty
                && left.isEmpty, "an office's bundles are its own, proven, and not expired")
    }

    /// The first byte that leaves is an effect: with its entry of the custody log.
    private func logsServing(_ bundle: StoredBundle) async throws {
        let before = try await store.read { try $0.sealedEvents(limit: 99).count }
        try await store.transact(journal) { _ in Outcome((), effects: [.serve(bundle)]) }
        let (after, served) = try await store.read { reading in
            (
                try reading.sealedEvents(limit: 99).count,
                try reading.bundle(bundle.digest)?.wasServed
            )
        }
        try demand(after == before + 1 && served == true, "the first byte of a bundle is logged")
    }

    private func holds(_ plan: StoredPlan) async throws {
        try await store.transact(journal) { _ in Outcome((), effects: [.plan(plan.held)]) }
        let (plans, open) = try await store.read { reading in
            (try reading.plans(of: plan.tip), try reading.openPlans())
        }
        try demand(plans.map(\.isHeld) == [true] && open.map(\.id) == [plan.id], "a plan is held")
    }

    /// A list ends once it has its bytes; the rest comes when these are confirmed.
    private func keepsAnswers(about bundle: StoredBundle) async throws {
        for number in UInt8(0)..<3 {
            let answer = StoredAnswer(
                digest: Hash(sha256: [70, number]), bundle: bundle.digest, office: bundle.office,
                acknowledgement: [UInt8](repeating: number, count: 10))
            try await store.transact(journal) { _ in
                Outcome(
                    (), effects: [.answer(answer, bundle, Self.open, Self.plan, tip: .released)])
            }
        }
        let (some, all, count) = try await store.read { reading in
            (
                try reading.waitingAnswers(limit: 9, bytes: 15),
                try reading.waitingAnswers(limit: 9, bytes: 100),
                try reading.waitingAnswerCount(about: bundle.digest)
            )
        }
        try demand(some.count == 2 && all.count == 3, "a list of answers ends once it is long")
        try demand(count == 3, "the answers about a bundle are counted")
        let first = all.map(\.digest).prefix(1)
        try await store.transact(journal) { _ in
            Outcome((), upkeep: [.confirmAnswers(Array(first))])
        }
        let (left, waits) = try await store.read { reading in
            (
                try reading.waitingAnswerCount(about: bundle.digest),
                try first.contains { try reading.isWaiting(answer: $0) }
            )
        }
        try demand(left == 2 && !waits, "a confirmed answer waits no more")
    }

    /// A bundle that expired, or once needed its payloads no more, never needs them again.
    private func needsPayloadsNoMore(_ bundle: StoredBundle) async throws {
        func free(at now: Int) async throws -> Bool {
            try await store.read {
                try $0.unneededPayloads(stagedBefore: 99, now: now).map(\.digest)
                    .contains(Self.payload)
            }
        }
        try demand(
            try await !free(at: 99), "a payload of an open bundle is needed until it expires")
        try demand(try await free(at: 100), "a bundle that expired needs no payloads")
        let closed = BundleState(name: "acknowledged", detail: "opened", needsPayloads: false)
        for state in [closed, Self.open] {
            try await store.transact(journal) { _ in
                Outcome((), effects: [.bundle(bundle, state, tip: .released, .acknowledged)])
            }
        }
        try demand(try await free(at: 99), "what a bundle needed no more it never needs again")
        try demand(
            try await store.read { try $0.bundle(bundle.digest)?.state.needsPayloads } == false,
            "and it says so")
    }
}
