import Agencies
import Custody
import Foundation
import NativePrimitives
import Opening
import Quarantine
import QuarantineSQLite
import Sealing
import Synchronization
import Tips

/// A directory on disk that goes with its owner, and real stores in it.
final class Rig: Sendable {
    let path: String
    let store: SQLiteStore
    let blobs: FileBlobStore
    let spool: FileSpool
    let desk = Recipient.random()
    let directory: Directory
    let today = given(Day("2026-11-20"))

    init() throws {
        path = NSTemporaryDirectory() + "quarantine-" + UUID().uuidString
        for folder in ["", "/blobs", "/spool"] {
            try FileManager.default.createDirectory(
                atPath: path + folder, withIntermediateDirectories: true)
        }
        try SQLiteStore.create(at: path + "/db")
        store = try SQLiteStore(at: path + "/db")
        blobs = FileBlobStore(directory: path + "/blobs")
        spool = try FileSpool(directory: path + "/spool")
        directory = try Self.directory(desk)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var journal: Journal { Journal(desk: desk, hour: given(Hour("2026-11-20T10"))) }

    private static func directory(_ desk: Recipient) throws -> Directory {
        let root = SigningKey.generate()
        let log = SigningKey.generate()
        let issued = given(Day("2026-11-01"))
        let epochs = [1, 2].map { number in
            DeskEpoch(
                number: number, recipient: number == 1 ? desk : .random(), legacyRecipient: nil,
                opens: issued, closes: issued.adding(days: 60), isDead: number == 2)
        }
        let contents = try DirectoryContents(
            version: 1, issued: issued, expires: issued.adding(days: 90), epochs: epochs,
            deskKey: SigningKey.generate().publicKey,
            offices: [
                Office(
                    id: given(OfficeID("office-a")), name: "A", country: "TH", kind: .policeUnit,
                    isMilitaryLinked: false, recipient: .random(),
                    signingKey: SigningKey.generate().publicKey, contact: "by post",
                    descriptions: ["en": "An office of a test."])
            ],
            verifiers: ["alice", "bob"].map {
                Verifier(
                    person: given(PersonID($0)), name: $0, key: SigningKey.generate().publicKey)
            },
            log: NoteVerifier(name: given(NoteKeyName("log.test/custody")), key: log.publicKey),
            witnesses: [], policyDigest: Hash(sha256: [1]), revoked: [])
        let signer = NoteSigner(name: given(NoteKeyName("root.test/sallyport")), key: root)
        return try UnverifiedDirectory(signer.sign(contents.text)).signed(by: signer.verifier)
    }

    /// Puts a file into the spool, as intake does.
    func put(_ bytes: [UInt8]) throws {
        let name = BlobName.random().text
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/spool/new/\(name)"))
    }

    func count(_ folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").count
    }

    func round(
        spool: (any Spool)? = nil, blobs: (any BlobStore)? = nil,
        store: (any QuarantineStore)? = nil, quotas: Quotas = Quotas(),
        deferred: inout Set<String>
    ) async throws -> SpoolReport {
        try await SpoolConsumer(
            spool: spool ?? self.spool, blobs: blobs ?? self.blobs, store: store ?? self.store,
            quotas: quotas
        ).round(directory: directory, today: today, journal: journal, deferred: &deferred)
    }

    func round(quotas: Quotas = Quotas()) async throws -> SpoolReport {
        var deferred: Set<String> = []
        return try await round(quotas: quotas, deferred: &deferred)
    }
}

extension Recipient {
    static func random() -> Recipient {
        guard let identity = try? Identity<NativePrimitives>.generate(.mlkem768x25519) else {
            preconditionFailure("a random identity")
        }
        return identity.recipient
    }
}

/// Real frames of one reporter.
struct Reporter {
    let seed: [UInt8]

    init(_ number: UInt8) { seed = [UInt8](repeating: number, count: 32) }

