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
        let (name, hour) = (office.id.text, directories.hour)
        let (entries, highest) = try await store.read { reading in
            var entries: [OfficeListing.Entry] = []
            for bundle in try reading.openBundles(office: name, now: hour.number) {
                let isHeld = try reading.plan(bundle.plan)?.isHeld ?? true
                guard let number = bundle.number, try bundle.isServed(isHeld: isHeld, at: hour)
                else { continue }
                let byteCount = try bundle.layout(try reading.release(bundle)).byteCount
                entries.append(
                    OfficeListing.Entry(
                        number: number, bundle: bundle.digest, byteCount: byteCount))
            }
            return (entries, try reading.highestNumber(office: name))
        }
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
        let hour = directories.hour
        let (bundle, package) = try await store.read { reading in
            let bundle = try reading.served(digest, at: hour)
            guard bundle.office == office.id.text else { throw PartnerRefusal.notFound }
            return (bundle, try reading.release(bundle))
        }
        let check = ReleaseCheck(
            directory: directories.newest, earlier: directories.earlier, now: hour,
            purpose: .using)
        do throws(BundleRefusal) {
            _ = try check.statement(package.statement, for: office.id)
        } catch {
            throw PartnerRefusal.notFound
        }
        return RangedContent(try bundle.layout(package))
    }

    /// Notes that a byte of a bundle is about to leave, unless it may no longer: a revocation or a
    /// sealed part may have come since it was asked for.
    func noteServed(_ digest: Hash) async throws {
        let hour = directories.hour
        try await store.transact(try directories.journal()) { reading in
            let bundle = try reading.served(digest, at: hour)
            return Outcome((), effects: bundle.wasServed ? [] : [.serve(bundle)])
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
    ///   office said before; ``PartnerRefusal/conflict`` when too many about the bundle wait for the
    ///   desk already: an office may change its mind, but not fill the disk with it.
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
            guard
                try reading.waitingAnswerCount(about: bundle.digest)
                    < PartnerLimits.waitingAnswers
            else { throw PartnerRefusal.conflict }
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

extension QuarantineReading {
    /// A bundle that its office may fetch at `hour`.
    ///
    /// - Throws: ``PartnerRefusal/notFound`` for any other.
    fileprivate func served(_ digest: Hash, at hour: Custody.Hour) throws -> StoredBundle {
        guard let bundle = try self.bundle(digest), let plan = try self.plan(bundle.plan),
            try bundle.isServed(isHeld: plan.isHeld, at: hour)
        else { throw PartnerRefusal.notFound }
        return bundle
    }
}
