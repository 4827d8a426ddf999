import Agencies
import Agents
import Custody
import DeskKit
import DurableFiles
import Forwarding
import NativePrimitives
import Sealing
import Testing
import Tips
import Wire

@testable import Verification

/// Frames that cannot be taken: each alone, none lost, none in the way of another.
struct WaitingFrameTests {
    @Test func anUnknownEpochWaitsAndKeepsBackNothingElse() async throws {
        let world = try CaseWorld()
        let early = try world.strangersTip(epoch: 2)
        let report = try await world.pull([early, try world.tipFrame()])
        #expect(report.changed == [world.tip])
        #expect(report.refused.isEmpty)
        #expect(report.left.map(\.envelope) == [early.envelope.digest])
        #expect(report.left.map(\.why).joined().contains("does not know epoch 2 yet"))
        #expect(await !world.link.confirmed.contains(early.envelope.digest))
        // It waits on, in the same words.
        #expect(try await Pull(world.desk, over: world.link).run().left == report.left)
    }

    @Test func aDeadEpochWaitsUntilItsKeyIsDestroyedAndIsKeptThen() async throws {
        let world = try CaseWorld()
        let frame = try world.tipFrame()
        let note = try world.agents.directory(version: 2, isEpochDead: true)
        _ = try Desk.take(
            directory: note, policy: try DeskWorld.policy().encoded, in: world.desk.folder)
        let desk = try Desk.open(world.desk.folder)
        await world.link.offer([frame.encoded])
        var report = try await Pull(desk, over: world.link).run()
        #expect(report.left.map(\.envelope) == [frame.envelope.digest])
        #expect(await world.link.confirmed.isEmpty)
        try Durable.remove(world.agents.folder + "/keys/epoch-1.age")
        report = try await Pull(desk, over: world.link).run()
        #expect(
            report.left.isEmpty && report.refused.map(\.why).joined().contains("nobody can open it")
        )
        let kept = "\(desk.folder)/refused/\(frame.envelope.digest.hex).frame"
        #expect(try Durable.read(kept, limit: 1 << 20) == frame.encoded)
    }

    @Test func aTextPartLargerThanAnyIsABadFrame() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        let large = [UInt8](repeating: 0x20, count: 2 * Limits.textPartBytes)
        let frame = try world.supplementFrame(.answer, large)
        let report = try await world.pull([frame, try world.evidenceFrame([1])])
        #expect(report.refused.map(\.envelope) == [frame.envelope.digest])
        #expect(report.refused.map(\.why).joined().contains("larger than any can be"))
        #expect(report.changed == [world.tip] && report.left.isEmpty)
    }

    /// One case cannot be read any more; what comes for others must arrive all the same.
    @Test func aBrokenCaseKeepsBackNoOther() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        try Durable.write(
            [UInt8](repeating: 1, count: 99).span,
            to: world.desk.caseFolder(world.tip) + "/journal/000000.age", .replace)
        let supplement = try world.evidenceFrame([1])
        let tip = try world.strangersTip()
        let report = try await world.pull([supplement, tip])
        #expect(report.left.map(\.envelope) == [supplement.envelope.digest])
        #expect(report.changed == [tip.envelope.tipID])
    }

    /// Same payload, another header and another manifest: the copy would replace the first.
    @Test func aPartThatTheCaseHasIsNotReplaced() async throws {
        let world = try CaseWorld()
        let original = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let first = try world.evidenceFrame(original)
        _ = try await world.pull([try world.tipFrame(), first])
        let opened = try OpenedCase(world.tip, of: world.desk)
        let path = opened.file(try opened.part(named: "evidence").payload).path
        let before = try Durable.read(path, limit: 1 << 20)
        let report = try await world.pull([try world.repeating(first)])
        #expect(report.refused.map(\.why).joined().contains("the case has already"))
        #expect(try Durable.read(path, limit: 1 << 20) == before)
    }

    /// The names in a malformed text are the sender's; they reach the terminal in a report.
    @Test func aSendersWordsReachTheTerminalCleanAndShort() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        let name = "\u{202E}" + String(repeating: "x", count: 2000)
        let text = Array("{\"\(name)\":1}".utf8)
        let report = try await world.pull([try world.supplementFrame(.answer, text)])
        let why = try require(report.refused.first).why
        #expect(why.contains("U+202E") && !why.contains("\u{202E}") && why.count <= 301)
        let shown = try OpenedCase(world.tip, of: world.desk).overview().lines
        #expect(shown.allSatisfy { !$0.contains("\u{202E}") && $0.count < 400 })
    }

    @Test func anEntryThatCouldNotBeReadAgainIsNotWritten() throws {
        let world = try CaseWorld()
        var entry = JSONObject()
        entry.add("text", .string(String(repeating: "a", count: SealedJournal.entryLimit)))
        #expect(throws: DeskError.self) { try world.desk.deskJournal.append(entry) }
        #expect(try world.desk.deskJournal.entries().isEmpty)
    }
}
