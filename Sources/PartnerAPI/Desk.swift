internal import Agencies
internal import Custody
internal import Forwarding
internal import Quarantine
internal import Tips
package import Wire

/// What the desk may do.
extension Dispatch {
    /// The frames that wait for the desk. The head counts every frame ever taken.
    func inbox(nonce: String) async throws -> HeadedAnswer {
        let (envelopes, count) = try await store.read { reading in
            (
                try reading.waitingEnvelopes(limit: PartnerLimits.entries),
                try reading.acceptedCount()
            )
        }
        let list = DeskInbox(
            envelopes.map {
                DeskInbox.Entry(
                    envelope: $0.digest, kind: $0.kind.rawValue, tip: Hash($0.tip),
                    byteCount: $0.byteCount)
            })
        return try await answer(list, audience: Head.desk, sequence: count, nonce: nonce)
    }

    /// A frame's content, to be served in ranges.
    func frame(_ digest: Hash) async throws -> RangedContent {
        guard let envelope = try await store.read({ try $0.envelope(digest) }),
            !envelope.head.isEmpty
        else { throw PartnerRefusal.notFound }
        var segments: [BundleLayout.Segment] = [.bytes(envelope.head)]
        for part in envelope.parts {
            segments.append(.bytes(part.header))
            segments.append(.payload(digest: part.payload, byteCount: part.payloadBytes))
        }
        return RangedContent(segments)
    }

    /// Notes that the desk is about to be handed the last byte of a frame.
    func notePulled(_ digest: Hash) async throws {
        try await store.transact(try directories.journal()) { reading in
            guard let envelope = try reading.envelope(digest),
                let tip = try reading.tip(envelope.tip), tip.state != .erased
            else { throw PartnerRefusal.notFound }
            let state = try tip.state.after(.pulled)
            return Outcome(
                (), effects: [.pull(envelope: digest, tip: envelope.tip, state: state)])
        }
    }

    /// Deletes the doors' copy of frames that the desk holds; what is confirmed already, or was
    /// never here, is passed over.
    func confirmFrames(_ digests: [Hash]) async throws {
        let journal = try directories.journal()
        try await store.transact(journal) { reading in
            var effects: [Effect] = []
            for digest in Set(digests) {
                guard let envelope = try reading.envelope(digest), !envelope.head.isEmpty else {
                    continue
                }
                effects.append(.confirm(envelope: digest, tip: envelope.tip))
            }
            return Outcome((), effects: effects)
        }
        _ = try await upkeeper.deleteUnneeded(journal)
    }

    /// The custody events that wait for the desk.
    func events(nonce: String) async throws -> HeadedAnswer {
        let (events, count) = try await store.read { reading in
            (try reading.sealedEvents(limit: PartnerLimits.entries), try reading.acceptedCount())
        }
        let list = SealedEvents(events.map { SealedEvents.Entry(leaf: $0.leaf, sealed: $0.sealed) })
        return try await answer(list, audience: Head.desk, sequence: count, nonce: nonce)
    }

    /// Forgets events that the desk holds.
    func confirmEvents(_ leaves: [Hash]) async throws {
        try await store.transact(try directories.journal()) { _ in
            Outcome((), upkeep: [.forgetEvents(leaves)])
        }
    }

    /// What offices have answered, as far as one list holds it: the rest comes once the desk has
    /// confirmed these.
    func answers(nonce: String) async throws -> HeadedAnswer {
        let (answers, count) = try await store.read { reading in
            (
                try reading.waitingAnswers(
                    limit: PartnerLimits.entries, bytes: PartnerLimits.answerBytes),
                try reading.acceptedCount()
            )
        }
        let list = AnswerList(
            answers.map {
                AnswerList.Entry(
                    digest: $0.digest, bundle: $0.bundle, office: $0.office,
                    acknowledgement: $0.acknowledgement)
            })
        return try await answer(list, audience: Head.desk, sequence: count, nonce: nonce)
    }

    /// Passes over answers that the desk holds.
    func confirmAnswers(_ digests: [Hash]) async throws {
        try await store.transact(try directories.journal()) { _ in
            Outcome((), upkeep: [.confirmAnswers(digests)])
        }
    }

