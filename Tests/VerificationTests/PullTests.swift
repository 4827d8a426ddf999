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

func journalNames(_ path: String) throws -> [String] { try Durable.list(path) }
func removeFile(_ path: String) throws { try Durable.remove(path) }

/// What comes in, and what is refused.
struct PullTests {
    @Test func aTipBecomesACaseAndIsConfirmedAfterwards() async throws {
        let world = try CaseWorld()
        let frame = try world.tipFrame()
        let report = try await world.pull([frame])
        #expect(report.changed == [world.tip])
        #expect(await world.link.confirmed == [frame.envelope.digest])
        let opened = try OpenedCase(world.tip, of: world.desk)
        #expect(opened.parts.count == 7)
        let text = try opened.overview().lines.joined(separator: "\n")
        #expect(text.contains("我的儿子被卖到缅甸⟨U+202E⟩"))
        let queue = try world.desk.queue()
        #expect(queue.map { $0.priority?.level } == [.p0])
        #expect(queue[0].line.contains("danger: life"))
        #expect(queue[0].line.contains("deadline 2026-12-01"))
        // The same frame again changes nothing.
        #expect(try await world.pull([frame]).changed.isEmpty)
    }

    @Test func aManifestThatDoesNotFitItsEnvelopeIsRefusedAndRecorded() async throws {
        let world = try CaseWorld()
        let frame = try world.tipFrame(lies: true)
        let report = try await world.pull([frame])
        #expect(report.changed.isEmpty)
        #expect(report.refused.map(\.envelope) == [frame.envelope.digest])
        #expect(report.refused[0].why.contains("manifest"))
        #expect(try world.desk.tips().isEmpty)
        #expect(
            Durable.exists("\(world.desk.folder)/refused/\(frame.envelope.digest.hex).frame"))
        #expect(try world.desk.deskJournal.entries().count == 1)
    }

    @Test func evidenceJoinsItsTipAndItsOriginalIsTheSame() async throws {
        let world = try CaseWorld()
        let original = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        // The supplement is listed with the tip; the tip is taken first.
        let report = try await world.pull([try world.evidenceFrame(original), try world.tipFrame()])
        #expect(report.changed == [world.tip, world.tip])
        let opened = try OpenedCase(world.tip, of: world.desk)
        let part = try opened.part(named: "evidence")
        var got: [UInt8] = []
        let digests = try opened.file(part.payload).open(as: .evidence) { got += $0 }
        #expect(got == original && digests.original == Hash(sha256: original))
    }

    @Test func whatIsOpenedIsStoredWhenTheConnectionBreaksAtTheNextBatch() async throws {
        let world = try CaseWorld()
        let frames = try (0..<TipIntake.frameLimit + 6).map { _ in try world.strangersTip() }
        await world.link.offer(frames.map(\.encoded))
        // The list, the first batch, and three of the second.
        await world.link.breakDown(after: 1 + TipIntake.frameLimit + 3)
        await #expect(throws: DeskError.self) {
            try await Pull(world.desk, over: world.link).run()
        }
        #expect(try world.desk.tips().count == TipIntake.frameLimit)
        #expect(await world.link.confirmed.isEmpty)
        await world.link.breakDown(after: nil)
        let report = try await Pull(world.desk, over: world.link).run()
        #expect(report.changed.count == 6)
        #expect(await world.link.confirmed.count == frames.count)
        #expect(try world.desk.queue().count == frames.count)
    }

    @Test func aTipThatComesTwiceIsOneCaseEvenInBatchesThatOverlap() async throws {
        let world = try CaseWorld()
        let frames = try (0..<TipIntake.frameLimit).map { _ in try world.strangersTip() }
        let twice = try world.tipFrame()
        await world.link.offer(
            (frames.dropLast() + [twice, try world.tipFrame(), frames[63]]).map(\.encoded))
        let report = try await Pull(world.desk, over: world.link).run()
        #expect(report.changed.count == TipIntake.frameLimit + 1)
        #expect(report.refused.map(\.why) == ["a second tip under the key of an earlier one"])
        #expect(try world.desk.tips().count == TipIntake.frameLimit + 1)
        #expect(try OpenedCase(world.tip, of: world.desk).parts.count == 7)
    }

    @Test func aSupplementWaitsForItsTip() async throws {
        let world = try CaseWorld()
        let report = try await world.pull([try world.evidenceFrame([1, 2, 3])])
        #expect(report.waiting == 1)
        #expect(await world.link.confirmed.isEmpty)
    }

    @Test(arguments: ["mango", "melon"])
    func aWithdrawalFreezesWhateverTheCodeWord(_ word: String) async throws {
        let isRight = word == "mango"
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango")])
        _ = try await world.pull([try world.withdrawalFrame(word)])
        let opened = try OpenedCase(world.tip, of: world.desk)
        #expect(
            opened.record.frozen == "withdrawn \(isRight ? "with" : "without") the right code word")
        #expect(throws: DeskError.self) { try ReleasePreparation(opened).run() }
        let destruction = Destruction(world.desk, over: world.link)
        let ana = try require(world.agents.persons["ana"])
        let ben = try require(world.agents.persons["ben"])
        guard isRight else {
            await #expect(throws: DeskError.self) {
                try await destruction.run(
                    world.tip, signer: ana, passphrase: DeskWorld.secret("ana"))
            }
            return
        }
        #expect(
            try await !destruction.run(
                world.tip, signer: ana, passphrase: DeskWorld.secret("ana")))
        #expect(try world.desk.tips() == [world.tip])
        #expect(
            try await destruction.run(
                world.tip, signer: ben, passphrase: DeskWorld.secret("ben")))
        #expect(try world.desk.tips().isEmpty)
        #expect(await world.link.decisions.count == 1)
    }

    @Test func nothingAtRestIsReadable() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        let folder = world.desk.caseFolder(world.tip)
        for part in ["parts", "journal"] {
            for name in try Durable.list("\(folder)/\(part)") {
                let bytes = try Durable.read("\(folder)/\(part)/\(name)", limit: 1 << 20)
                #expect(bytes.starts(with: ascii("age-encryption.org/v1\n-> mlkem768x25519 ")))
                #expect(Padding.isPadded(Payload.plaintextLength(of: payload(bytes)) ?? 0))
            }
        }
    }

    private func payload(_ file: [UInt8]) -> Int {
        (try? Header.parse(file.span).byteCount).map { file.count - $0 } ?? 0
    }

    @Test func aRemovedOrExchangedJournalEntryShows() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        let journal = world.desk.caseFolder(world.tip) + "/journal"
        try Durable.remove(journal + "/000002.age")
        #expect(throws: DeskError.self) { try OpenedCase(world.tip, of: world.desk) }
    }

    @Test func questionsNeedASecondPersonAndReachTheReporter() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        let opened = try OpenedCase(world.tip, of: world.desk)
        let ana = try require(world.agents.persons["ana"])
        let ben = try require(world.agents.persons["ben"])
        let id = try opened.ask(
            "上次联系是什么时候？", language: "zh-Hans", signer: ana,
            passphrase: DeskWorld.secret("ana"))
        let again = try OpenedCase(world.tip, of: world.desk)
        #expect(again.readQuestions().isEmpty)
        #expect(throws: DeskError.samePerson(try require(.init("ana")))) {
            try again.approveQuestion(id, signer: ana, passphrase: DeskWorld.secret("ana"))
        }
        try again.approveQuestion(id, signer: ben, passphrase: DeskWorld.secret("ben"))
        _ = try await Mailboxes(world.desk, over: world.link).publish()
        _ = try await Mailboxes(world.desk, over: world.link).publish()
        let batches = await world.link.batches.compactMap { $0.verified(by: world.agents.station) }
        #expect(batches.map(\.number) == [1, 2])
        let slots = try batches.map { try require($0.slots[try world.address]) }
        #expect(slots[0] != slots[1])
        let message = try world.openMailbox(slots[1])
        #expect(message.questions.map(\.text) == ["上次联系是什么时候？"])
        #expect(message.state == .question && message.counter == 2)
    }
}
