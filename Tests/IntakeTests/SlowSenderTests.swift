import Intake
import Serving
import Testing
import Tips
import Wire

@Suite struct SlowSenderTests {
    private func door() throws -> Door {
        let door = try Door()
        door.settings.bodies = BodySettings(
            deadline: .seconds(3), appendDeadline: .seconds(3), leastBytesPerSecond: 1000,
            grace: .milliseconds(500))
        return door
    }

    /// Sends a head, then a byte now and then, and returns what came back when the door closed.
    private func drip(_ head: [UInt8], _ client: Client) async throws -> Answer {
        let connection = try Connection(port: client.port)
        await connection.send(head)
        for _ in 0..<40 {
            guard await connection.send([0x73]) else { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        let bytes = await connection.readToEnd()
        return try Client.answer(#require(bytes))
    }

    @Test func `A body that drips is cut`() async throws {
        let door = try door()
        try await door.serve { client in
            let head = Client.head("POST", "/tips", [:], length: 60_000)
            let answer = try await drip(head, client)
            #expect(answer.refusal == .tooSlow)
            #expect(answer.fields["connection"] == "close")
        }
        #expect(try door.spooled().isEmpty)
    }

    @Test(arguments: [("GET", "/health"), ("GET", "/nowhere"), ("HEAD", "/tips")])
    func `A body nobody asked for is not waited for`(method: String, path: String) async throws {
        let door = try door()
        try await door.serve { client in
            let keepAlive = Array(
                String(decoding: Client.head(method, path, [:], length: 1 << 30), as: UTF8.self)
                    .replacing("Connection: close\r\n", with: "").utf8)
            let answer = try await drip(keepAlive, client)
            #expect(answer.fields["connection"] == "close")
        }
    }

    @Test func `A body without a length is refused`() async throws {
        let door = try door()
        try await door.serve { client in
            let head = Client.head("POST", "/tips", ["Transfer-Encoding": "chunked"], length: nil)
            expectEqual(try await drip(head, client).refusal, .malformed)
        }
    }

    @Test func `A body that ends early leaves nothing`() async throws {
        let door = try door()
        let tip = try Sample.tip()
        try await door.serve { client in
            let before = try door.files()
            do {
                let puzzle = try await client.puzzle(.tip, tip.digest)
                let connection = try Connection(port: client.port)
                await connection.send(
                    Client.head("POST", "/tips", puzzle, length: tip.bytes.count + 1))
                await connection.send(tip.bytes)
            }
            try await Task.sleep(for: .seconds(1))
            #expect(try door.files() == before)
            expectEqual(try await client.send(tip.bytes, tip.digest).status, 202)
        }
    }
}
