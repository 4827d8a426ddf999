import Agencies
import Custody
import Foundation
import Forwarding
import Logging
import NativePrimitives
import Opening
import PartnerAPI
import PartnerClient
import Quarantine
import QuarantineSQLite
import ReleaseKit
import Sealing
import Serving
import Synchronization
import Tips
import Wire

/// A running dispatch on loopback, with real keys, files, database and clocks.
final class World: Sendable {
    let path: String
    let sample: SampleWorld
    let store: SQLiteStore
    let directory: Directory
    let desk: Identity<NativePrimitives>
    private let server: Task<Void, any Error>
    let port: Int

    /// Keys: see `SampleWorld.key(_:)`; the directory is signed today.
    ///
    /// - Parameter settings: variables of the configuration, over those of ``settings(_:_:_:)``.
    init(_ settings: [String: String] = [:]) async throws {
        path = NSTemporaryDirectory() + "dispatch-" + UUID().uuidString
        for folder in ["", "/state", "/state/blobs", "/spool"] {
            try FileManager.default.createDirectory(
                atPath: path + folder, withIntermediateDirectories: true)
        }
        sample = try SampleWorld()
        desk = try .generate(.mlkem768x25519)
        let note = try Self.note(sample, desk.recipient)
        directory = try UnverifiedDirectory(note).signed(by: sample.root())
        try SQLiteStore.create(at: path + "/state/dispatch.sqlite")
        store = try SQLiteStore(at: path + "/state/dispatch.sqlite")
        _ = try await store.create()
        try await Dispatch.adopt(
            directory: note, root: try sample.root(), clock: Self.today, into: store)
        let pem = try SampleWorld.key(2).pkcs8PEM().withBytes { [UInt8](copying: $0) }
        try Data(pem).write(to: URL(fileURLWithPath: path + "/log.key"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: path + "/log.key")
        let (server, port) = try await Self.serve(
            try await Self.settings(path, sample, settings), store)
        self.server = server
        self.port = port
    }

    static var today: Day {
        guard let today = Day(unixTime: Int(Date().timeIntervalSince1970)) else {
            preconditionFailure("the clock is outside the calendar")
        }
        return today
    }

    /// The settings of a server in `path`, whose clocks tick every second.
    static func settings(
        _ path: String, _ sample: SampleWorld, _ more: [String: String] = [:]
    ) async throws -> DispatchSettings {
        let usual = [
            "T_STATE": path + "/state", "T_SPOOL": path + "/spool", "T_PUBLIC": path + "/public",
            "T_LOG_KEY": path + "/log.key", "T_ROOT_KEY": try sample.root().vkey,
            "T_CHECKPOINT_SECONDS": "1", "T_MAILBOX_SECONDS": "1", "T_LISTEN_PORT": "0",
        ]
        let environment = usual.merging(more) { $1 }
        return try DispatchSettings(
            try await SettingsFile(path: nil, prefix: "T", environment: environment))
    }

    static func serve(
        _ settings: DispatchSettings, _ store: SQLiteStore
    ) async throws -> (Task<Void, any Error>, Int) {
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = Task {
            defer { continuation.finish() }
            try await DispatchServer(settings, logger: .quiet(program: "test")).run(
                store: store, blobs: FileBlobStore(directory: settings.blobs),
                spool: try FileSpool(directory: settings.spool)
            ) { continuation.yield($0) }
        }
        for await port in ports { return (server, port) }
        try await server.value
        throw Missing()
    }

    private static func note(_ sample: SampleWorld, _ desk: Recipient) throws -> [UInt8] {
        let old = try sample.directory(sample.directoryNote()).contents
        let epoch = DeskEpoch(
            number: 1, recipient: desk, legacyRecipient: nil, opens: today,
            closes: today.adding(days: 30), isDead: false)
        let contents = try DirectoryContents(
            version: 7, issued: today, expires: today.adding(days: 90), epochs: [epoch],
            deskKey: old.deskKey, offices: old.offices, verifiers: old.verifiers, log: old.log,
            witnesses: [], policyDigest: old.policyDigest, revoked: [])
        let signer = NoteSigner(
            name: try required(NoteKeyName("root.test/sallyport")), key: try SampleWorld.key(1))
        return try signer.sign(contents.text)
    }

    /// Ends the server; the files go too, unless they are for `keeping`.
    func stop(keeping: Bool = false) async {
        server.cancel()
        _ = try? await server.value
        guard !keeping else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    var endpoint: PartnerEndpoint {
        get throws {
            try PartnerEndpoint(origin: "http://127.0.0.1:\(port)", log: sample.log().verifier)
        }
    }

    func deskClient(key: UInt8 = 3) throws -> DeskClient {
        try DeskClient(to: endpoint, as: PartnerSigner(SampleWorld.key(key)))
    }

    func officeClient(_ office: String = "office-a", key: UInt8 = 4) throws -> OfficeClient {
        try OfficeClient(
            to: endpoint, office: required(OfficeID(office)),
            as: PartnerSigner(SampleWorld.key(key)))
    }

    /// Puts a tip of reporter 20 into the spool, as intake does.
    func putTip(of reporter: UInt8 = 20) throws -> Frame {
        let sealed = try (0..<Envelope.tipPartCount).map { _ in
            try SealedContainer.sealing(
                [UInt8](repeating: 0x20, count: Padding.floorBytes).span, to: [desk.recipient],
                with: NativePrimitives.self)
        }
        let frame = try Frame.make(
            kind: .tip, epoch: 1, parts: sealed, signedBy: SampleWorld.reporter(reporter))
        try Data(frame.encoded).write(
            to: URL(fileURLWithPath: "\(path)/spool/new/\(BlobName.random().text)"))
        return frame
    }

    /// Puts a supplement of reporter 20 into the spool, as intake does.
    func putSupplement() throws {
        let sealed = try (0..<2).map { _ in
            try SealedContainer.sealing(
                [UInt8](repeating: 0x20, count: Padding.floorBytes).span, to: [desk.recipient],
                with: NativePrimitives.self)
        }
        let frame = try Frame.make(
            kind: .supplement, epoch: 1, parts: sealed, signedBy: SampleWorld.reporter())
        try Data(frame.encoded).write(
            to: URL(fileURLWithPath: "\(path)/spool/new/\(BlobName.random().text)"))
    }

    /// What dispatch does besides HTTP, on the server's stores.
    func dispatch() async throws -> Dispatch {
        try await Dispatch(
            store: store, blobs: FileBlobStore(directory: path + "/state/blobs"),
            spool: try FileSpool(directory: path + "/spool"),
            publicDirectory: try PublicDirectory(path: path + "/public"),
            logKey: try LogKey.read(path + "/log.key"), root: try sample.root(), quotas: Quotas())
    }

    /// A release for an office, in force from now.
    func release(
        _ office: String = "office-a", signers: [String] = ["alice", "bob"],
        plan: ReleasePackage.Plan? = nil
    ) throws -> SampleBundle {
        var release = try SampleRelease(for: office, in: sample)
        release.directory = directory
        release.signers = signers
        release.plan = plan
        let now = try required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))
        release.notBefore = now.text
        release.expires = try required(now.adding(hours: 240)).text
        return try release.build(in: sample)
    }

    /// Uploads a release's payloads, then the release.
    func hand(_ bundle: SampleBundle, _ desk: DeskClient) async throws {
        for payload in bundle.payloads {
            let file = path + "/payload"
            try Data([9, 9, 9] + payload).write(to: URL(fileURLWithPath: file))
            try await desk.uploadPayload(
                Hash(sha256: payload), from: file, offset: 3, byteCount: payload.count)
        }
        try await desk.release(bundle.package)
    }
}

/// Asks again until `condition` holds, for at most 20 seconds.
func eventually<Value>(_ condition: () async throws -> Value?) async throws -> Value {
    for _ in 0..<200 {
        if let value = try await condition() { return value }
        try await Task.sleep(for: .milliseconds(100))
    }
    throw Missing()
}
