internal import Custody
internal import Foundation
internal import GRDB
internal import Quarantine
internal import Tips

/// What one transaction sees.
struct SQLiteReading: QuarantineReading {
    let db: Database

    func rows(_ sql: String, _ arguments: StatementArguments = []) throws(StoreFailure) -> [Row] {
        try mapped("read from the database") {
            try Row.fetchAll(db, sql: sql, arguments: arguments)
        }
    }

    func number(_ sql: String, _ arguments: StatementArguments = []) throws(StoreFailure) -> Int {
        try mapped("read from the database") {
            try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
        }
    }

    func tip(_ id: TipID) throws(StoreFailure) -> StoredTip? {
        guard let row = try rows("SELECT state FROM tip WHERE id = ?", [id.data]).first else {
            return nil
        }
        guard let state = TipState(rawValue: row["state"]) else { throw .damagedRow }
        return StoredTip(id: id, state: state)
    }

    func envelope(_ digest: Hash) throws(StoreFailure) -> StoredEnvelope? {
        guard let row = try rows("SELECT * FROM envelope WHERE digest = ?", [digest.data]).first
        else { return nil }
        return try envelope(row)
    }

    func waitingEnvelopes(limit: Int) throws(StoreFailure) -> [StoredEnvelope] {
        let sql = "SELECT * FROM envelope WHERE confirmed = 0 ORDER BY digest LIMIT ?"
        var envelopes: [StoredEnvelope] = []
        for row in try rows(sql, [limit]) { envelopes.append(try envelope(row)) }
        return envelopes
    }

    func waitingFrames(of tip: TipID) throws(StoreFailure) -> [Hash] {
        let sql = "SELECT digest FROM envelope WHERE tip = ? AND confirmed = 0 ORDER BY digest"
        var frames: [Hash] = []
        for row in try rows(sql, [tip.data]) { frames.append(try row.hash("digest")) }
        return frames
    }

    private func envelope(_ row: Row) throws(StoreFailure) -> StoredEnvelope {
        let digest = try row.hash("digest")
        var parts: [StoredEnvelope.Part] = []
        let sql = """
            SELECT part.header, part.payload, payload.bytes, payload.blob
            FROM part JOIN payload ON payload.digest = part.payload
            WHERE part.envelope = ? ORDER BY part.position
            """
        for part in try rows(sql, [digest.data]) {
            guard let blob = BlobName(part["blob"]) else { throw .damagedRow }
            parts.append(
                StoredEnvelope.Part(
                    header: part.bytes("header"), payload: try part.hash("payload"),
                    payloadBytes: part["bytes"], blob: blob))
        }
        return StoredEnvelope(
            digest: digest, tip: TipID(try row.hash("tip")),
            kind: row["kind"] == "tip" ? .tip : .supplement, head: row.bytes("head"), parts: parts)
    }

    func load(of tip: TipID) throws(StoreFailure) -> (frames: Int, bytes: Int) {
        let sql = """
            SELECT COUNT(*) AS frames, COALESCE(SUM(bytes * (1 - confirmed)), 0) AS bytes
            FROM envelope WHERE tip = ?
            """
        guard let row = try rows(sql, [tip.data]).first else { return (0, 0) }
        return (row["frames"], row["bytes"])
    }

    func acceptedCount() throws(StoreFailure) -> Int { try counter("accepted") }

    func storedBytes() throws(StoreFailure) -> Int {
        try number("SELECT COALESCE(SUM(bytes), 0) FROM payload")
    }

    func counter(_ name: String) throws(StoreFailure) -> Int {
        try number("SELECT value FROM counter WHERE name = ?", [name])
    }

    func payload(_ digest: Hash) throws(StoreFailure) -> StoredPayload? {
        try payloads("WHERE digest = ?", [digest.data]).first
    }

    func payloads() throws(StoreFailure) -> [StoredPayload] {
        try payloads("", [])
    }

    func unneededPayloads(
        stagedBefore hour: Int, now: Int
    ) throws(StoreFailure) -> [StoredPayload] {
        let condition = """
            WHERE (staged_hour IS NULL OR staged_hour < ?)
            AND NOT EXISTS (SELECT 1 FROM part WHERE part.payload = payload.digest)
            AND NOT EXISTS (SELECT 1 FROM bundle_payload JOIN bundle
              ON bundle.digest = bundle_payload.bundle
              WHERE bundle_payload.payload = payload.digest AND bundle.needs_payloads = 1
              AND bundle.expires > ?)
            """
        return try payloads(condition, [hour, now])
    }

    private func payloads(
        _ condition: String, _ arguments: StatementArguments
    ) throws(StoreFailure) -> [StoredPayload] {
        var payloads: [StoredPayload] = []
        for row in try rows("SELECT * FROM payload \(condition) ORDER BY digest", arguments) {
            guard let blob = BlobName(row["blob"]) else { throw .damagedRow }
            payloads.append(
                StoredPayload(
                    digest: try row.hash("digest"), byteCount: row["bytes"], blob: blob))
        }
        return payloads
    }

    func sealedEvents(limit: Int) throws(StoreFailure) -> [(leaf: Hash, sealed: [UInt8])] {
        var events: [(leaf: Hash, sealed: [UInt8])] = []
        for row in try rows("SELECT * FROM journal ORDER BY leaf LIMIT ?", [limit]) {
            events.append((try row.hash("leaf"), row.bytes("sealed")))
        }
        return events
    }

    func isUsed(nonce: Hash) throws(StoreFailure) -> Bool {
        try number("SELECT COUNT(*) FROM nonce WHERE digest = ?", [nonce.data]) > 0
    }

    func mailboxNumbers() throws(StoreFailure) -> (newest: Int, published: Int) {
        (try counter("mailbox"), try counter("mailbox-published"))
    }

    func mailboxSlots() throws(StoreFailure) -> [Hash: [UInt8]] {
        var slots: [Hash: [UInt8]] = [:]
        for row in try rows("SELECT * FROM mailbox") {
            slots[try row.hash("address")] = row.bytes("slot")
        }
        return slots
    }

    func isUsed(slot: Hash) throws(StoreFailure) -> Bool {
        try number("SELECT COUNT(*) FROM used_slot WHERE digest = ?", [slot.data]) > 0
    }

    func directories() throws(StoreFailure) -> [[UInt8]] {
        try rows("SELECT note FROM directory ORDER BY version").map { $0.bytes("note") }
    }
}

extension StoreFailure {
    /// A row that this program would not have written.
    static var damagedRow: StoreFailure { StoreFailure("understand a stored row", code: 0) }
}

extension Bytes32 {
    var data: Data { Data(bytes) }
}

extension Row {
    func bytes(_ column: String) -> [UInt8] {
        let data: Data = self[column]
        return [UInt8](data)
    }

    func hash(_ column: String) throws(StoreFailure) -> Hash {
        guard let hash = Hash(bytes(column)) else { throw .damagedRow }
        return hash
    }
}
