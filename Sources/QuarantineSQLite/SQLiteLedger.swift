package import Custody
internal import Foundation
internal import GRDB
package import Ledger
internal import Quarantine
internal import Tips

/// The custody log in the same database: effects put their entries into `ledger_waiting`.
extension SQLiteStore: LedgerStore {
    package func head() async throws -> LedgerHead? {
        try await ledger { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT size, root FROM ledger_head") else {
                return nil
            }
            return LedgerHead(size: try row.count("size"), root: try row.hash("root"))
        }
    }

    package func create() async throws -> Bool {
        try await ledgerWrite { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO ledger_head (id, size, root) VALUES (1, 0, ?)",
                arguments: [LedgerHead.empty.root.data])
            return db.changesCount == 1
        }
    }

    package func waitingEntries(limit: Int) async throws -> [Hash] {
        try await ledger { db in
            try Row.fetchAll(
                db, sql: "SELECT leaf FROM ledger_waiting ORDER BY leaf LIMIT ?", arguments: [limit]
            ).map { try $0.hash("leaf") }
        }
    }

    package func advance(_ step: LedgerStep) async throws -> Bool {
        try await ledgerWrite { db in
            try db.execute(
                sql: "UPDATE ledger_head SET size = ?, root = ? WHERE size = ? AND root = ?",
                arguments: [
                    Int64(step.to.size), step.to.root.data, Int64(step.from.size),
                    step.from.root.data,
                ])
            guard db.changesCount == 1 else { return false }
            for (offset, entry) in step.entries.enumerated() {
                try db.execute(
                    sql: "INSERT INTO ledger_entry (position, leaf) VALUES (?, ?)",
                    arguments: [Int64(step.from.size) + Int64(offset), entry.data])
                try db.execute(
                    sql: "DELETE FROM ledger_waiting WHERE leaf = ?", arguments: [entry.data])
            }
            for node in step.nodes {
                try db.execute(
                    sql: "INSERT INTO ledger_node (level, position, hash) VALUES (?, ?, ?)",
                    arguments: [node.place.level, Int64(node.place.index), node.hash.data])
            }
            return true
        }
    }

    package func hashes(at places: [NodePlace]) async throws -> [Hash] {
        try await ledger { db in
            try places.map { place in
                let row = try Row.fetchOne(
                    db, sql: "SELECT hash FROM ledger_node WHERE level = ? AND position = ?",
                    arguments: [place.level, Int64(place.index)])
                guard let row else { throw StoreFailure("find a node of the log", code: 0) }
                return try row.hash("hash")
            }
        }
    }

    package func entries(in range: Range<UInt64>) async throws -> [Hash] {
        try await ledger { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT leaf FROM ledger_entry WHERE position >= ? AND position < ?
                    ORDER BY position
                    """,
                arguments: [Int64(range.lowerBound), Int64(range.upperBound)]
            ).map { try $0.hash("leaf") }
        }
    }

    package func index(of entry: Hash) async throws -> UInt64? {
        try await ledger { db in
            try Row.fetchOne(
                db, sql: "SELECT position FROM ledger_entry WHERE leaf = ?", arguments: [entry.data]
            ).map { try $0.count("position") }
        }
    }

    private func ledger<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        do {
            return try await queue.read(body)
        } catch let error as DatabaseError {
            throw StoreFailure("read the log", code: error.extendedResultCode.rawValue)
        }
    }

    private func ledgerWrite<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        do {
            return try await queue.write(body)
        } catch let error as DatabaseError {
            throw StoreFailure("write the log", code: error.extendedResultCode.rawValue)
        }
    }
}

extension Row {
    fileprivate func count(_ column: String) throws(StoreFailure) -> UInt64 {
        let value: Int64 = self[column]
        guard let count = UInt64(exactly: value) else { throw .damagedRow }
        return count
    }
}
