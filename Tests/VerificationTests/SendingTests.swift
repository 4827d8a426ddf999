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

/// Preparing and sending, when something goes wrong in the middle.
struct SendingTests {
    private func drafts(_ world: CaseWorld) throws -> Set<Hash> {
        Set(try world.desk.agent.drafts(of: world.tip))
    }

    private func record(_ world: CaseWorld) throws -> CaseRecord {
        try OpenedCase(world.tip, of: world.desk).record
    }

    /// The program dies after dispatch took the release and before it is written down.
    @Test func whatDispatchTookIsNeverPreparedAgain() async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        await world.link.dieAfterTaking()
        await #expect(throws: DeskError.self) {
            try await ReleaseSending(opened, over: world.link).run()
        }
        #expect(await world.link.packages.count == 1)
        #expect(try record(world).released.isEmpty)
        do {
            _ = try ReleasePreparation(opened).run()
            Issue.record("it was prepared again")
        } catch {
            #expect(error.message.contains("sallyport-desk release"))
        }
        #expect(throws: DeskError.self) { try world.approve(as: "ana") }
        _ = try await ReleaseSending(opened, over: world.link).run()
        #expect(await world.link.packages.count == 2)
        #expect(try record(world).released.count == 2)
    }

    /// … and then the case is frozen: it must not be sent again, and not be lost from sight either.
    @Test func whatDispatchTookBeforeAFreezeIsWrittenDown() async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        await world.link.dieAfterTaking()
        _ = try? await ReleaseSending(opened, over: world.link).run()
        try opened.append(.frozen(why: "withdrawn, and no code word was set"))
        let lines = try await ReleaseSending(opened, over: world.link).run()
        #expect(lines.joined().contains("dispatch had taken"))
        #expect(await world.link.packages.count == 1)
        #expect(try record(world).released.count == 1 && record(world).sending.isEmpty)
    }

    /// Dispatch never got it, and the case changed: a new release, with a number of its own.
    @Test func theNumberOfAReleaseThatWasBegunIsNotUsedAgain() async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        let first = try require(opened.record.open.first)
        let claim = try first.claim()
        // As if the program had died right after this entry.
        try opened.append(.sending(statement: first.digest))
        try opened.label(part: "place", contains: [], by: "eve")
        let lines = try await ReleaseSending(opened, over: world.link).run()
        #expect(lines.joined().contains("dispatch does not have"))
        _ = try ReleasePreparation(opened).run()
        let again = try record(world).open.map { try $0.claim() }
        #expect(
            again.first { $0.office == claim.office }.map(\.sequence) == claim.sequence + 1)
        // The other office's release never left.
        #expect(again.contains { $0.office != claim.office && $0.sequence == claim.sequence })
    }

    @Test func afterAReleaseTheAgentKeepsNothing() async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        #expect(try drafts(world) == Set(opened.record.open.map(\.draft)))
        _ = try await ReleaseSending(opened, over: world.link).run()
        #expect(try drafts(world).isEmpty)
    }

    @Test func preparingAgainReplacesTheDraftsAndClearsWhatACrashLeft() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        _ = try ReleasePreparation(opened).run()
        let before = try drafts(world)
        let part = try opened.part(named: "report")
        var payload = [try Durable.read(opened.file(part.payload).path, limit: 1 << 20)]
        let header = try opened.file(part.payload).header()
        payload[0].removeFirst(header.count)
        _ = try world.desk.agent.prepare(
            PreparedName(
                tip: world.tip, draft: Hash(sha256: [1]), office: try require(OfficeID("office-a")),
                file: "parts/00.age"), header: header, classes: [.report]
        ) { () throws(Never) in payload.popLast() }
        _ = try ReleasePreparation(opened).run()
        #expect(try drafts(world) == Set(try record(world).open.map(\.draft)))
        #expect(try drafts(world).isDisjoint(with: before))
    }

    /// Thirty long notes are more than a predicate can hold. Office A's draft is made by then.
    @Test func aPreparationThatFailsLeavesTheOldOneAsItWas() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        _ = try ReleasePreparation(opened).run()
        let before = try record(world).open
        let note = String(repeating: "a", count: BundlePredicate.textLimit)
        for index in 0..<33 {
            try opened.derive(
                from: "report", kind: .summary, text: "\(index)", language: "en", note: note,
                contains: [.person], by: "ana")
        }
        #expect(throws: DeskError.self) { try ReleasePreparation(opened).run() }
        #expect(try record(world).open == before)
        #expect(try drafts(world) == Set(before.map(\.draft)))
    }

    @Test func moreThanABundleCanHoldIsSaidInWordsAndPartsCanStayOut() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        for index in 0..<100 {
            try opened.derive(
                from: "report", kind: .summary, text: "\(index)", language: "en", note: "",
                contains: [.person], by: "ana")
        }
        do {
            _ = try ReleasePreparation(opened).run()
            Issue.record("it was prepared")
        } catch {
            #expect(error.message.contains("102 parts") && error.message.contains("--without"))
        }
        #expect(try drafts(world).isEmpty)
        let without = try record(world).derivatives.prefix(2).map(\.payload)
        let office = try require(OfficeID("office-b"))
        let lines = try ReleasePreparation(opened).run(
            .init(now: [office], without: without.map(\.hex), withoutWhy: "too many"))
        #expect(lines.filter { $0.contains("left out by the desk") }.count == 2)
        let confirmed = try ReleaseApproval(try OpenedCase(world.tip, of: world.desk)).recompute()
        #expect(confirmed.map(\.release.without) == [without])
        let words = confirmed.flatMap(\.words)
        #expect(words.filter { $0.contains("left out by the desk") }.count == 2)
        #expect(try confirmed.map { try $0.release.claim().parts.count } == [100])
    }
}