    /// The state of every bundle about which something may still happen.
    func bundleStates(nonce: String) async throws -> HeadedAnswer {
        let hour = directories.hour.number
        let (entries, count) = try await store.read { reading in
            let bundles = try reading.unfinishedBundles(now: hour, limit: PartnerLimits.entries)
            let entries = try bundles.map {
                BundleStates.Entry(
                    bundle: $0.digest, tip: Hash($0.tip), office: $0.office, plan: $0.plan,
                    isHeld: try reading.plan($0.plan)?.isHeld ?? false, state: $0.state.name,
                    detail: $0.state.detail)
            }
            return (entries, try reading.acceptedCount())
        }
        return try await answer(
            BundleStates(entries), audience: Head.desk, sequence: count, nonce: nonce)
    }

    /// Keeps a complete batch of mailbox slots until the clock publishes it.
    ///
    /// - Throws: ``PartnerRefusal/forbidden`` when the desk's key did not sign it,
    ///   ``PartnerRefusal/conflict`` for a number that is not higher than every one before, or a
    ///   slot that was in a batch before.
    package func takeMailboxes(_ signed: SignedMailboxBatch) async throws {
        let key = directories.newest.deskKey
        guard !directories.newest.isRevoked(key.fingerprint), let batch = signed.verified(by: key)
        else { throw PartnerRefusal.forbidden }
        try await store.transact(try directories.journal()) { reading in
            guard batch.number > (try reading.mailboxNumbers().newest) else {
                throw PartnerRefusal.conflict
            }
            let digests = batch.slots.values.map { Hash(sha256: $0) }
            guard Set(digests).count == digests.count else { throw PartnerRefusal.conflict }
            for digest in digests where try reading.isUsed(slot: digest) {
                throw PartnerRefusal.conflict
            }
            return Outcome(
                (), upkeep: [.replaceMailboxes(number: batch.number, batch.slots)])
        }
    }

    /// Does what people decided about a tip.
    ///
    /// - Throws: ``PartnerRefusal/refused`` when too few different persons signed, or the tip is not
    ///   in a state for it.
    func decide(_ signed: SignedDecision) async throws {
        guard let decision = try? Wire.Decision(decoding: signed.decision) else {
            throw PartnerRefusal.malformed
        }
        let persons = signed.signatures.filter { person, signature in
            directories.newest.verifiers.contains {
                $0.person.text == person && !directories.newest.isRevoked($0.key.fingerprint)
                    && $0.key.verifies(signature, over: signed.decision)
            }
        }
        guard persons.count == signed.signatures.count,
            persons.count >= decision.verdict.requiredPersons
        else { throw PartnerRefusal.refused }
        let journal = try directories.journal()
        try await store.transact(journal) { reading in
            guard let tip = try reading.tip(TipID(decision.tip)) else {
                throw PartnerRefusal.notFound
            }
            let toHold = try reading.plansToHold(of: tip.id)
            return Outcome((), effects: try decision.verdict.effects(on: tip, toHold))
        }
        if decision.verdict == .hold { try await advanceOutbox() }
        _ = try await upkeeper.deleteUnneeded(journal)
    }
}

extension DeskVerdict {
    fileprivate func effects(
        on tip: StoredTip, _ toHold: [StoredPlan]
    ) throws(TipRefusal) -> [Effect] {
        switch self {
        case .hold: return try Self.holding(tip, toHold)
        case .resume: return [.decide(tip: tip.id, try tip.state.after(.resumed), .examining)]
        case .reject: return [.decide(tip: tip.id, try tip.state.after(.rejected), .rejected)]
        case .erase:
            _ = try tip.state.after(.erased)
            return [.erase(tip: tip.id)]
        }
    }

    /// After a release the tip's state says how far that has come, and stays; what waits for offices is
    /// kept back all the same, until the desk re-arms its plan.
    private static func holding(
        _ tip: StoredTip, _ toHold: [StoredPlan]
    ) throws(TipRefusal) -> [Effect] {
        let waiting = toHold.map { Effect.plan($0.held) }
        switch tip.state {
        case .released, .dispatched, .acknowledged: return waiting
        default: return [.decide(tip: tip.id, try tip.state.after(.held), .held)] + waiting
        }
    }
}
