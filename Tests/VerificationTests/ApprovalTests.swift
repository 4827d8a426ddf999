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

/// What a person is shown before they sign, and what makes a signature worthless afterwards.
struct ApprovalTests {
    private func words(_ world: CaseWorld) throws -> String {
        try ReleaseApproval(try OpenedCase(world.tip, of: world.desk)).recompute()
            .flatMap(\.words).joined(separator: "\n")
    }

    @Test func thePersonReadsTheWholeJudgementBeforeSigning() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        let text = try words(world)
        for line in [
            "Verdict: probably held", "Admiralty grade: C3", "Because: seen", "TLP:AMBER+STRICT",
            "PAP:AMBER", "CIVILIANS ARE HELD HERE", "only after dark ⟨U+200B⟩",
        ] {
            #expect(text.contains(line), "\(line)")
        }
        let shown = try OpenedCase(world.tip, of: world.desk).overview().lines.joined(
            separator: "\n")
        for line in ["reason: seen", "caveat: only after dark", "civilians are held here"] {
            #expect(shown.contains(line), "\(line)")
        }
    }

    @Test func theLogsCheckpointIsCheckedAndShown() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        func prepare(_ checkpoint: [UInt8]) throws {
            _ = try ReleasePreparation(
                opened, checkpoint: String(decoding: checkpoint, as: UTF8.self)
            ).run()
        }
        func seen(_ size: UInt64) throws {
            let head = ascii("1\n") + (try world.agents.checkpoint(size: size))
            try Durable.write(head.span, to: world.desk.folder + "/head", .replace)
        }
        try prepare(try world.agents.checkpoint(size: 3))
        #expect(throws: DeskError.self) { try words(world) }
        try seen(2)
        #expect(throws: DeskError.self) { try words(world) }
        try seen(3)
        #expect(try words(world).contains("custody log: 3 entries"))
        try prepare(try world.agents.checkpoint(size: 3, stranger: true))
        #expect(throws: DeskError.self) { try words(world) }
    }

    @Test func aPlanIsShownWithItsPlacesAndHours() async throws {
        let world = try CaseWorld()
        let (a, b) = (try require(OfficeID("office-a")), try require(OfficeID("office-b")))
        _ = try ReleasePreparation(try await world.readyCase()).run(.init(now: [a], standby: [b]))
        let due = try require(world.desk.now.adding(hours: 72))
        let text = try words(world)
        #expect(text.contains("number 1 of 2, offered from \(world.desk.now.text)"))
        #expect(text.contains("number 2 of 2, offered from \(due.text)"))
        // The plan is not in the signed statement; its due hour must be within the statement's.
        let early = try require(world.desk.now.adding(hours: -1))
        let opened = try OpenedCase(world.tip, of: world.desk)
        let moved = try opened.record.open.map { release in
            let plan = try require(release.plan)
            return PreparedRelease(
                draft: release.draft, statement: release.statement, predicate: release.predicate,
                cover: release.cover,
                plan: .init(id: plan.id, rank: plan.rank, count: plan.count, due: early))
        }
        try opened.append(.prepared(moved))
        #expect(throws: DeskError.self) { try words(world) }
    }

    /// What can happen to a case between its approval and its release.
    enum Change: CaseIterable {
        case label, judgement, derivative, derivativeWithdrawn, supplement, freezeAndResume

        func happen(to opened: OpenedCase, in world: CaseWorld) async throws {
            switch self {
            case .label: try opened.label(part: "urgency", contains: [], by: "eve")
            case .judgement: try opened.assess(try require(opened.record.judgement), by: "eve")
            case .derivative:
                try opened.derive(
                    from: "report", kind: .redaction, text: "…", language: "en", note: "",
                    contains: [], by: "eve")
            case .derivativeWithdrawn:
                let payload = try require(opened.record.derivatives.first).payload
                try opened.withdrawDerivative(payload.hex, by: "eve")
            case .supplement: _ = try await world.pull([try world.evidenceFrame([1, 2, 3])])
            case .freezeAndResume:
                try opened.append(.frozen(why: "somebody asked"))
                try await opened.resume(why: "all is well", over: world.link, by: "eve")
            }
        }
    }

    @Test(arguments: Change.allCases)
    func whateverChangesTheCaseVoidsItsApprovals(_ change: Change) async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        try await change.happen(to: opened, in: world)
        await #expect(throws: DeskError.secondPersonMissing) {
            try await ReleaseSending(opened, over: world.link).run()
        }
        #expect(await world.link.packages.isEmpty)
    }

    /// Signatures over a release that the case does not give any more, put into the journal anyway.
    @Test func whatTheCaseDoesNotGiveIsNotSentWhoeverSigned() async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        let approvals = opened.record.approvals
        // The urgency part is now said to contain the place, which B may not see.
        try opened.label(part: "urgency", contains: [.place], by: "eve")
        for (statement, given) in approvals {
            for one in given {
                try opened.append(
                    .approved(statement: statement, signature: one.signature, sums: one.sums),
                    by: one.person)
            }
        }
        do {
            _ = try await ReleaseSending(opened, over: world.link).run()
            Issue.record("it was sent")
        } catch {
            guard case .recomputationDiffers = error else { throw error }
        }
        #expect(await world.link.packages.isEmpty)
    }

    /// The case changes while a person reads, before they type their passphrase.
    @Test(arguments: [
        CaseAction.frozen(why: "withdrawn, and no code word was set"),
        .resumed(why: "all is well"),
    ])
    func whatHappensWhileSomebodyReadsIsNotSigned(_ action: CaseAction) async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        let approval = ReleaseApproval(try OpenedCase(world.tip, of: world.desk))
        let confirmed = try approval.recompute()
        try OpenedCase(world.tip, of: world.desk).append(action)
        let ana = try require(world.agents.persons["ana"])
        #expect(throws: DeskError.self) {
            try approval.sign(confirmed, signer: ana, passphrase: DeskWorld.secret("ana"))
        }
        #expect(try OpenedCase(world.tip, of: world.desk).record.approvals.isEmpty)
    }

    @Test func aDerivativeThatIsTakenBackGoesNowhere() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let payload = try require(opened.record.derivatives.first).payload
        try opened.withdrawDerivative(String(payload.hex.prefix(12)), by: "ana")
        let office = try require(OfficeID("office-b"))
        let facts = try OpenedCase(world.tip, of: world.desk).facts(for: office).facts
        #expect(try require(facts).parts.map(\.routed.partClass) == [.urgency])
        #expect(throws: DeskError.noPart(payload.hex)) {
            try OpenedCase(world.tip, of: world.desk).withdrawDerivative(payload.hex, by: "ana")
        }
    }

    @Test func aNoteThatNoBundleCanHoldIsRefusedAtOnce() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        #expect(throws: DeskError.self) {
            try opened.derive(
                from: "report", kind: .summary, text: "A son was sold.", language: "en",
                note: String(repeating: "a", count: BundlePredicate.textLimit + 1), contains: [],
                by: "ana")
        }
        #expect(try OpenedCase(world.tip, of: world.desk).record.derivatives.count == 1)
    }
}
