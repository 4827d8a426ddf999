import DurableFiles
import Intake
import NativePrimitives
import Sealing
import Serving
import Testing
import Tips
import Wire

@Suite struct NoOracleTests {
    private static func random() throws -> [UInt8] { NativePrimitives.randomBytes(count: 32) }

    /// Status and fields, without the clock's.
    private static func shape(_ answer: Answer) -> [String: String] {
        var fields = answer.fields
        fields["date"] = nil
        fields[":status"] = "\(answer.status)"
        fields[":bytes"] = "\(answer.body.count)"
        return fields
    }

    @Test func `A made-up mailbox answers like a real one`() async throws {
        let door = try Door()
        let real = try #require(MailboxAddress(Self.random()))
        let slot = NativePrimitives.randomBytes(count: Limits.slotBytes)
        let mailbox = door.path + "/public/mailbox/"
        try Durable.createDirectory(mailbox + "2")
        try Durable.write(slot.span, to: mailbox + "2/" + real.hex)
        try Durable.createDirectory(mailbox + "1")
        door.settings.refresh = .milliseconds(50)
        try await door.serve { client in
            let madeUp = try Self.random()
            let first = try await client.ask("GET", .mailbox(real.bytes))
            let second = try await client.ask("GET", .mailbox(madeUp))
            #expect(first.body == slot)
            #expect(second.body.count == Limits.slotBytes)
            #expect(Self.shape(first) == Self.shape(second))
            expectEqual(try await client.ask("GET", .mailbox(madeUp)).body, second.body)
            expectDifferent(try await client.ask("GET", .mailbox(Self.random())).body, second.body)
            // With the next period, every answer changes.
            let next = NativePrimitives.randomBytes(count: Limits.slotBytes)
            try Durable.createDirectory(door.path + "/public/mailbox/next")
            try Durable.write(next.span, to: mailbox + "next/" + real.hex)
            try Durable.rename(mailbox + "next", to: mailbox + "10", .replace)
            var body = slot
            for _ in 0..<100 where body == slot {
                try await Task.sleep(for: .milliseconds(50))
                body = try await client.ask("GET", .mailbox(real.bytes)).body
            }
            #expect(body == next)
            expectDifferent(try await client.ask("GET", .mailbox(madeUp)).body, second.body)
        }
    }

    @Test func `A made-up address answers alike after a restart`() async throws {
        let door = try Door()
        let madeUp = try Self.random()
        var bodies: [[UInt8]] = []
        for _ in 0..<2 {
            try await door.serve { client in
                bodies.append(try await client.ask("GET", .mailbox(madeUp)).body)
            }
        }
        #expect(bodies[0] == bodies[1])
    }

    private static func request(_ address: ParkedAddress, seed: [UInt8]) throws -> ParkRequest {
        try .signing(
            NativePrimitives.randomBytes(count: Limits.parkedBytes), address: address,
            by: try Sample.signer(seed))
    }

    private func park(_ request: ParkRequest, _ client: Client) async throws -> Answer {
        let body = request.encoded
        let digest = SHA256Digest.of(body.span, with: NativePrimitives.self)
        return try await client.ask(
            "PUT", .parked(request.address.bytes), client.puzzle(.parked, digest), body: body)
    }

    @Test func `A parked state is written once, and nobody is told whether it was`() async throws {
        let door = try Door()
        let address = try #require(ParkedAddress(Self.random()))
        let seeds = [Sample.freshSeed(), Sample.freshSeed()]
        let first = try Self.request(address, seed: seeds[0])
        let second = try Self.request(address, seed: seeds[1])
        try await door.serve { client in
            for seed in seeds {
                let upload = try Sample.evidence(bytes: 3000, seed: seed)
                expectEqual(try await client.create(upload, parked: address).status, 201)
            }
            let unknown = try await client.ask("GET", .parked(address.bytes))
            #expect(unknown.body.count == Limits.parkedBytes)
            let answers = [try await park(first, client), try await park(second, client)]
            #expect(answers[0].status == 202)
            #expect(Self.shape(answers[0]) == Self.shape(answers[1]))
            let known = try await client.ask("GET", .parked(address.bytes))
            #expect(known.body == first.state)
            #expect(Self.shape(known) == Self.shape(unknown))
        }
        try await door.serve { client in
            expectEqual(try await client.ask("GET", .parked(address.bytes)).body, first.state)
        }
    }

