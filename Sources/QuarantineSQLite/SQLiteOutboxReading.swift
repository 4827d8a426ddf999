internal import Custody
internal import Foundation
internal import GRDB
internal import Quarantine
internal import Tips

/// Bundles and plans.
extension SQLiteReading {
    func bundle(_ digest: Hash) throws(StoreFailure) -> StoredBundle? {
        try bundles("WHERE digest = ?", [digest.data]).first
    }

    func package(of bundle: Hash) throws(StoreFailure) -> [UInt8] {
        let sql = "SELECT package FROM bundle WHERE digest = ?"
        return try rows(sql, [bundle.data]).first?.bytes("package") ?? []
    }

    func openBundles(
        office: String, now: Int
    ) throws(StoreFailure) -> [StoredBundle] {
        let condition = """
            WHERE office = ? AND number IS NOT NULL AND proof IS NOT NULL AND needs_payloads = 1
            AND expires > ? ORDER BY number
            """
        return try bundles(condition, [office, now])
    }

    func unfinishedBundles(now: Int, limit: Int) throws(StoreFailure) -> [StoredBundle] {
        let condition = """
            WHERE state != 'stopped' AND detail != 'closed' AND expires > ?
            ORDER BY digest LIMIT ?
            """
        return try bundles(condition, [now, limit])
    }

    func bundles(key: Hash) throws(StoreFailure) -> [StoredBundle] {
        try bundles("WHERE key = ? ORDER BY digest", [key.data])
    }

    func unprovenReleases() throws(StoreFailure) -> [(bundle: Hash, event: [UInt8])] {
        let sql = """
            SELECT digest, event FROM bundle
            WHERE proof IS NULL AND event != x'' AND state != 'stopped' ORDER BY digest
            """
        var releases: [(bundle: Hash, event: [UInt8])] = []
        for row in try rows(sql) { releases.append((try row.hash("digest"), row.bytes("event"))) }
        return releases
    }

    func bundles(plan: Hash) throws(StoreFailure) -> [StoredBundle] {
        try bundles("WHERE plan = ? ORDER BY rank", [plan.data])
    }

    private func bundles(
        _ condition: String, _ arguments: StatementArguments
    ) throws(StoreFailure) -> [StoredBundle] {
        var bundles: [StoredBundle] = []
        // Not the package: it can have megabytes, and is asked for by itself.
        let sql = """
            SELECT digest, tip, office, key, plan, rank, plan_count, not_before, due, expires,
              event, proof, state, detail, needs_payloads, was_served, number
            FROM bundle \(condition)
            """
        for row in try rows(sql, arguments) { bundles.append(try bundle(row)) }
        return bundles
    }

    private func bundle(_ row: Row) throws(StoreFailure) -> StoredBundle {
        let digest = try row.hash("digest")
        var payloads: [Hash] = []
        let sql = "SELECT payload FROM bundle_payload WHERE bundle = ? ORDER BY payload"
        for payload in try rows(sql, [digest.data]) { payloads.append(try payload.hash("payload")) }
        let proof: Data? = row["proof"]
        return StoredBundle(
            digest: digest, tip: TipID(try row.hash("tip")), office: row["office"],
            keyFingerprint: try row.hash("key"), payloads: payloads,
            plan: try row.hash("plan"), rank: row["rank"], planCount: row["plan_count"],
            hours: BundleHours(
                notBefore: row["not_before"], due: row["due"], expires: row["expires"]),
            state: BundleState(
                name: row["state"], detail: row["detail"], needsPayloads: row["needs_payloads"]),
            wasServed: row["was_served"], number: row["number"], event: row.bytes("event"),
            proof: proof.map { [UInt8]($0) })
    }

    func plan(_ id: Hash) throws(StoreFailure) -> StoredPlan? {
        try plans("WHERE id = ?", [id.data]).first
    }

    func plans(of tip: TipID) throws(StoreFailure) -> [StoredPlan] {
        try plans("WHERE tip = ? ORDER BY id", [tip.data])
    }

    func openPlans() throws(StoreFailure) -> [StoredPlan] {
        let condition = """
            WHERE EXISTS (SELECT 1 FROM bundle
              WHERE bundle.plan = plan.id AND bundle.state IN ('queued', 'offered'))
            ORDER BY id
            """
        return try plans(condition, [])
    }

    private func plans(
        _ condition: String, _ arguments: StatementArguments
    ) throws(StoreFailure) -> [StoredPlan] {
        var plans: [StoredPlan] = []
        for row in try rows("SELECT * FROM plan \(condition)", arguments) {
            let id = try row.hash("id")
            var dues: [Hash: Int] = [:]
            for bundle in try rows("SELECT digest, due FROM bundle WHERE plan = ?", [id.data]) {
                dues[try bundle.hash("digest")] = bundle["due"]
            }
            plans.append(
                StoredPlan(
                    id: id, tip: TipID(try row.hash("tip")), isHeld: row["is_held"],
                    deferrals: row["deferrals"], dues: dues))
        }
        return plans
    }

    func highestNumber(office: String) throws(StoreFailure) -> Int {
        try counter("office:" + office)
    }
}
