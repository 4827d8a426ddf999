import DurableFiles
import Intake
import NativePrimitives
import Sealing
import Serving
import Testing
import Tips
import Wire

extension Client {
    /// Creates an upload with a solved puzzle.
    func create(_ sample: Sample, parked: ParkedAddress? = nil) async throws -> Answer {
        let length = sample.head.frameByteCount
        var fields = try await puzzle(.upload(bytes: length), sample.digest)
        fields["Upload-Draft-Interop-Version"] = "8"
        fields["Upload-Complete"] = "?0"
        fields["Upload-Length"] = "\(length)"
        if let parked { fields["Sallyport-Parked"] = parked.hex }
        return try await ask("POST", .uploads, fields, body: sample.head.encoded)
    }

    static func appending(_ offset: Int, isLast: Bool) -> [String: String] {
        [
            "Upload-Draft-Interop-Version": "8", "Upload-Offset": "\(offset)",
            "Upload-Complete": isLast ? "?1" : "?0", "Content-Type": MediaType.partialUpload,
        ]
    }

    func append(
        _ sample: Sample, _ range: Range<Int>, to location: String
    ) async throws -> Answer {
        try await ask(
            "PATCH", location,
            Self.appending(range.lowerBound, isLast: range.upperBound == sample.bytes.count),
            body: Array(sample.bytes[range]))
    }
}

