import Custody
import Foundation
import Logging
import Quarantine
import QuarantineSQLite
import ReleaseKit
import Serving
import Synchronization
import Testing
import Wire

@testable import PartnerAPI
@testable import PartnerClient

/// The door itself: ranges, names, locks, what it logs, and when it ends.
@Suite(.serialized) struct DoorTests {
    @Test(
        "Ranges: digits only, and any end past the last byte is the last byte",
        arguments: [
            ("bytes=0-9", 0..<10), ("bytes=5-", 5..<100), ("bytes=0-9223372036854775807", 0..<100),
            ("bytes=99-99", 99..<100), ("bytes=0-99999999999999999999", nil), ("bytes=+1-5", nil),
            ("bytes=1-+5", nil), ("bytes=-5", nil), ("bytes=100-", nil), ("bytes=5-4", nil),
            ("bytes=1-2-3", nil), ("bytes=٣-5", nil), ("bits=1-5", nil),
        ] as [(String, Range<Int>?)])
    func ranges(_ field: String, _ expected: Range<Int>?) {
        #expect(ByteRange.parse(field, byteCount: 100) == expected)
    }

    @Test("Without names of its own the door answers to this machine's names and its port")
    func ownNames() {
        let own = Authorities([], listening: "127.0.0.2")
        for name in ["127.0.0.1:8450", "LOCALHOST:8450", "[::1]:8450", "127.0.0.2:8450"] {
            #expect(own.accept(name, port: 8450))
            #expect(!own.accept(name, port: 8451))
        }
        #expect(!own.accept("dispatch.example:8450", port: 8450))
        let named = Authorities(["Dispatch.example:443", "other.example:8450"], listening: "::1")
        #expect(named.accept("dispatch.example", port: 8450))
        #expect(named.accept("other.example:8450", port: 1))
        #expect(!named.accept("127.0.0.1:8450", port: 8450))
    }

    @Test("A request that was signed for another door is refused, whoever brings it here")
    func otherDoor() async throws {
        let world = try await World(["T_AUTHORITY": "dispatch.example:8450 second.example"])
        await #expect(throws: PartnerError.refused(.forbidden)) {
            try await world.deskClient().inbox()
        }
        await world.stop()
    }

    @Test("A door that others reach needs the names by which they call it")
    func reachable() async throws {
        let sample = try SampleWorld()
        var open = [
            "T_LISTEN_HOST": "0.0.0.0", "T_TLS_CERTIFICATE": "door.pem", "T_TLS_KEY": "door.key",
        ]
        await #expect(throws: SettingsError.self) {
            _ = try await World.settings("/none", sample, open)
        }
        open["T_AUTHORITY"] = "dispatch.example"
        _ = try await World.settings("/none", sample, open)
    }

    @Test("A second server on one state is refused; a program beside waits for the clean-up")
    func oneServer() async throws {
        let world = try await World()
        let settings = try await World.settings(world.path, world.sample)
        await #expect(throws: DispatchError.alreadyServed) {
            _ = try await World.serve(settings, world.store)
        }
        let cleaning = try StateLock.cleaning(settings)
        let done = Mutex(false)
        let beside = Task {
            let lock = try StateLock.beside(settings)
            done.withLock { $0 = true }
            withExtendedLifetime(lock) {}
        }
        try await Task.sleep(for: .milliseconds(200))
        #expect(done.withLock { !$0 })
        drop(cleaning)
        try await beside.value
        await world.stop()
    }

    private func drop(_ lock: consuming StateLock) {}

    @Test("What the spool brought is logged for the hour, never for a round")
    func hourlyLog() async throws {
        let world = try await World()
        await world.stop(keeping: true)
        let lines = Lines()
        let logger = Logger(label: "test") { _ in
            QuietLogHandler(program: "test", sink: { lines.add($0) })
        }
        let rounds = SpoolRounds(checkpointSeconds: 86_400)
        let dispatch = try await world.dispatch()
        for _ in 0..<2 {
            _ = try world.putTip()
            #expect(try await !rounds.run(dispatch, logger))
        }
        #expect(lines.all.filter { $0.contains("accepted=") }.isEmpty)
        await rounds.log(to: logger)
        #expect(lines.all.count == 1)
        #expect(lines.all.first?.contains("accepted=1") == true)
        #expect(lines.all.first?.contains("parked=1") == true)
        await world.stop()
    }

    @Test("A file of the public directory that cannot be read ends the process")
    func failingFile() async throws {
        await #expect(processExitsWith: .exitCode(FatalStore.exitCode)) {
            // No clock meets it before the request does.
            let world = try await World(["T_CHECKPOINT_SECONDS": "86400"])
            let checkpoint = world.path + "/public/checkpoint"
            try FileManager.default.removeItem(atPath: checkpoint)
            try FileManager.default.createDirectory(
                atPath: checkpoint, withIntermediateDirectories: false)
            _ = try await world.deskClient().inbox()
        }
    }
}

/// Collects log lines.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
