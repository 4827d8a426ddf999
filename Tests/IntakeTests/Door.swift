import Composing
import Custody
import DurableFiles
import Foundation
import Intake
import Logging
import NativePrimitives
import Sealing
import Serving
import Synchronization
import Testing
import Tips
import Wire

/// Epochs that a test decides on.
final class TestEpochs: EpochSource {
    private let answer = Mutex(EpochStanding.accepted)
    private let sealing = Mutex<DeskTerms?>(nil)

    func set(_ standing: EpochStanding) { answer.withLock { $0 = standing } }

    var terms: DeskTerms? { sealing.withLock { $0 } }

    /// Lets the door seal to a desk of its own.
    func open(for recipient: Recipient) {
        let terms = DeskTerms(epoch: 1, recipient: recipient, directoryVersion: 1, offices: [])
        sealing.withLock { $0 = terms }
    }

    func standing(of epoch: Int) -> EpochStanding { answer.withLock { $0 } }
}

/// The hour that a test says it is.
final class TestClock: Sendable {
    private let hour = Mutex(Hour.at(500_000))

    var now: Hour { hour.withLock { $0 } }

    func advance(hours: Int) {
        hour.withLock { $0 = .at($0.number + hours) }
    }
}

/// A door in a directory of its own, which can be started again over the same directory.
final class Door {
    let path: String
    var settings: IntakeSettings
    let epochs = TestEpochs()
    let clock = TestClock()

    init() throws {
        path = NSTemporaryDirectory() + "intake-\(UInt64.random(in: 0 ... .max))"
        try Durable.createDirectory(path)
        let root = NoteVerifier(
            name: try #require(NoteKeyName("test-root")), key: SigningKey.generate().publicKey)
        settings = IntakeSettings(
            data: path + "/data", published: path + "/public", root: root,
            server: ServerSettings(port: 0, idleTimeout: .seconds(5), shutdownGrace: .seconds(2)))
        settings.puzzles = PuzzleSettings(
            tipBits: 4, supplementBits: 4, uploadBits: 2, parkedBits: 4)
        settings.uploads.reserveBytes = 0
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Serves while `body` runs; `body` gets a client.
    func serve(_ body: (Client) async throws -> Void) async throws {
        let door = try PublicDoor(
            settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            epochs: epochs, clock: { [clock] in clock.now })
        let server = try IntakeServer(settings, door: door)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let running = Task {
            defer { continuation.finish() }
            try await server.run { continuation.yield($0) }
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { return try await running.value }
        do {
            try await body(Client(port: port))
        } catch {
            running.cancel()
            _ = try? await running.value
            throw error
        }
        running.cancel()
        _ = try? await running.value
    }

    /// The frames that dispatch would find.
    func spooled() throws -> [[UInt8]] {
        try Durable.list(path + "/data/spool/new").map {
            try Durable.read(path + "/data/spool/new/" + $0, limit: 1 << 26)
        }
    }

    /// The names of all files the door has, relative to its data directory.
    func files() throws -> Set<String> {
        let enumerator = FileManager.default.enumerator(atPath: path + "/data")
        var files: Set<String> = []
        while let name = enumerator?.nextObject() as? String {
            var isDirectory: ObjCBool = false
            if unsafe FileManager.default.fileExists(
                atPath: path + "/data/" + name, isDirectory: &isDirectory), !isDirectory.boolValue
            {
                files.insert(name)
            }
        }
        return files
    }
}
