import Custody
import Foundation
import GRDB
import Ledger
import Quarantine
import QuarantineSQLite
import StoreContract
import Testing
import Tips

/// The default store.
struct SQLiteTests {
    @Test("SQLite keeps the store contract")
    func contract() async throws {
        let rig = try Rig()
        try await StoreContract(rig.store, journal: rig.journal).run()
    }

    @Test("A commit is durable: synchronous is FULL when read back, after every opening")
    func synchronous() throws {
        let rig = try Rig()
        #expect(try rig.store.synchronousSetting() == 2)
        #expect(try SQLiteStore(at: rig.path + "/db").synchronousSetting() == 2)
    }

    @Test("A database that is not there is not begun, and one that is there is not made again")
    func preexisting() throws {
        let rig = try Rig()
        #expect(throws: StoreFailure.self) { try SQLiteStore(at: rig.path + "/other") }
        #expect(!FileManager.default.fileExists(atPath: rig.path + "/other"))
        #expect(throws: StoreFailure.self) { try SQLiteStore.create(at: rig.path + "/db") }
    }

    @Test("The schema is the whitelist, no more and no less; no table has a row number")
    func whitelist() async throws {
        let rig = try Rig()
        let queue = try DatabaseQueue(path: rig.path + "/db")
        let found = try await queue.read { db -> [String: Set<String>] in
            var found: [String: Set<String>] = [:]
            let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            for row in try Row.fetchAll(db, sql: sql) {
                let (name, definition): (String, String) = (row["name"], row["sql"])
                #expect(definition.contains("STRICT") && definition.contains("WITHOUT ROWID"))
                found[name] = Set(try db.columns(in: name).map(\.name))
            }
            return found
        }
        #expect(found == StoredBytes.whitelist.mapValues { Set($0.keys) })
    }

    @Test("The log's entries wait from the moment of their effect; the head moves only once")
    func ledger() async throws {
        let rig = try Rig()
        #expect(try await rig.store.head() == nil)
        #expect(try await rig.store.create())
        #expect(try await !rig.store.create())
        try rig.put(try Reporter(1).frame(.tip, for: rig.desk).encoded)
        _ = try await rig.round()
        #expect(try await rig.store.waitingEntries(limit: 9).count == 1)
        let signer = NoteSigner(
            name: try #require(NoteKeyName("log.test/custody")), key: SigningKey.generate())
        let ledger = Ledger(signer: signer, store: rig.store, publisher: MemoryPublisher())
        let checkpoint = try await ledger.tick().checkpoint
        #expect(checkpoint.size == 1)
        #expect(try await rig.store.waitingEntries(limit: 9).isEmpty)
        let entry = try #require(try await rig.store.entries(in: 0..<1).first)
        #expect(try await ledger.proof(of: entry) != nil)
    }
}

/// Publishes to memory.
actor MemoryPublisher: LedgerPublisher {
    private var newest: [UInt8]?

    func checkpoint() async throws -> [UInt8]? { newest }
    func publish(tile path: String, content: [UInt8]) async throws {}
    func publish(checkpoint: [UInt8]) async throws { newest = checkpoint }
}
