import DurableFiles
import Intake
import Serving
import Testing
import Tips
import Wire

/// What draft-ietf-httpbis-resumable-upload asks of a server beyond the ordinary case.
@Suite struct UploadProtocolTests {
    private static let version = ["Upload-Draft-Interop-Version": "8"]

    @Test func `The last append again gets the final answer again`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 20_000)
        let start = evidence.head.byteCount
        try await door.serve { client in
            let location = try #require(try await client.create(evidence).fields["location"])
            for _ in 0..<2 {
                let range = start..<evidence.bytes.count
                let answer = try await client.append(evidence, range, to: location)
                #expect(answer.status == 202 && answer.text == Acceptance.body)
                #expect(answer.fields["upload-complete"] == "?1")
            }
            // Anything else is refused, and not in words that mean "all of it came".
            for (offset, isLast) in [(start, false), (start + 1, true), (1 << 40, true)] {
                let answer = try await client.ask(
                    "PATCH", location, Client.appending(offset, isLast: isLast), body: [1])
                #expect(answer.refusal == .malformed)
                #expect(answer.fields["upload-complete"] == nil)
            }
            #expect(try door.spooled() == [evidence.bytes])
        }
    }

    @Test func `All bytes do not make an upload complete; saying so does`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 20_000)
        let all = evidence.bytes
        let start = evidence.head.byteCount
        var location = ""
        try await door.serve { client in
            location = try #require(try await client.create(evidence).fields["location"])
            let answer = try await client.ask(
                "PATCH", location, Client.appending(start, isLast: false),
                body: Array(all[start...]))
            #expect(answer.status == 204)
            #expect(answer.offset == all.count)
            #expect(answer.fields["upload-complete"] == "?0")
            #expect(try door.spooled().isEmpty)
        }
        // Nor does a start of the door.
        try await door.serve { client in
            let head = try await client.ask("HEAD", location, Self.version)
            #expect(head.offset == all.count)
            #expect(head.fields["upload-complete"] == "?0")
            let answer = try await client.ask(
                "PATCH", location, Client.appending(all.count, isLast: true), body: [])
            #expect(answer.status == 202)
            #expect(answer.fields["upload-complete"] == "?1")
        }
        #expect(try door.spooled() == [all])
    }

    @Test func `What would go beyond the length is not read, and ends the upload`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 20_000)
        let start = evidence.head.byteCount
        try await door.serve { client in
            let before = try door.files()
            let location = try #require(try await client.create(evidence).fields["location"])
            let connection = try Connection(port: client.port)
            await connection.send(
                Client.head(
                    "PATCH", location, Client.appending(start, isLast: false),
                    length: evidence.bytes.count - start + 1))
            // Not one byte of the body is sent.
            let answer = try await Client.answer(#require(connection.readToEnd()))
            #expect(answer.refusal == .tooLarge)
            #expect(answer.fields["upload-limit"]?.contains("max-append-size") == true)
            expectEqual(try await client.ask("HEAD", location, Self.version).status, 404)
            #expect(try door.files() == before)
        }
    }

    @Test func `An append that is too large is told the limit, and the upload goes on`()
        async throws
    {
        let door = try Door()
        door.settings.uploads.appendBytes = 10_000
        let evidence = try Sample.evidence(bytes: 20_000)
        let start = evidence.head.byteCount
        try await door.serve { client in
            let location = try #require(try await client.create(evidence).fields["location"])
            let large = try await client.append(evidence, start..<start + 10_001, to: location)
            #expect(large.refusal == .tooLarge)
            #expect(large.fields["upload-limit"]?.contains("max-append-size=10000") == true)
            expectEqual(
                try await client.append(evidence, start..<start + 10_000, to: location).status,
                204)
        }
    }

    @Test func `Asking for the offset ends an append under way, and counts what it brought`()
        async throws
    {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 100_000)
        let start = evidence.head.byteCount
        try await door.serve { client in
            let location = try #require(try await client.create(evidence).fields["location"])
            let slow = try Connection(port: client.port)
            await slow.send(
                Client.head(
                    "PATCH", location, Client.appending(start, isLast: false), length: 50_000))
            await slow.send(Array(evidence.bytes[start..<start + 30_000]))
            try await Task.sleep(for: .milliseconds(500))
            let head = try await client.ask("HEAD", location, Self.version)
            #expect(head.offset == start + 30_000)
            // The first connection is over, and what it still sends changes nothing.
            await slow.send([1, 2, 3])
            #expect(await slow.readToEnd() != nil)
            let rest = start + 30_000..<evidence.bytes.count
            expectEqual(try await client.append(evidence, rest, to: location).status, 202)
        }
        #expect(try door.spooled() == [evidence.bytes])
    }

    @Test func `So many appends at a time, and no more`() async throws {
        let door = try Door()
        door.settings.uploads.appendCount = 1
        let (first, second) = (try Sample.evidence(bytes: 9000), try Sample.evidence(bytes: 9000))
        try await door.serve { client in
            let slow = try #require(try await client.create(first).fields["location"])
            let other = try #require(try await client.create(second).fields["location"])
            let start = second.head.byteCount
            do {
                let connection = try Connection(port: client.port)
                await connection.send(
                    Client.head(
                        "PATCH", slow, Client.appending(first.head.byteCount, isLast: false),
                        length: 5000))
                try await Task.sleep(for: .milliseconds(300))
                expectEqual(
                    try await client.append(second, start..<start + 100, to: other).refusal, .busy)
                // Where it stands can be asked all the same.
                expectEqual(try await client.ask("HEAD", other, Self.version).offset, start)
                withExtendedLifetime(connection) {}
            }
            _ = try await client.ask("HEAD", slow, Self.version)
            expectEqual(
                try await client.append(second, start..<start + 100, to: other).status, 204)
        }
    }

    @Test func `The limits can be asked for beforehand`() async throws {
        let door = try Door()
        try await door.serve { client in
            let answer = try await client.ask("OPTIONS", .uploads)
            #expect(answer.status == 204)
            #expect(answer.fields["accept-patch"] == "application/partial-upload")
            #expect(answer.fields["upload-limit"]?.contains("max-append-size=1048576") == true)
        }
    }
}
