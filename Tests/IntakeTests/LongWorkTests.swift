import DurableFiles
import Glibc
import Intake
import Serving
import Testing
import Tips
import Wire

/// Pipes that a check waits for until they are opened; they stay open until the test is over.
final class Pipes {
    private var paths: [String] = []
    private var descriptors: [Int32] = []

    func make(_ path: String) {
        #expect(unsafe unlink(path) == 0)
        #expect(unsafe mkfifo(path, 0o600) == 0)
        paths.append(path)
    }

    func open() {
        descriptors += paths.map { unsafe Glibc.open($0, O_RDWR | O_NONBLOCK) }
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}

/// Evidence whose check takes long: for that, its file is a pipe that nobody writes to yet.
@Suite(.serialized) struct LongWorkTests {
    /// Begins the end of an upload, which then waits for a pipe.
    private func hang(_ door: Door, _ client: Client, _ pipes: Pipes) async throws {
        let evidence = try Sample.evidence(bytes: 1000)
        let start = evidence.head.byteCount
        let location = try #require(try await client.create(evidence).fields["location"])
        let sent = try await client.ask(
            "PATCH", location, Client.appending(start, isLast: false),
            body: Array(evidence.bytes[start...]))
        #expect(sent.status == 204)
        pipes.make(door.path + "/data/spool" + location + "/frame")
        // Its answer is not waited for.
        let connection = try Connection(port: client.port)
        await connection.send(
            Client.head(
                "PATCH", location, Client.appending(evidence.bytes.count, isLast: true), length: 0))
        try await Task.sleep(for: .milliseconds(200))
        withExtendedLifetime(connection) {}
    }

    @Test func `However much evidence is being checked, a tip is taken`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        let pipes = Pipes()
        try await door.serve { client in
            defer { pipes.open() }
            for _ in 0..<4 { try await hang(door, client, pipes) }
            expectEqual(try await client.send(tip.bytes, tip.digest).status, 202)
            let supplement = try Sample.supplement()
            expectEqual(
                try await client.send(supplement.bytes, supplement.digest, to: .supplements)
                    .status, 202)
        }
        #expect(try door.spooled().count == 2)
    }

    @Test func `While evidence is being checked, other evidence is taken`() async throws {
        let door = try Door()
        let other = try Sample.evidence(bytes: 5000)
        let pipes = Pipes()
        try await door.serve { client in
            defer { pipes.open() }
            try await hang(door, client, pipes)
            let location = try #require(try await client.create(other).fields["location"])
            let range = other.head.byteCount..<other.bytes.count
            expectEqual(try await client.append(other, range, to: location).status, 202)
        }
        #expect(try door.spooled() == [other.bytes])
    }
}
