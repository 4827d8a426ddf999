internal import Custody
internal import Foundation
internal import GRDB
internal import Quarantine
internal import Tips

/// Applies effects and upkeep inside a transaction.
struct SQLiteWriting {
    let db: Database

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try db.execute(sql: sql, arguments: arguments)
    }

    /// Applies an effect together with its entry of the custody log.
    func apply(_ effect: Effect, _ entry: JournalEntry) throws {
        try run("INSERT INTO ledger_waiting (leaf) VALUES (?)", [entry.commitment.data])
        try run(
            "INSERT INTO journal (leaf, sealed) VALUES (?, ?)",
            [entry.commitment.data, Data(entry.sealed)])
        switch effect {
        case .accept(let envelope): try accept(envelope)
        case .pull(_, let tip, let state), .decide(let tip, let state, _): try set(tip, state)
        case .confirm(let envelope, _): try confirm(envelope)
        case .erase(let tip): try erase(tip)
        case .release(let bundle, let package, let plan, let tip):
            try insert(bundle, package, plan, opening: entry.opening)
            try set(bundle.tip, tip)
        case .serve(let bundle):
            try run("UPDATE bundle SET was_served = 1 WHERE digest = ?", [bundle.digest.data])
        case .bundle(let bundle, let state, let tip, _):
            try move(bundle, to: state)
            try set(bundle.tip, tip)
        case .answer(let answer, let bundle, let state, let plan, let tip):
            try insert(answer)
            try move(bundle, to: state)
            try update(plan)
            try set(bundle.tip, tip)
        case .plan(let plan): try update(plan)
        }
    }

    private func accept(_ envelope: StoredEnvelope) throws {
        if envelope.kind == .tip {
            try run(
                "INSERT INTO tip (id, state) VALUES (?, ?)",
                [envelope.tip.data, TipState.quarantined.rawValue])
        }
        try run(
            """
            INSERT INTO envelope (digest, tip, kind, head, bytes, confirmed)
            VALUES (?, ?, ?, ?, ?, 0)
            """,
            [
                envelope.digest.data, envelope.tip.data,
                envelope.kind == .tip ? "tip" : "supplement", Data(envelope.head),
                envelope.byteCount,
            ])
        for (position, part) in envelope.parts.enumerated() {
            try run(
                "INSERT OR IGNORE INTO payload (digest, blob, bytes) VALUES (?, ?, ?)",
                [part.payload.data, part.blob.text, part.payloadBytes])
            try run(
                "INSERT INTO part (envelope, position, header, payload) VALUES (?, ?, ?, ?)",
                [envelope.digest.data, position, Data(part.header), part.payload.data])
        }
        try raise("accepted", by: 1)
    }

    private func confirm(_ envelope: Hash) throws {
        try run("DELETE FROM part WHERE envelope = ?", [envelope.data])
        try run(
            "UPDATE envelope SET confirmed = 1, head = x'' WHERE digest = ?", [envelope.data])
    }

    /// Frames, packages and sealed files go; names stay, so that nothing of it is taken again.
    private func erase(_ tip: TipID) throws {
        let frames = "SELECT digest FROM envelope WHERE tip = ?"
        try run("DELETE FROM part WHERE envelope IN (\(frames))", [tip.data])
        try run("UPDATE envelope SET confirmed = 1, head = x'' WHERE tip = ?", [tip.data])
        let bundles = "SELECT digest FROM bundle WHERE tip = ?"
        try run("DELETE FROM bundle_payload WHERE bundle IN (\(bundles))", [tip.data])
        try run("DELETE FROM answer WHERE bundle IN (\(bundles))", [tip.data])
        try run(
            """
            UPDATE bundle SET package = x'', event = x'', proof = NULL, needs_payloads = 0,
            state = 'stopped', detail = 'erased' WHERE tip = ?
            """, [tip.data])
        try set(tip, .erased)
    }

    private func set(_ tip: TipID, _ state: TipState) throws {
        try run("UPDATE tip SET state = ? WHERE id = ?", [state.rawValue, tip.data])
    }

    private func insert(
        _ bundle: StoredBundle, _ package: [UInt8], _ plan: StoredPlan, opening: [UInt8]
    ) throws {
        try run(
            "INSERT OR IGNORE INTO plan (id, tip, is_held, deferrals) VALUES (?, ?, 0, 0)",
            [plan.id.data, plan.tip.data])
        try run(
            """
            INSERT INTO bundle (digest, tip, office, key, plan, rank, plan_count, not_before, due,
              expires, package, event, state, detail, needs_payloads, was_served)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                bundle.digest.data, bundle.tip.data, bundle.office, bundle.keyFingerprint.data,
                bundle.plan.data, bundle.rank, bundle.planCount, bundle.hours.notBefore,
                bundle.hours.due, bundle.hours.expires, Data(package), Data(opening),
                bundle.state.name, bundle.state.detail, bundle.state.needsPayloads,
            ])
        for payload in Set(bundle.payloads) {
            try run(
                "INSERT INTO bundle_payload (bundle, payload) VALUES (?, ?)",
                [bundle.digest.data, payload.data])
            // The bundle keeps it from now on.
            try run("UPDATE payload SET staged_hour = NULL WHERE digest = ?", [payload.data])
        }
    }

    /// Payloads that a bundle has ceased to need may be gone: it never needs them again.
    private func move(_ bundle: StoredBundle, to state: BundleState) throws {
        try run(
            """
            UPDATE bundle SET state = ?, detail = ?, needs_payloads = MIN(needs_payloads, ?),
            number = COALESCE(number, ?) WHERE digest = ?
            """,
            [state.name, state.detail, state.needsPayloads, bundle.number, bundle.digest.data])
        if let number = bundle.number {
            let name = "office:" + bundle.office
            try run(
                """
                INSERT INTO counter (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = MAX(value, excluded.value)
                """, [name, number])
        }
    }

    private func update(_ plan: StoredPlan) throws {
        try run(
            "UPDATE plan SET is_held = ?, deferrals = ? WHERE id = ?",
            [plan.isHeld, plan.deferrals, plan.id.data])
        for (bundle, due) in plan.dues {
            try run("UPDATE bundle SET due = ? WHERE digest = ?", [due, bundle.data])
        }
    }

    private func insert(_ answer: StoredAnswer) throws {
        try run(
            """
            INSERT INTO answer (digest, bundle, office, acknowledgement, confirmed)
            VALUES (?, ?, ?, ?, 0)
            """,
            [
                answer.digest.data, answer.bundle.data, answer.office,
                Data(answer.acknowledgement),
            ])
    }

    private func raise(_ counter: String, by count: Int) throws {
        try run(
            """
            INSERT INTO counter (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
            """, [counter, count])
    }

    /// Applies a write that says nothing of a tip.
    func apply(_ upkeep: Upkeep) throws {
        switch upkeep {
        case .useNonce(let digest, let hour):
            try run("INSERT INTO nonce (digest, hour) VALUES (?, ?)", [digest.data, hour])
        case .forgetNonces(let hour): try run("DELETE FROM nonce WHERE hour < ?", [hour])
        case .forgetEvents(let leaves):
            for leaf in leaves { try run("DELETE FROM journal WHERE leaf = ?", [leaf.data]) }
        case .confirmAnswers(let digests):
            for digest in digests {
                try run("UPDATE answer SET confirmed = 1 WHERE digest = ?", [digest.data])
            }
        case .stagePayload(let payload, let hour): try stage(payload, hour: hour)
        case .forgetPayloads(let digests):
            for digest in digests { try run("DELETE FROM payload WHERE digest = ?", [digest.data]) }
        case .renameBlob(let digest, let name):
            try run("UPDATE payload SET blob = ? WHERE digest = ?", [name.text, digest.data])
        case .setProof(let bundle, let proof):
            try run("UPDATE bundle SET proof = ? WHERE digest = ?", [Data(proof), bundle.data])
        case .replaceMailboxes(let number, let slots): try replaceMailboxes(number, slots)
        case .publishedMailboxes(let number): try setCounter("mailbox-published", number)
        case .adoptDirectory(let version, let note):
            try run(
                "INSERT OR IGNORE INTO directory (version, note) VALUES (?, ?)",
                [version, Data(note)])
        }
    }

    private func stage(_ payload: StoredPayload, hour: Int) throws {
        try run(
            """
            INSERT INTO payload (digest, blob, bytes, staged_hour) VALUES (?, ?, ?, ?)
            ON CONFLICT (digest) DO UPDATE SET staged_hour = excluded.staged_hour
            """,
            [payload.digest.data, payload.blob.text, payload.byteCount, hour])
    }

    private func replaceMailboxes(_ number: Int, _ slots: [Hash: [UInt8]]) throws {
        try run("DELETE FROM mailbox", [])
        for (address, slot) in slots {
            try run(
                "INSERT INTO mailbox (address, slot) VALUES (?, ?)", [address.data, Data(slot)])
            try run(
                "INSERT INTO used_slot (digest) VALUES (?)", [Hash(sha256: slot).data])
        }
        try setCounter("mailbox", number)
    }

    private func setCounter(_ name: String, _ value: Int) throws {
        try run(
            """
            INSERT INTO counter (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, [name, value])
    }
}
