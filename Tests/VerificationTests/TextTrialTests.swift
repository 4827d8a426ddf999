import DeskKit
import DurableFiles
import NativePrimitives
import Sealing
import Testing
import Tips

@testable import Examination
@testable import Verification

/// Texts that end the worker that reads them: here, whatever names a word that the test's worker does
/// not bear.
@Suite(.enabled(if: (try? Sandbox()) != nil)) struct TextTrialTests {
    /// A worker that dies at any text with one of these words in it.
    private func readers(dyingAt words: [String]) -> TextReaders {
        let program = """
            import os
            os.write(1, b"sallyport.texts/1\\n")
            os.read(0, 1)
            rest = os.pread(4, 1 << 23, 0)
            while rest:
                length = int.from_bytes(rest[1:5], "big")
                text, rest = rest[5:5 + length], rest[5 + length:]
                if any(word in text.decode(errors="replace") for word in \(words)): os.abort()
                os.write(1, b"+")
            """
        return TextReaders(
            Worker(programs: ["python3"], command: ["python3", "-I", "-c", program]))
    }

    private func pull(
        _ frames: [Frame], _ world: CaseWorld, dyingAt words: [String]
    ) async throws -> Pull.Report {
        var desk = world.desk
        desk.texts = readers(dyingAt: words)
        await world.link.offer(frames.map(\.encoded))
        return try await Pull(desk, over: world.link).run()
    }

    @Test func theDesksOwnProgramReadsTexts() throws {
        var batch = try TextReaders().batch()
        for text in ["{}", "not JSON", "{\"narrative\":\"a\"}"] {
            try batch.append(TextTrial.Kind.part.rawValue, [UInt8](text.utf8).span)
        }
        #expect(try batch.read() == [.read, .read, .read])
    }

    @Test func theWorkerReadsWhatTheDeskReads() throws {
        var report = ReportPart()
        report.narrative = "我的儿子"
        for text in [try report.encoded(), try AnswerPart().encoded()] {
            #expect(isPart(text))
        }
        #expect(!isPart([UInt8]("{\"x\":1}".utf8)))
        #expect(!isPart([0xFF]))
    }

    private func isPart(_ text: [UInt8]) -> Bool { TextTrialWorker.isPart(text.span) }

    @Test func aTipWithATextThatNobodyReadsHasACaseAndIsSeen() async throws {
        let world = try CaseWorld()
        let stranger = try world.strangersTip()
        let report = try await pull([try world.tipFrame(), stranger], world, dyingAt: ["被卖到"])
        #expect(Set(report.changed) == [world.tip, stranger.envelope.tipID])
        #expect(report.refused.isEmpty && report.left.isEmpty)
        let opened = try OpenedCase(world.tip, of: world.desk)
        let part = try opened.part(named: "report")
        #expect(opened.record.unread == [part.payload])
        let shown = try opened.overview().lines.joined(separator: "\n")
        #expect(shown.contains("could not be read") && !shown.contains("被卖到"))
        // Everything that reads texts goes on without it.
        #expect(try !opened.contents().isEmpty)
        _ = try opened.hintGroups()
        #expect(opened.trail.map(\.words).joined().contains("could not be read"))
        // It is kept, as it came.
        #expect(Durable.exists(opened.file(part.payload).path))
    }

    @Test func howUrgentItIsMayStandInIt() async throws {
        let world = try CaseWorld()
        _ = try await pull(
            [try world.strangersTip(), try world.tipFrame()], world, dyingAt: ["2026-12-01"])
        let first = try require(try world.desk.queue().first)
        #expect(first.tip == world.tip && first.priority?.level == .p1)
        #expect(first.reason.contains("a text in it could not be read"))
        // The same from the case itself as from the table.
        let facts = try OpenedCase(world.tip, of: world.desk).priorityFacts()
        #expect(facts.findings == [.unreadText] && facts.danger.isEmpty)
    }

    @Test func itIsNeitherLabelledNorReleased() async throws {
        let world = try CaseWorld()
        _ = try await pull([try world.tipFrame()], world, dyingAt: ["被卖到"])
        let opened = try OpenedCase(world.tip, of: world.desk)
        #expect(throws: DeskError.self) {
            try opened.label(part: "report", contains: [], by: "ana")
        }
        // Even if somebody wrote a label into the journal.
        let payload = try opened.part(named: "report").payload
        try opened.append(.labelled(part: payload, classes: []), by: "ana")
        #expect(try OpenedCase(world.tip, of: world.desk).record.labels[payload] == nil)
    }

    @Test func anotherWorkerMayReadItLater() async throws {
        let world = try CaseWorld()
        _ = try await pull([try world.tipFrame()], world, dyingAt: ["被卖到", "2026-12-01"])
        let part = try OpenedCase(world.tip, of: world.desk).part(named: "report")
        func readAgain(dyingAt words: [String]) throws -> [String] {
            var desk = world.desk
            desk.texts = readers(dyingAt: words)
            return try SecondReading(try OpenedCase(world.tip, of: desk)).run()
        }
        let lines = try readAgain(dyingAt: ["2026-12-01"])
        #expect(lines.filter { $0.hasSuffix("could be read this time") }.count == 1)
        #expect(lines.filter { $0.hasSuffix("this time either") }.count == 1)
        let opened = try OpenedCase(world.tip, of: world.desk)
        #expect(opened.record.unread == [try opened.part(named: "urgency").payload])
        #expect(try opened.overview().lines.joined().contains("被卖到"))
        #expect(opened.trail.map(\.words).contains { $0.hasSuffix("could be read at last") })
        // Only now somebody can say what it contains.
        try opened.label(part: "report", contains: [], by: "ana")
        #expect(try OpenedCase(world.tip, of: world.desk).record.labels[part.payload] == [])
        #expect(try readAgain(dyingAt: []).count == 1)
        #expect(try SecondReading(OpenedCase(world.tip, of: world.desk)).waiting.isEmpty)
        // What stands in it counts from now on.
        let first = try require(try world.desk.queue().first)
        #expect(!first.reason.contains("could not be read"))
        #expect(try readAgain(dyingAt: ["被卖到"]).isEmpty)
    }

    @Test func aTextThatComesThroughVoidsWhatWasApprovedWithoutIt() async throws {
        let world = try CaseWorld()
        _ = try await world.approvedCase()
        let urgency = try OpenedCase(world.tip, of: world.desk).part(named: "urgency").payload
        try OpenedCase(world.tip, of: world.desk).append(.readAgain(part: urgency))
        let record = try OpenedCase(world.tip, of: world.desk).record
        #expect(record.open.allSatisfy { record.personCount(of: $0) == 0 })
    }

    @Test func withoutItsManifestAFrameIsRefusedAndKept() async throws {
        let world = try CaseWorld()
        let frame = try world.tipFrame()
        let stranger = try world.strangersTip()
        let report = try await pull(
            [frame, stranger], world, dyingAt: ["sallyport.manifest/1"])
        #expect(report.refused.count == 2 && report.changed.isEmpty)
        #expect(report.refused.allSatisfy { $0.why.contains("manifest could not be read") })
        #expect(
            Durable.exists("\(world.desk.folder)/refused/\(frame.envelope.digest.hex).frame"))
    }

    @Test func aWithdrawalThatNobodyReadsFreezes() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango")])
        let report = try await pull(
            [try world.withdrawalFrame("mango"), try world.evidenceFrame([1])], world,
            dyingAt: ["mango"])
        #expect(report.changed == [world.tip, world.tip])
        let record = try OpenedCase(world.tip, of: world.desk).record
        #expect(record.frozen == "withdrawn, in words that could not be read")
        #expect(!record.isDestroyable && record.unread.count == 1)
    }

    @Test func withoutAWorkerNothingIsOpenedAndNothingIsLost() async throws {
        let world = try CaseWorld()
        var desk = world.desk
        desk.texts = TextReaders(Worker(programs: ["sh"], command: ["sh", "-c", "exit 1"]))
        await world.link.offer([try world.tipFrame().encoded])
        await #expect(throws: DeskError.self) { try await Pull(desk, over: world.link).run() }
        #expect(await world.link.confirmed.isEmpty)
        #expect(try world.desk.tips().isEmpty)
        #expect(try await Pull(world.desk, over: world.link).run().changed == [world.tip])
    }
}
