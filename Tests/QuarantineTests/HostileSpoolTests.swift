import Custody
import Foundation
import Quarantine
import QuarantineSQLite
import Synchronization
import Testing
import Tips

/// Whoever writes the spool, or holds a receipt, cannot stop dispatch or take an erased tip back.
struct HostileSpoolTests {
    private let reporter = Reporter(1)

    @Test("A second tip under the same key is parked; the first one and its files stay")
    func secondTip() async throws {
        let rig = try Rig()
        for _ in 0..<2 { try rig.put(try reporter.frame(.tip, for: rig.desk).encoded) }
        let report = try await rig.round()
        #expect(report.accepted == 1 && report.parked == 1)
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        #expect(try await rig.round().parked == 1)
        #expect(try rig.count("spool/new") == 0)
        #expect(try rig.count("spool/corrupt") == 2)
        #expect(try rig.count("blobs") == Envelope.tipPartCount)
    }

    @Test("A supplement to an erased tip is dropped like one to no tip")
    func erasedTip() async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        _ = try await rig.round()
        try await rig.erase(reporter.tip)
        try rig.put(try reporter.frame(.supplement, for: rig.desk).encoded)
        var deferred: Set<String> = []
        #expect(try await rig.round(deferred: &deferred).left == 1)
        #expect(try await rig.round(deferred: &deferred).orphans == 1)
        try await rig.expectNothing()
    }

    @Test("A supplement whose tip is erased while its files are copied leaves nothing")
    func erasedMeanwhile() async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        _ = try await rig.round()
        try rig.put(try reporter.frame(.supplement, for: rig.desk).encoded)
        let tip = reporter.tip
        let store = InterruptedStore(rig.store) { try await rig.erase(tip) }
        var deferred: Set<String> = []
        #expect(try await rig.round(store: store, deferred: &deferred).left == 1)
        try await rig.expectNothing(inSpool: 1)
    }

    @Test("A socket, an unreadable file and one that vanishes stop nothing")
    func unreadable() async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        try rig.putSocket()
        if geteuid() != 0 {
            let path = "\(rig.path)/spool/new/\(BlobName.random().text)"
            try Data([1]).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        }
        let names = try rig.spool.names().count
        #expect(try await rig.round().accepted == 1)
        #expect(try rig.count("spool/new") == names - 1)
        for reads in [0, 1, 5] {
            let rig = try Rig()
            try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
            var deferred: Set<String> = []
            let spool = VanishingSpool(inner: rig.spool, after: reads)
            #expect(try await rig.round(spool: spool, deferred: &deferred) == SpoolReport())
            #expect(try rig.count("blobs") == 0)
        }
    }

    @Test("A payload deleted during the hourly copy is passed over", arguments: [1, 2])
    func deletedMeanwhile(_ reads: Int) async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        _ = try await rig.round()
        let store = InterruptedStore(rig.store, afterReads: reads) {
            try await rig.erase(reporter.tip)
            _ = try await Upkeeper(blobs: rig.blobs, store: rig.store).deleteUnneeded(rig.journal)
        }
        #expect(try await Upkeeper(blobs: rig.blobs, store: store).shuffle(rig.journal) == 0)
        #expect(try rig.count("blobs") == 0)
    }

    @Test("A task that is told to stop in the middle of reading is no failure of the store")
    func stopped() async throws {
        let rig = try Rig()
        let store = rig.store
        let (begun, signal) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await store.read { reading -> Int in
                signal.finish()
                while true { _ = try reading.acceptedCount() }
            }
        }
        for await _ in begun {}
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await rig.store.read { try $0.acceptedCount() } == 0)
    }
}

extension Rig {
    func erase(_ tip: TipID) async throws {
        try await store.transact(journal) { _ in Outcome((), effects: [.erase(tip: tip)]) }
        _ = try await Upkeeper(blobs: blobs, store: store).deleteUnneeded(journal)
    }

    /// Nothing waits for the desk, and no payload is kept.
    func expectNothing(inSpool spooled: Int = 0) async throws {
        #expect(try await store.read { try $0.waitingEnvelopes(limit: 9) } == [])
        #expect(try await store.read { try $0.payloads() } == [])
        #expect(try count("blobs") == 0)
        #expect(try count("spool/new") == spooled)
    }

    /// What `socket` and `bind` leave under a frame's name.
    func putSocket() throws {
        let name = "\(path)/spool/new/\(BlobName.random().text)"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // The name is longer than an address: bound beside, then moved.
        let short = "/tmp/\(UInt32.random(in: .min ... .max)).sock"
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: short.utf8)
        }
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
        try FileManager.default.moveItem(atPath: short, toPath: name)
    }
}

/// Somebody takes the files away after so many readings.
struct VanishingSpool: Spool {
    let inner: any Spool
    let after: Int
    private let count = Counter()

    init(inner: any Spool, after: Int) {
        self.inner = inner
        self.after = after
    }

    func names() throws(StoreFailure) -> [String] { try inner.names() }
    func byteCount(of name: String) throws(StoreFailure) -> Int? { try inner.byteCount(of: name) }
    func read(_ name: String, at offset: Int, count: Int) throws(StoreFailure) -> [UInt8]? {
        if self.count.next() == after { try inner.remove(name) }
        return try inner.read(name, at: offset, count: count)
    }
    func remove(_ name: String) throws(StoreFailure) { try inner.remove(name) }
    func park(_ name: String) throws(StoreFailure) { try inner.park(name) }
}

/// A store in which something else happens: before the first transaction, or after so many reads.
struct InterruptedStore: QuarantineStore {
    let inner: SQLiteStore
    let reads: Int?
    let other: @Sendable () async throws -> Void
    private let count = Counter()

    init(
        _ inner: SQLiteStore, afterReads reads: Int? = nil,
        _ other: @escaping @Sendable () async throws -> Void
    ) {
        self.inner = inner
        self.reads = reads
        self.other = other
    }

    func transact<Result: Sendable>(
        _ journal: Journal,
        _ decide: @escaping @Sendable (any QuarantineReading) throws -> Outcome<Result>
    ) async throws -> Result {
        if reads == nil, count.next() == 0 { try await other() }
        return try await inner.transact(journal, decide)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any QuarantineReading) throws -> Result
    ) async throws -> Result {
        let result = try await inner.read(body)
        if let reads, count.next() == reads - 1 { try await other() }
        return result
    }

    func rewrite() async throws { try await inner.rewrite() }
}

/// Counts from 0.
final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }
}
