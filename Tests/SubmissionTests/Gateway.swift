import Agencies
import Composing
import Custody
import DurableFiles
import Foundation
import Glibc
import Intake
import Logging
import NativePrimitives
import Opening
import Sealing
import Serving
import Submission
import Testing
import Tips

/// A root, a desk, two offices, and a real public door over a directory of its own.
final class Gateway {
    let path: String
    let root: NoteSigner
    let desk: Identity<NativePrimitives>
    let note: [UInt8]
    let today: Day
    var parkedAnHour = 1000

    init() throws {
        path = NSTemporaryDirectory() + "submission-\(UInt64.random(in: 0 ... .max))"
        try Durable.createDirectory(path + "/public")
        root = NoteSigner(
            name: try #require(NoteKeyName("root.test/sallyport")), key: SigningKey.generate())
        desk = try Identity.generate(.mlkem768x25519)
        today = try #require(Day(unixTime: time(nil)))
        let log = NoteSigner(
            name: try #require(NoteKeyName("log.test/custody")), key: SigningKey.generate())
        let contents = try DirectoryContents(
            version: 3, issued: today, expires: today.adding(days: 60),
            epochs: [
                DeskEpoch(
                    number: 2, recipient: desk.recipient, legacyRecipient: nil, opens: today,
                    closes: today.adding(days: 30), isDead: false)
            ], deskKey: SigningKey.generate().publicKey,
            offices: [try Self.office("office-a"), try Self.office("office-b")],
            verifiers: try ["alice", "bob"].map {
                Verifier(
                    person: try #require(PersonID($0)), name: $0,
                    key: SigningKey.generate().publicKey)
            }, log: log.verifier, witnesses: [], policyDigest: Hash(sha256: [1]), revoked: [])
        let signed = try root.sign(contents.text)
        try Durable.write(signed.span, to: path + "/public/directory")
        note = signed
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func office(_ id: String) throws -> Office {
        Office(
            id: try #require(OfficeID(id)), name: id, country: "TH", kind: .policeUnit,
            isMilitaryLinked: false,
            recipient: try Identity<NativePrimitives>.generate(.mlkem768x25519).recipient,
            signingKey: SigningKey.generate().publicKey, contact: "by post",
            descriptions: ["en": "An office of a test."])
    }

    /// The directory as a client verifies it.
    func directory() throws -> Directory {
        try UnverifiedDirectory(note).verified(root: root.verifier, clock: today, newest: nil)
    }

    func terms() throws -> DeskTerms { try DeskTerms(directory(), today: today) }

    /// Serves while `body` runs. `stop` ends the door at once, in the middle of whatever it does.
    func serve(_ body: (IntakeClient, _ stop: @escaping () -> Void) async throws -> Void)
        async throws
    {
        var settings = IntakeSettings(
            data: path + "/data", published: path + "/public", root: root.verifier,
            server: ServerSettings(port: 0, idleTimeout: .seconds(5), shutdownGrace: .seconds(1)))
        settings.puzzles = PuzzleSettings(
            tipBits: 4, supplementBits: 4, uploadBits: 2, parkedBits: 4)
        settings.uploads.reserveBytes = 0
        settings.budgets.parked = HourlyBudget(count: parkedAnHour, bytes: 16 << 20)
        let server = try IntakeServer(
            settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let running = Task {
            defer { continuation.finish() }
            try await server.run { continuation.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { return try await running.value }
        let client = try IntakeClient(
            try DoorAddress("http://127.0.0.1:\(port)"),
            backoff: Backoff(attempts: 2, first: .milliseconds(50), longest: .milliseconds(50)))
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(client) { running.cancel() })
        } catch {
            result = .failure(error)
        }
        running.cancel()
        _ = try? await running.value
        try result.get()
    }

    /// The frames that dispatch would find.
    func spooled() throws -> [Frame] {
        try Durable.list(path + "/data/spool/new").map {
            let bytes = try Durable.read(path + "/data/spool/new/" + $0, limit: 1 << 26)
            return try Frame.parse(bytes.span, limit: 1 << 26, with: NativePrimitives.self)
        }
    }

    /// A file of `count` bytes that no compression makes smaller.
    func file(_ name: String, _ count: Int) throws -> (path: String, bytes: [UInt8]) {
        let bytes = NativePrimitives.randomBytes(count: count)
        try Durable.write(bytes.span, to: path + "/" + name)
        return (path + "/" + name, bytes)
    }
}

/// A frame as the desk opens it.
struct OpenedFrame {
    let manifest: VerifiedManifest
    let mailboxKey: [UInt8]
    let parts: [PartClass: [UInt8]]
    let names: [PartClass: String]

    init(_ frame: Frame, with desk: Identity<NativePrimitives>) throws {
        var opened: [SHA256Digest: [UInt8]] = [:]
        for part in frame.parts {
            let container = part.header + part.payload
            let secret = try OpenedContainer.open(container.span, with: [desk])
            opened[.of(part.payload.span, with: NativePrimitives.self)] = secret.withBytes {
                [UInt8](copying: $0)
            }
        }
        let own = try #require(
            opened.first { _, plaintext in
                (try? OpenedManifest<NativePrimitives>.decode(plaintext.span).manifest) != nil
            })
        let decoded = try OpenedManifest<NativePrimitives>.decode(own.value.span)
        mailboxKey = decoded.mailboxKey.withBytes { [UInt8](copying: $0) }
        manifest = try decoded.manifest.check(
            against: frame.envelope, ownPayload: own.key, with: NativePrimitives.self)
        var parts: [PartClass: [UInt8]] = [:]
        var names: [PartClass: String] = [:]
        for part in manifest.manifest.parts {
            let plaintext = try #require(opened[part.payloadDigest])
            #expect(part.plaintextDigest == .of(plaintext.span, with: NativePrimitives.self))
            parts[part.partClass] = plaintext
            names[part.partClass] = part.name
        }
        self.parts = parts
        self.names = names
    }

    /// The original inside the evidence part, by the one canonical tar form.
    func original(byteCount: Int) throws -> [UInt8] {
        let plaintext = try #require(parts[.evidence])
        let header = try #require(EvidenceTar.header(size: byteCount))
        #expect([UInt8](plaintext[..<header.count]) == header)
        #expect(plaintext.count == EvidenceTar.totalLength(size: byteCount))
        let end = header.count + byteCount
        #expect(plaintext[end...].allSatisfy { $0 == 0 })
        return [UInt8](plaintext[header.count..<end])
    }
}
