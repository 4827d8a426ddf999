internal import Agencies
internal import Custody
internal import Forwarding
internal import Quarantine
internal import Tips
internal import Wire

/// What an office may do. Everything here concerns bundles for that office and no other.
extension Dispatch {
    /// What the office may fetch; the head's sequence is the highest number ever given to it.
    func listing(for office: Office, nonce: String) async throws -> HeadedAnswer {
        let name = office.id.text
        let (bundles, held, highest) = try await store.read { reading in
            (
                try reading.bundles().filter { $0.office == name && $0.number != nil },
                Set(try reading.plans().filter(\.isHeld).map(\.id)),
                try reading.highestNumber(office: name)
            )
        }
        var entries: [OfficeListing.Entry] = []
        for bundle in bundles {
            guard let number = bundle.number,
                try bundle.isServed(isHeld: held.contains(bundle.plan), at: directories.hour)
            else { continue }
            entries.append(
                OfficeListing.Entry(
                    number: number, bundle: bundle.digest, byteCount: try bundle.layout().byteCount)
            )
        }
        entries.sort { $0.number < $1.number }
        let open = Set(entries.map(\.number))
        let closed = (1..<highest + 1).filter { !open.contains($0) }
        return try await answer(
            OfficeListing(entries, closed: closed), audience: name, sequence: highest, nonce: nonce)
    }

    /// A bundle's content, to be served in ranges. The statement is checked again, by today's
    /// directory and hour.
    ///
    /// - Throws: ``PartnerRefusal/notFound`` for an unknown bundle, another office's, one that is
    ///   not served, and one that no longer passes.
    func bundle(_ digest: Hash, for office: Office) async throws -> RangedContent {
        let found = try await store.read { reading -> (StoredBundle, Bool)? in
            guard let bundle = try reading.bundle(digest),
                let plan = try reading.plan(bundle.plan)
            else { return nil }
            return (bundle, plan.isHeld)
        }
        guard let (bundle, isHeld) = found, bundle.office == office.id.text,
            try bundle.isServed(isHeld: isHeld, at: directories.hour)
        else { throw PartnerRefusal.notFound }
        let check = ReleaseCheck(
            directory: directories.newest, earlier: directories.earlier, now: directories.hour,
            purpose: .using)
        do throws(BundleRefusal) {
            let package = try bundle.releasePackage()
            _ = try check.statement(package.statement, for: office.id)
        } catch {
            throw PartnerRefusal.notFound
        }
        return RangedContent(try bundle.layout())
    }

    /// Notes that a byte of a bundle is about to leave.
    func noteServed(_ digest: Hash) async throws {
        try await store.transact(try directories.journal()) { reading in
            guard let bundle = try reading.bundle(digest) else { throw PartnerRefusal.notFound }
            return Outcome((), upkeep: bundle.wasServed ? [] : [.markServed(digest)])
        }
    }

    /// Notes that the last byte of a bundle is about to leave.
    func noteFetched(_ digest: Hash) async throws {
        try await store.transact(try directories.journal()) { reading in
            guard let bundle = try reading.bundle(digest) else { throw PartnerRefusal.notFound }
            let state = try OutboxState(bundle).after(.fetchedWhole)
            let tip = try reading.state(bundle.tip).after(.fetched)
            return Outcome(
                (), effects: [.bundle(bundle, BundleState(state), tip: tip, .dispatched)])
        }
    }

    /// Keeps an office's signed acknowledgement for the desk. The same one again changes nothing.
    ///
    /// - Throws: ``PartnerRefusal/refused`` when it is not this office's or cannot follow what the
    ///   office said before.
    func acknowledge(_ signed: [UInt8], by office: Office) async throws {
        let acknowledgement: Acknowledgement
        do throws(AcknowledgementRefusal) {
            acknowledgement = try .verified(signed, by: directories.newest)
        } catch {
            throw PartnerRefusal.refused
        }
        guard acknowledgement.office == office.id else { throw PartnerRefusal.refused }
        let (digest, hour) = (Hash(sha256: signed), directories.hour)
        let journal = try directories.journal()
        try await store.transact(journal) { reading in
            if try reading.answer(digest) != nil { return Outcome(()) }
            guard let bundle = try reading.bundle(acknowledgement.bundle),
                bundle.office == office.id.text, bundle.number != nil,
                let stored = try reading.plan(bundle.plan)
            else { throw PartnerRefusal.notFound }
            let answer = StoredAnswer(
                digest: digest, bundle: bundle.digest, office: bundle.office,
                acknowledgement: signed)
            return Outcome(
                (),
                effects: try Self.effects(
                    of: answer, acknowledgement.answer, bundle, stored, hour, reading))
        }
        _ = try await upkeeper.deleteUnneeded(journal)
    }

    private static func effects(
        of answer: StoredAnswer, _ said: OfficeAnswer, _ bundle: StoredBundle, _ stored: StoredPlan,
        _ hour: Custody.Hour, _ reading: any QuarantineReading
    ) throws -> [Effect] {
        let bundles = try reading.bundles(plan: bundle.plan)
        guard var plan = try PlanInStore(stored, bundles) else { throw PartnerRefusal.conflict }
        let actions = try plan.escalation.handle(
            .answered(bundle: bundle.digest, said), now: hour)
        let changed = actions.first { $0.bundle == bundle.digest }?.state
        let state = try changed ?? OutboxState(bundle)
        let tip = try reading.state(bundle.tip).after(.answered)
        let first = Effect.answer(answer, bundle, BundleState(state), plan.stored, tip: tip)
        let others = actions.filter { $0.bundle != bundle.digest }
        return [first] + (try plan.effects(of: others, reading, tip: tip))
    }
}