@Suite struct UploadTests {
    @Test func `Evidence arrives in pieces and is one frame in the spool`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 300_000)
        let all = evidence.bytes
        try await door.serve { client in
            let created = try await client.create(evidence)
            #expect(created.status == 201)
            #expect(created.offset == evidence.head.byteCount)
            #expect(created.fields["upload-complete"] == "?0")
            #expect(created.fields["upload-limit"]?.contains("max-append-size=1048576") == true)
            let location = try #require(created.fields["location"])
            var offset = try #require(created.offset)
            while offset < all.count {
                let end = min(all.count, offset + 100_000)
                let answer = try await client.append(evidence, offset..<end, to: location)
                let isLast = end == all.count
                #expect(answer.status == (isLast ? 202 : 204))
                #expect(answer.fields["upload-complete"] == (isLast ? "?1" : "?0"))
                #expect(answer.offset == end)
                offset = end
                #expect(try door.spooled() == (isLast ? [all] : []))
            }
            let head = try await client.ask(
                "HEAD", location, ["Upload-Draft-Interop-Version": "8"])
            #expect(head.status == 204)
            #expect(head.fields["upload-complete"] == "?1")
            #expect(head.body.isEmpty)
            // The acknowledgement was lost: creating it again gets the ordinary answer.
            let again = try await client.create(evidence)
            #expect(again.status == 202 && again.text == Acceptance.body)
            #expect(try door.spooled().count == 1)
        }
    }

    @Test func `A wrong offset is answered with the right one`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 50_000)
        try await door.serve { client in
            let location = try #require(try await client.create(evidence).fields["location"])
            let start = evidence.head.byteCount
            for wrong in [0, start - 1, start + 1, 60_000] {
                let answer = try await client.ask(
                    "PATCH", location, Client.appending(wrong, isLast: false), body: [1, 2, 3])
                #expect(answer.status == 409)
                #expect(answer.offset == start)
                #expect(answer.fields["upload-complete"] == "?0")
            }
            expectEqual(
                try await client.append(evidence, start..<evidence.bytes.count, to: location)
                    .status, 202)
        }
        #expect(try door.spooled() == [evidence.bytes])
    }

    @Test func `What came before the line was cut counts`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 400_000)
        let start = evidence.head.byteCount
        try await door.serve { client in
            let location = try #require(try await client.create(evidence).fields["location"])
            do {
                let connection = try Connection(port: client.port)
                await connection.send(
                    Client.head(
                        "PATCH", location, Client.appending(start, isLast: false), length: 200_000))
                await connection.send(Array(evidence.bytes[start..<start + 150_000]))
                try await Task.sleep(for: .milliseconds(300))
            }
            var offset = start
            for _ in 0..<50 where offset == start {
                try await Task.sleep(for: .milliseconds(100))
                offset = try #require(
                    try await client.ask(
                        "HEAD", location, ["Upload-Draft-Interop-Version": "8"]
                    ).offset)
            }
            #expect(offset == start + 150_000)
            expectEqual(
                try await client.append(evidence, offset..<evidence.bytes.count, to: location)
                    .status, 202)
        }
        #expect(try door.spooled() == [evidence.bytes])
    }

    @Test func `An upload goes on after the door was started again`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 100_000)
        let start = evidence.head.byteCount
        var location = ""
        try await door.serve { client in
            location = try #require(try await client.create(evidence).fields["location"])
            _ = try await client.append(evidence, start..<start + 40_000, to: location)
        }
        // What a kill in the middle of a write leaves: bytes beyond the recorded offset, a torn
        // record, something half made.
        let directory = door.path + "/data/spool" + location
        let frame = try OpenFile(updating: directory + "/frame")
        try frame.write([UInt8](repeating: 7, count: 999).span, at: start + 40_000)
        let state = try Durable.read(directory + "/state", limit: 4096)
        #expect(state.count == 256)
        let halves = ["/data/tmp/half", "/data/spool/tmp/half"]
        for half in halves { try Durable.write([1, 2, 3].span, to: door.path + half) }
        try await door.serve { client in
            for half in halves { #expect(!Durable.exists(door.path + half)) }
            let head = try await client.ask("HEAD", location, ["Upload-Draft-Interop-Version": "8"])
            #expect(head.offset == start + 40_000)
            // Creating it again, with all else forgotten, finds it.
            let created = try await client.create(evidence)
            #expect(created.fields["location"] == location)
            #expect(created.offset == start + 40_000)
            let rest = start + 40_000..<evidence.bytes.count
            expectEqual(try await client.append(evidence, rest, to: location).status, 202)
        }
        #expect(try door.spooled() == [evidence.bytes])
    }

    @Test func `A torn record leaves the one before`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 100_000)
        let start = evidence.head.byteCount
        var location = ""
        try await door.serve { client in
            location = try #require(try await client.create(evidence).fields["location"])
            _ = try await client.append(evidence, start..<start + 10_000, to: location)
            _ = try await client.append(evidence, start + 10_000..<start + 20_000, to: location)
        }
        // The third record lies in the first slot.
        let state = try OpenFile(updating: door.path + "/data/spool" + location + "/state")
        try state.write([0xFF, 0xFF].span, at: 9)
        try await door.serve { client in
            let head = try await client.ask("HEAD", location, ["Upload-Draft-Interop-Version": "8"])
            #expect(head.offset == start + 10_000)
            let rest = start + 10_000..<evidence.bytes.count
            expectEqual(try await client.append(evidence, rest, to: location).status, 202)
        }
        #expect(try door.spooled() == [evidence.bytes])
    }

    @Test func `A start finishes what had all its bytes`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 30_000)
        var location = ""
        try await door.serve { client in
            location = try #require(try await client.create(evidence).fields["location"])
        }
        // As a kill between the last record and the rename leaves it.
        let directory = door.path + "/data/spool" + location
        try OpenFile(updating: directory + "/frame").write(evidence.bytes.span, at: 0)
        var record = try #require(
            UploadRecord(file: Durable.read(directory + "/state", limit: 4096)))
        record.offset = evidence.bytes.count
        record.isComplete = true
        record.sequence += 1
        try OpenFile(updating: directory + "/state").write(record.encoded.span, at: record.place)
        try await door.serve { client in
            #expect(try door.spooled() == [evidence.bytes])
            let head = try await client.ask("HEAD", location, ["Upload-Draft-Interop-Version": "8"])
            #expect(head.fields["upload-complete"] == "?1")
            expectEqual(try await client.create(evidence).status, 202)
        }
    }

    @Test func `A wrong byte is found at the end, and nothing is left`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 20_000)
        var bytes = evidence.bytes
        bytes[bytes.count - 100] ^= 1
        let start = evidence.head.byteCount
        try await door.serve { client in
            let before = try door.files()
            let location = try #require(try await client.create(evidence).fields["location"])
            let answer = try await client.ask(
                "PATCH", location, Client.appending(start, isLast: true),
                body: Array(bytes[start...]))
            #expect(answer.refusal == .malformed)
            // All of it came: sending it again would not help.
            #expect(answer.fields["upload-complete"] == "?1")
            #expect(try door.files() == before)
            let head = try await client.ask("HEAD", location, ["Upload-Draft-Interop-Version": "8"])
            #expect(head.status == 404)
        }
        #expect(try door.spooled().isEmpty)
    }

    @Test func `Cancelling leaves nothing`() async throws {
        let door = try Door()
        let evidence = try Sample.evidence(bytes: 20_000)
        try await door.serve { client in
            let before = try door.files()
            let location = try #require(try await client.create(evidence).fields["location"])
            expectEqual(try await client.ask("DELETE", location).status, 204)
            expectEqual(try await client.ask("DELETE", location).status, 404)
            #expect(try door.files() == before)
        }
    }

    @Test func `Creation is refused for what is not a supplement's head`() async throws {
        let door = try Door()
        let (tip, evidence) = (try Sample.tip(), try Sample.evidence(bytes: 20_000))
        try await door.serve { client in
            expectEqual(try await client.create(tip).refusal, .malformed)
            let length = evidence.head.frameByteCount
            var fields = try await client.puzzle(.upload(bytes: length), evidence.digest)
            fields["Upload-Draft-Interop-Version"] = "8"
            fields["Upload-Complete"] = "?0"
            fields["Upload-Length"] = "\(length + 1)"
            let head = evidence.head.encoded
            expectEqual(
                try await client.ask("POST", .uploads, fields, body: head).refusal, .malformed)
            fields["Upload-Length"] = "\(length)"
            var forged = head
            forged[forged.count - 1] ^= 1
            expectEqual(
                try await client.ask("POST", .uploads, fields, body: forged).refusal, .malformed)
            fields["Upload-Draft-Interop-Version"] = "7"
            expectEqual(
                try await client.ask("POST", .uploads, fields, body: head).refusal, .malformed)
            fields["Upload-Draft-Interop-Version"] = "8"
            door.epochs.set(.refused)
            expectEqual(try await client.ask("POST", .uploads, fields, body: head).refusal, .epoch)
        }
        #expect(try Durable.list(door.path + "/data/spool/uploads").isEmpty)
    }

    @Test func `Everybody together has a cap, and no key one of its own that would tell`()
        async throws
    {
        let door = try Door()
        door.settings.uploads.openCount = 70
        let seed = Sample.freshSeed()
        try await door.serve { client in
            for _ in 0..<70 {
                let own = try Sample.evidence(bytes: 1000, seed: seed)
                expectEqual(try await client.create(own).status, 201)
            }
            let other = try Sample.evidence(bytes: 1000)
            expectEqual(try await client.create(other).refusal, .busy)
        }
    }

    @Test func `A disk without its reserve takes tips and nothing else`() async throws {
        let door = try Door()
        let begun = try Sample.evidence(bytes: 5000)
        var location = ""
        try await door.serve { client in
            location = try #require(try await client.create(begun).fields["location"])
        }
        door.settings.uploads.reserveBytes = .max / 2
        let (evidence, tip) = (try Sample.evidence(bytes: 5000), try Sample.tip())
        let supplement = try Sample.supplement()
        try await door.serve { client in
            expectEqual(try await client.create(evidence).refusal, .busy)
            let range = begun.head.byteCount..<begun.bytes.count
            expectEqual(try await client.append(begun, range, to: location).refusal, .busy)
            expectEqual(
                try await client.send(supplement.bytes, supplement.digest, to: .supplements)
                    .refusal, .busy)
            expectEqual(try await client.send(tip.bytes, tip.digest).status, 202)
        }
    }
}
