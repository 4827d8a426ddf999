import Agencies
import Custody
import DeskKit
import Forwarding
import Testing
import Tips
import Wire

@testable import Verification

/// What people decide beside the judgement: findings, priority, holding, withholding.
struct RulingTests {
    private func opened(_ world: CaseWorld) throws -> OpenedCase {
        try OpenedCase(world.tip, of: world.desk)
    }

    private func priority(_ world: CaseWorld) throws -> Priority {
        try #require(try world.desk.queue().first { $0.tip == world.tip }?.priority)
    }

    @Test func aFindingOrdersTheQueueAndCanBeTakenBack() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.strangersTip()])
        let tip = try #require(try world.desk.tips().first)
        let opened = { try OpenedCase(tip, of: world.desk) }
        let level = { try world.desk.queue().first?.priority?.level }
        #expect(try level() == .p3)
        try opened().find(.torture, why: "burns on both arms", by: "ana")
        #expect(try level() == .p1)
        try opened().find(.saysFine, why: "a cheerful voice message", by: "ana")
        try opened().takeBack(.torture, why: "an old scar", by: "ben")
        let fine = try #require(try world.desk.queue().first)
        #expect(fine.priority?.level == .p1 && fine.priority?.clock.kind == .coercion)
        #expect(fine.reason.contains("said to be well, which may be forced"))
        try opened().takeBack(.saysFine, why: "it was about somebody else", by: "ben")
        #expect(try level() == .p3)
        try opened().find(.minorAbuse, why: "in her words", by: "ana")
        #expect(try level() == .p0)
        #expect(throws: DeskError.self) {
            try opened().takeBack(.torture, why: "twice", by: "ben")
        }
        for empty in ["", " \n"] {
            #expect(throws: DeskError.self) {
                try opened().find(.torture, why: empty, by: "ana")
            }
        }
        #expect(try opened().rulings.findings.map(\.finding) == [.minorAbuse])
        #expect(
            try opened().trail.contains { $0.words == "found: shows torture: burns on both arms" })
    }

    @Test func aPersonSetsThePriorityAndTheListSaysWhoAndWhy() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        #expect(try priority(world).level == .p0)
        try opened(world).setPriority(.p3, why: "a copy of another", by: "ben")
        #expect(try priority(world).level == .p3)
        #expect(try priority(world).reasons.first == "P3 by ben: a copy of another")
        try opened(world).setPriority(nil, why: "it is not", by: "ana")
        #expect(try priority(world).level == .p0)
        #expect(try opened(world).overview().lines.allSatisfy { !$0.contains("a copy of another") })
    }

    /// Nobody's earlier decision keeps down what is found later.
    @Test func aLaterFindingEndsALowerPriority() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        try opened(world).setPriority(.p2, why: "quiet", by: "ben")
        try opened(world).find(.outAndSafe, why: "she rang", by: "ana")
        #expect(try priority(world).level == .p2)
        try opened(world).find(.saysFine, why: "dictated", by: "ana")
        #expect(try priority(world).level == .p0)
        try opened(world).setPriority(.p1, why: "looked into it", by: "ben")
        try opened(world).find(.torture, why: "burns", by: "ana")
        #expect(try priority(world).level == .p1)
        try opened(world).find(.minorAbuse, why: "words", by: "ana")
        #expect(try opened(world).rulings.priority == nil && priority(world).level == .p0)
    }

    @Test func nothingOfAHeldCaseGoesOut() async throws {
        let world = try CaseWorld()
        let approved = try await world.approvedCase()
        let told = try await opened(world).hold(
            why: "it may be planted", over: world.link, by: "eve")
        #expect(told == "dispatch holds it, too")
        #expect(await world.link.verdicts == [.hold])
        let held = DeskError.frozen("held by eve: it may be planted")
        #expect(throws: held) { try ReleasePreparation(try opened(world)).run() }
        #expect(throws: held) { try ReleaseApproval(try opened(world)).recompute() }
        #expect(throws: held) { try world.approve(as: "ana") }
        await #expect(throws: held) {
            try await ReleaseSending(approved, over: world.link).run()
        }
        #expect(try opened(world).stage == .frozen("held by eve: it may be planted"))
        #expect(await world.link.packages.isEmpty)
        // A hold is no withdrawal: neither the mailbox nor the priority says so.
        #expect(try !priority(world).reason.contains("withdrawn"))
        _ = try await Mailboxes(world.desk, over: world.link).publish()
        #expect(try await mailbox(world).state == .received)
        await #expect(throws: DeskError.badInput("Say why the case goes on.")) {
            try await opened(world).resume(why: "", over: world.link, by: "ben")
        }
        try await opened(world).resume(why: "two more say so", over: world.link, by: "ben")
        #expect(await world.link.verdicts == [.hold, .resume])
        // What was approved before counts no more.
        await #expect(throws: DeskError.secondPersonMissing) {
            try await ReleaseSending(try opened(world), over: world.link).run()
        }
    }

    /// Somebody types the words by which a withdrawal is known.
    @Test func aHoldCannotPassForAWithdrawal() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        _ = try await opened(world).hold(
            why: CaseAction.rightCodeWord, over: world.link, by: "eve")
        #expect(try !opened(world).record.isDestroyable)
        _ = try await Mailboxes(world.desk, over: world.link).publish()
        #expect(try await mailbox(world).state == .received)
    }

    @Test func aHoldStandsWhenDispatchIsDown() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        await world.link.breakDown(after: 0)
        let told = try await opened(world).hold(why: "planted?", over: world.link, by: "eve")
        #expect(told.hasPrefix("dispatch was not told"))
        await world.link.breakDown(after: nil)
        #expect(try opened(world).record.stopped == "held by eve: planted?")
        // Dispatch holds nothing, so it is not told to go on.
        try await opened(world).resume(why: "no", over: world.link, by: "eve")
        #expect(await world.link.verdicts.isEmpty)
    }

    @Test func aWithdrawalAndAHoldAreBothTold() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        _ = try await opened(world).hold(why: "planted?", over: world.link, by: "eve")
        _ = try await world.pull([try world.withdrawalFrame("melon")])
        #expect(
            try opened(world).record.stopped
                == "withdrawn, and no code word was set; held by eve: planted?")
    }

    @Test func anOfficeFromWhichItIsWithheldGetsNothing() async throws {
        let world = try CaseWorld()
        let office = try #require(OfficeID("office-b"))
        _ = try await world.approvedCase()
        try opened(world).withhold(from: office, why: "its officer was named", by: "eve")
        let now = try opened(world)
        #expect(now.record.open.allSatisfy { now.record.personCount(of: $0) == 0 })
        let preview = try #require(try now.preview().first { $0.office == office })
        #expect(preview.barred == ["the desk withholds it (eve: its officer was named)"])
        #expect(!preview.getsSomething)
        // What was prepared for it is not signed.
        let refusal = #expect(throws: DeskError.self) { try ReleaseApproval(now).recompute() }
        #expect(refusal?.message.contains("its officer was named") == true)
        #expect(throws: DeskError.self) {
            try ReleasePreparation(try opened(world)).run(.init(now: [office]))
        }
        _ = try ReleasePreparation(try opened(world)).run()
        #expect(try opened(world).openReleases().map(\.office) == ["office-a"])
        try opened(world).giveAgain(to: office, why: "another officer", by: "ben")
        _ = try ReleasePreparation(try opened(world)).run()
        #expect(try opened(world).openReleases().map(\.office) == ["office-a", "office-b"])
        #expect(throws: DeskError.self) {
            try opened(world).giveAgain(to: office, why: "again", by: "ben")
        }
        #expect(throws: DeskError.self) {
            try opened(world).withhold(
                from: try #require(OfficeID("office-zz")), why: "no such", by: "ben")
        }
    }

    @Test func whatIsLeftOutHasAReasonThatIsShown() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        let run = { (why: String) in
            try ReleasePreparation(try opened(world)).run(
                .init(without: ["urgency"], withoutWhy: why))
        }
        #expect(throws: DeskError.badInput("Say why, in a few words.")) { try run(" ") }
        let lines = try run("it names the day\u{202E}")
        #expect(lines.contains { $0.hasSuffix("left out by the desk: it names the day⟨U+202E⟩") })
        let words = try ReleaseApproval(try opened(world)).recompute().flatMap(\.words)
        #expect(words.contains { $0.hasSuffix("left out by the desk: it names the day⟨U+202E⟩") })
        #expect(
            try opened(world).trail.contains {
                $0.words.hasPrefix("prepared for office-a, office-b; left out by the desk: it")
            })
    }

    private func mailbox(_ world: CaseWorld) async throws -> DeskMessage {
        let batch = try #require(await world.link.batches.last?.verified(by: world.agents.station))
        return try world.openMailbox(try #require(batch.slots[try world.address]))
    }
}