    private func signer() -> TipSigner<NativePrimitives> {
        guard let signer = TipSigner<NativePrimitives>(seed: Secret(copying: seed.span)) else {
            preconditionFailure("32 bytes are a seed")
        }
        return signer
    }

    func frame(
        _ kind: Envelope.Kind, for desk: Recipient, epoch: Int = 1, parts: Int? = nil
    ) throws -> Frame {
        let signer = self.signer()
        let count = parts ?? (kind == .tip ? Envelope.tipPartCount : 2)
        let sealed = try (0..<count).map { _ in
            try SealedContainer.sealing(
                [UInt8](repeating: 0x20, count: Padding.floorBytes).span, to: [desk],
                with: NativePrimitives.self)
        }
        return try Frame.make(kind: kind, epoch: epoch, parts: sealed, signedBy: signer)
    }

    var tip: TipID {
        TipID(native: signer().key)
    }
}

/// A constant of a test that is certainly there.
func given<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a constant of a test") }
    return value
}

/// Where a fault comes.
struct Fault: Error {}

/// Counts the calls of a store and throws at the one that is chosen, before or after it acts: what
/// a kill at that moment leaves behind.
final class FaultPlan: Sendable {
    private let left: Mutex<Int>
    let isAfter: Bool

    init(at call: Int, isAfter: Bool) {
        left = Mutex(call)
        self.isAfter = isAfter
    }

    /// Whether every call was made without a fault.
    var isUntouched: Bool { left.withLock { $0 >= 0 } }

    func call<Result>(_ name: String, _ body: () throws -> Result) throws(StoreFailure) -> Result {
        let isNow = left.withLock { left in
            left -= 1
            return left == -1
        }
        do {
            if isNow, !isAfter { throw Fault() }
            let result = try body()
            if isNow { throw Fault() }
            return result
        } catch {
            throw error as? StoreFailure ?? StoreFailure("planned fault in \(name)", code: 5)
        }
    }
}

struct FaultySpool: Spool {
    let inner: any Spool
    let plan: FaultPlan

    func names() throws(StoreFailure) -> [String] { try plan.call("names") { try inner.names() } }
    func byteCount(of name: String) throws(StoreFailure) -> Int? {
        try plan.call("byteCount") { try inner.byteCount(of: name) }
    }
    func read(_ name: String, at offset: Int, count: Int) throws(StoreFailure) -> [UInt8]? {
        try plan.call("read") { try inner.read(name, at: offset, count: count) }
    }
    func remove(_ name: String) throws(StoreFailure) {
        try plan.call("remove") { try inner.remove(name) }
    }
    func park(_ name: String) throws(StoreFailure) {
        try plan.call("park") { try inner.park(name) }
    }
}

struct FaultyBlobs: BlobStore {
    let inner: any BlobStore
    let plan: FaultPlan

    func begin() throws(StoreFailure) -> any BlobWriter {
        FaultyWriter(inner: try plan.call("begin") { try inner.begin() }, plan: plan)
    }
    func read(_ name: BlobName, range: Range<Int>) throws(StoreFailure) -> [UInt8]? {
        try plan.call("read") { try inner.read(name, range: range) }
    }
    func remove(_ name: BlobName) throws(StoreFailure) {
        try plan.call("remove") { try inner.remove(name) }
    }
    func names() throws(StoreFailure) -> [BlobName] { try inner.names() }
    func copy(_ name: BlobName) throws(StoreFailure) -> BlobName? {
        try plan.call("copy") { try inner.copy(name) }
    }
}

final class FaultyWriter: BlobWriter {
    let inner: any BlobWriter
    let plan: FaultPlan

    init(inner: any BlobWriter, plan: FaultPlan) {
        self.inner = inner
        self.plan = plan
    }

    func write(_ bytes: [UInt8]) throws(StoreFailure) {
        try plan.call("write") { try inner.write(bytes) }
    }
    func commit() throws(StoreFailure) -> BlobName {
        try plan.call("commit") { try inner.commit() }
    }
}
