import Glibc
import Intake
import NativePrimitives
import Sealing
import Serving
import Testing
import Tips
import Wire

@Suite struct FrameTests {
    @Test func `A tip is in the spool, whole, before it is confirmed`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        try await door.serve { client in
            let answer = try await client.send(tip.bytes, tip.digest)
            #expect(answer.status == 202)
            #expect(answer.text == Acceptance.body)
            #expect(try door.spooled() == [tip.bytes])
        }
    }

    @Test func `A spool file says nothing by its name or times`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        try await door.serve { client in _ = try await client.send(tip.bytes, tip.digest) }
        let name = try #require(try door.files().first { $0.hasPrefix("spool/") })
        #expect(name.utf8.count == "spool/new/".utf8.count + 32)
        for path in [name, "spool/new", "spool/tmp"] {
            var status = stat()
            #expect(unsafe stat(door.path + "/data/" + path, &status) == 0)
            #expect(status.st_mtim.tv_sec % 3600 == 0 && status.st_mtim.tv_nsec == 0)
            // Dispatch may read the frame and take it away; the group is all they share.
            let mode: mode_t = path == name ? 0o640 : path == "spool/new" ? 0o2770 : 0o2700
            #expect(status.st_mode & 0o7777 == mode)
        }
    }

    @Test func `The same frame again gets the same answer and is stored once`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        try await door.serve { client in
            let first = try await client.send(tip.bytes, tip.digest)
            let second = try await client.send(tip.bytes, tip.digest)
            #expect(first.status == second.status && first.body == second.body)
            #expect(try door.spooled().count == 1)
        }
    }

    @Test func `A supplement goes its own way`() async throws {
        let door = try Door()
        let supplement = try Sample.supplement()
        let tip = try Sample.tip()
        try await door.serve { client in
            expectEqual(
                try await client.send(supplement.bytes, supplement.digest, to: .tips).refusal,
                .malformed)
            expectEqual(
                try await client.send(tip.bytes, tip.digest, to: .supplements).refusal, .malformed)
            expectEqual(
                try await client.send(supplement.bytes, supplement.digest, to: .supplements).status,
                202)
        }
        #expect(try door.spooled() == [supplement.bytes])
    }

    @Test(arguments: [0, 17, 19, 40, 120, 700, 2500, -1])
    func `One wrong byte anywhere is refused and leaves nothing`(place: Int) async throws {
        let door = try Door()
        let tip = try Sample.tip()
        var bytes = tip.bytes
        bytes[place < 0 ? bytes.count - 1 : place] ^= 1
        try await door.serve { client in
            let before = try door.files()
            // The puzzle is for what is sent, so that it is not what the frame fails by.
            let head = try? FrameHead.parse(prefix: bytes.span)
            let digest = head.map {
                SHA256Digest.of($0.envelope.encoded.span, with: NativePrimitives.self)
            }
            let answer = try await client.send(bytes, digest ?? tip.digest)
            #expect(answer.refusal == .malformed)
            #expect(answer.fields["connection"] == "close")
            #expect(try door.files() == before)
        }
    }

    @Test func `Too few, too many and other bytes are refused`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        try await door.serve { client in
            for body in [[], Array("hello".utf8), Array(tip.bytes.dropLast()), tip.bytes + [0]] {
                expectEqual(try await client.send(body, tip.digest).refusal, .malformed)
            }
            let large = [UInt8](repeating: 0, count: Limits.tipFrameBytes + 1)
            expectEqual(try await client.send(large, tip.digest).refusal, .tooLarge)
            expectEqual(try await client.ask("POST", .tips).refusal, .malformed)
        }
        #expect(try door.spooled().isEmpty)
    }

    @Test func `Nothing is taken without a puzzle solved for this very frame`() async throws {
        let door = try Door()
        let (tip, other) = (try Sample.tip(), try Sample.tip())
        try await door.serve { client in
            expectEqual(try await client.ask("POST", .tips, body: tip.bytes).refusal, .puzzle)
            // With 4 bits one solution in 16 fits by chance; not eight in a row.
            var isRefused = false
            for _ in 0..<8 where !isRefused {
                let solved = try await client.puzzle(.tip, other.digest)
                let answer = try await client.ask("POST", .tips, solved, body: tip.bytes)
                isRefused = answer.refusal == .puzzle
            }
            #expect(isRefused)
        }
    }

    @Test func `A challenge of a quiet moment does not do in a flood`() async throws {
        let door = try Door()
        door.settings.budgets.tips = HourlyBudget(count: 4, bytes: 1 << 20)
        let early = [try Sample.tip(), try Sample.tip(), try Sample.tip()]
        let late = try Sample.tip()
        try await door.serve { client in
            let quiet = try await client.challenge(.tip)
            for tip in early.prefix(2) { _ = try await client.send(tip.bytes, tip.digest) }
            let busier = try await client.challenge(.tip)
            #expect(busier.difficulty == quiet.difficulty + 2)
            expectEqual(try await client.send(early[2].bytes, early[2].digest).status, 202)
            // Three of four are taken: the quiet challenge is too easy, one of a step before does.
            let cheap = try Client.solved(quiet, late.digest)
            expectEqual(
                try await client.ask("POST", .tips, cheap, body: late.bytes).refusal, .puzzle)
            let fair = try Client.solved(busier, late.digest)
            expectEqual(try await client.ask("POST", .tips, fair, body: late.bytes).status, 202)
        }
    }

    @Test func `A puzzle is good for this hour and the next`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        try await door.serve { client in
            let solved = try await client.puzzle(.tip, tip.digest)
            door.clock.advance(hours: 2)
            expectEqual(
                try await client.ask("POST", .tips, solved, body: tip.bytes).refusal, .puzzle)
            let again = try await client.puzzle(.tip, tip.digest)
            door.clock.advance(hours: 1)
            expectEqual(try await client.ask("POST", .tips, again, body: tip.bytes).status, 202)
        }
    }

    @Test func `A dead epoch is refused with the way out`() async throws {
        let door = try Door()
        let tip = try Sample.tip()
        try await door.serve { client in
            door.epochs.set(.refused)
            let answer = try await client.send(tip.bytes, tip.digest)
            #expect(answer.refusal == .epoch)
            #expect(answer.text.contains("seal again"))
            door.epochs.set(.unknown)
            expectEqual(try await client.send(tip.bytes, tip.digest).refusal, .busy)
            #expect(try door.spooled().isEmpty)
        }
    }

    @Test func `Evidence cannot use up the budget of tips, nor tips that of evidence`() async throws
    {
        let door = try Door()
        door.settings.budgets.tips = HourlyBudget(count: 1, bytes: 1 << 20)
        door.settings.budgets.uploads = HourlyBudget(count: 1, bytes: 1 << 20)
        let (first, second) = (try Sample.evidence(bytes: 5000), try Sample.evidence(bytes: 5000))
        let (tip, late) = (try Sample.tip(), try Sample.tip())
        try await door.serve { client in
            expectEqual(try await client.create(first).status, 201)
            expectEqual(try await client.create(second).refusal, .busy)
            expectEqual(try await client.send(tip.bytes, tip.digest).status, 202)
            let refused = try await client.send(late.bytes, late.digest)
            #expect(refused.refusal == .busy)
            #expect(refused.fields["retry-after"] != nil)
            door.clock.advance(hours: 1)
            expectEqual(try await client.send(late.bytes, late.digest).status, 202)
            expectEqual(try await client.create(second).status, 201)
        }
    }

    @Test func `Other paths and methods find nothing`() async throws {
        let door = try Door()
        try await door.serve { client in
            for (method, path) in [
                ("GET", "/"), ("GET", "/tips"), ("PUT", "/tips"), ("GET", "/../../etc/passwd"),
                ("GET", "/tile/../directory"), ("DELETE", "/mailbox/x"),
            ] {
                expectEqual(try await client.ask(method, path).refusal, .notFound)
            }
            expectEqual(try await client.ask("GET", .health).text, "up\n")
            expectEqual(try await client.ask("GET", .directory).refusal, .busy)
        }
    }
}
