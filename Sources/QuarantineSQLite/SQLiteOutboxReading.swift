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

    func bundles() throws(StoreFailure) -> [StoredBundle] {
        try bundles("ORDER BY digest", [])
    }

    func bundles(plan: Hash) throws(StoreFailure) -> [StoredBundle] {
        try bundles("WHERE plan = ? ORDER BY rank", [plan.data])
    }

    private func bundles(
        _ condition: String, _ arguments: StatementArguments
    ) throws(StoreFailure) -> [StoredBundle] {
        var bundles: [StoredBundle] = []
        for row in try rows("SELECT * FROM bundle \(condition)", arguments) {
            bundles.append(try bundle(row))
        }
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
            keyFingerprint: try row.hash("key"), package: row.bytes("package"),
            payloads: payloads, plan: try row.hash("plan"), rank: row["rank"],
            planCount: row["plan_count"],
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
