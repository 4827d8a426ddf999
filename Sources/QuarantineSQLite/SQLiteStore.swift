internal import DurableFiles
internal import Foundation
internal import GRDB
package import Quarantine

/// Dispatch's database in one SQLite file: quarantine, outbox, custody log.
///
/// A commit is on the disk when it returns: journal mode WAL with `synchronous=FULL`. GRDB sets
/// `NORMAL` itself when it turns WAL on, under which a power cut loses commits that were answered
/// (style.md §0.1), so the setting is made after opening and read back; a store that cannot confirm
/// it does not open.
package struct SQLiteStore: Sendable {
    let queue: DatabaseQueue

    /// Opens a database that ``create(at:)`` made.
    ///
    /// - Throws: ``StoreFailure``: not there, of another version, damaged, or not durable.
    package init(at path: String) throws(StoreFailure) {
        guard Durable.exists(path) else { throw StoreFailure("open the database", code: ENOENT) }
        try Self.syncLog(of: path)
        queue = try Self.open(path)
        try mapped("check the database") {
            try queue.read { db in
                guard try Int.fetchOne(db, sql: "PRAGMA user_version") == Schema.version else {
                    throw StoreFailure("match the database's version", code: 0)
                }
                guard try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok" else {
                    throw StoreFailure("check the database's integrity", code: 0)
                }
            }
        }
    }

    /// Makes an empty database, once, by an operator: a server never begins one, since a wrong path
    /// in its configuration would otherwise begin a second history.
    ///
    /// - Throws: ``StoreFailure`` with `EEXIST` when there is something already.
    package static func create(at path: String) throws(StoreFailure) {
        guard !Durable.exists(path) else { throw StoreFailure("create the database", code: EEXIST) }
        let queue = try open(path)
        try mapped("create the database") {
            try queue.write { db in
                for statement in Schema.statements { try db.execute(sql: statement) }
            }
            try queue.close()
            guard unsafe chmod(path, 0o600) == 0 else {
                throw StoreFailure("chmod the database", code: errno)
            }
            try Durable.syncDirectory(Durable.parent(of: path))
        }
    }

    /// What `PRAGMA synchronous` answers: 2 is FULL.
    package func synchronousSetting() throws(StoreFailure) -> Int {
        try mapped("read synchronous") {
            try queue.unsafeRead { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
        }
    }

    /// Makes durable what the write-ahead log holds already.
    ///
    /// A process that was killed between writing a commit and syncing it leaves a commit that can be
    /// read, and on whose strength files would be removed, but that a power cut would still undo.
    private static func syncLog(of path: String) throws(StoreFailure) {
        let log = path + "-wal"
        guard Durable.exists(log) else { return }
        try mapped("sync the database's log") { try OpenFile(reading: log).sync() }
    }

    private static func open(_ path: String) throws(StoreFailure) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.label = "quarantine"
        let settings = configuration
        return try mapped("open the database") {
            let queue = try DatabaseQueue(path: path, configuration: settings)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // What is deleted is overwritten, not just unlinked from a page.
                try db.execute(sql: "PRAGMA secure_delete = ON")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                    try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal"
                else { throw StoreFailure("make the database durable", code: 0) }
            }
            return queue
        }
    }
}

/// Runs `body` and turns the errors of database and files into failures of the store.
func mapped<Result>(
    _ operation: String, _ body: () throws -> Result
) throws(StoreFailure) -> Result {
    do {
        return try body()
    } catch let failure as StoreFailure {
        throw failure
    } catch let error as DatabaseError {
        throw StoreFailure(operation, code: error.extendedResultCode.rawValue)
    } catch let error as FileError {
        throw StoreFailure("\(operation): \(error.operation)", code: error.code)
    } catch is CancellationError {
        throw .stopped
    } catch {
        throw StoreFailure(operation, code: 0)
    }
}

extension StoreFailure {
    /// No failure: the task was told to stop in the middle. Leaves a transaction's own code as this,
    /// since that throws nothing else, and the transaction as `CancellationError`.
    fileprivate static let stopped = StoreFailure("go on: told to stop", code: ECANCELED)
}

extension SQLiteStore: QuarantineStore {
    package func transact<Result: Sendable>(
        _ journal: Journal,
        _ decide: @escaping @Sendable (any QuarantineReading) throws -> Outcome<Result>
    ) async throws -> Result {
        do {
            return try await queue.write { db in
                let outcome = try decide(SQLiteReading(db: db))
                let writing = SQLiteWriting(db: db)
                for effect in outcome.effects {
                    try writing.apply(effect, try journal.entry(for: effect))
                }
                for item in outcome.upkeep { try writing.apply(item) }
                return outcome.result
            }
        } catch let failure as StoreFailure where failure == .stopped {
            throw CancellationError()
        } catch let error as DatabaseError {
            throw StoreFailure("write to the database", code: error.extendedResultCode.rawValue)
        }
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any QuarantineReading) throws -> Result
    ) async throws -> Result {
        do {
            return try await queue.read { try body(SQLiteReading(db: $0)) }
        } catch let failure as StoreFailure where failure == .stopped {
            throw CancellationError()
        } catch let error as DatabaseError {
            throw StoreFailure("read from the database", code: error.extendedResultCode.rawValue)
        }
    }

    package func rewrite() async throws {
        do {
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: "VACUUM")
                _ = try db.checkpoint(.truncate)
            }
        } catch let error as DatabaseError {
            throw StoreFailure("rewrite the database", code: error.extendedResultCode.rawValue)
        }
    }
}