    @Test func `Nothing is parked but for an open upload that names it, and that is not told`()
        async throws
    {
        let door = try Door()
        let seed = Sample.freshSeed()
        let address = try #require(ParkedAddress(Self.random()))
        let other = try #require(ParkedAddress(Self.random()))
        try await door.serve { client in
            let upload = try Sample.evidence(bytes: 3000, seed: seed)
            _ = try await client.create(upload, parked: address)
            let answers = [
                try await park(Self.request(other, seed: seed), client),
                try await park(Self.request(address, seed: Sample.freshSeed()), client),
            ]
            #expect(try Durable.list(door.path + "/data/parked").isEmpty)
            let taken = try await park(Self.request(address, seed: seed), client)
            #expect(taken.status == 202)
            for answer in answers { #expect(Self.shape(answer) == Self.shape(taken)) }
        }
        #expect(try Durable.list(door.path + "/data/parked") == [address.hex])
    }

    @Test func `A parked state lives as long as its upload`() async throws {
        let door = try Door()
        door.settings.refresh = .milliseconds(20)
        let seed = Sample.freshSeed()
        let upload = try Sample.evidence(bytes: 3000, seed: seed)
        let address = try #require(ParkedAddress(Self.random()))
        let start = upload.head.byteCount
        func hours(_ count: Int) async throws {
            door.clock.advance(hours: count)
            try await Task.sleep(for: .milliseconds(500))
        }
        try await door.serve { client in
            let created = try await client.create(upload, parked: address)
            let location = try #require(created.fields["location"])
            _ = try await park(Self.request(address, seed: seed), client)
            for step in 0..<3 {
                try await hours(71)
                let range = start + step..<start + step + 1
                expectEqual(try await client.append(upload, range, to: location).status, 204)
            }
            #expect(try Durable.list(door.path + "/data/parked") == [address.hex])
            try await hours(72)
            try await expectEventually {
                try Durable.list(door.path + "/data/parked").isEmpty
                    && Durable.list(door.path + "/data/spool/uploads").isEmpty
            }
        }
    }

    @Test func `A cancelled upload takes its parked state with it`() async throws {
        let door = try Door()
        let seed = Sample.freshSeed()
        let address = try #require(ParkedAddress(Self.random()))
        try await door.serve { client in
            let upload = try Sample.evidence(bytes: 3000, seed: seed)
            let created = try await client.create(upload, parked: address)
            _ = try await park(Self.request(address, seed: seed), client)
            #expect(try Durable.list(door.path + "/data/parked") == [address.hex])
            expectEqual(
                try await client.ask("DELETE", #require(created.fields["location"])).status, 204)
            #expect(try Durable.list(door.path + "/data/parked").isEmpty)
        }
    }

    @Test func `A parked state needs its signature`() async throws {
        let door = try Door()
        let address = try #require(ParkedAddress(Self.random()))
        let request = try Self.request(address, seed: Sample.freshSeed())
        var forged = request.encoded
        forged[40] ^= 1
        let digest = SHA256Digest.of(forged.span, with: NativePrimitives.self)
        try await door.serve { client in
            let fields = try await client.puzzle(.parked, digest)
            let answer = try await client.ask("PUT", .parked(address.bytes), fields, body: forged)
            #expect(answer.refusal == .malformed)
        }
        #expect(try Durable.list(door.path + "/data/parked").isEmpty)
    }

    @Test func `A parked state goes when its upload is finished, and by its own key only`()
        async throws
    {
        let door = try Door()
        let (seed, stranger) = (Sample.freshSeed(), Sample.freshSeed())
        let own = try #require(ParkedAddress(Self.random()))
        let foreign = try #require(ParkedAddress(Self.random()))
        let uploads = [
            (try Sample.evidence(bytes: 3000, seed: seed), own),
            (try Sample.evidence(bytes: 3000, seed: seed), foreign),
        ]
        let others = try Sample.evidence(bytes: 3000, seed: stranger)
        try await door.serve { client in
            expectEqual(try await client.create(others, parked: foreign).status, 201)
            _ = try await park(Self.request(foreign, seed: stranger), client)
            for (sample, parked) in uploads {
                let created = try await client.create(sample, parked: parked)
                _ = try await park(Self.request(parked, seed: seed), client)
                let location = try #require(created.fields["location"])
                let range = sample.head.byteCount..<sample.bytes.count
                expectEqual(try await client.append(sample, range, to: location).status, 202)
            }
        }
        #expect(try Durable.list(door.path + "/data/parked") == [foreign.hex])
    }
}
