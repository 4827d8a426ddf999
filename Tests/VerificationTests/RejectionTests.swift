import Agencies
import Agents
import Custody
import DeskKit
import DurableFiles
import Testing
import Tips
import Wire

@testable import Verification

/// Rejecting takes two persons, closes the case, and leaves its files.
struct RejectionTests {
    private func opened(_ world: CaseWorld) throws -> OpenedCase {
        try OpenedCase(world.tip, of: world.desk)
    }

    private func reject(
        _ world: CaseWorld, as name: String, why: String = "planted"
    ) async throws -> Bool {
        try await Rejection(world.desk, over: world.link).run(
            world.tip, why: why, signer: try require(world.agents.persons[name]),
            passphrase: DeskWorld.secret(name))
    }

    @Test func twoPersonsRejectAndNothingGoesOut() async throws {
        let world = try CaseWorld()
        let approved = try await world.approvedCase()
        #expect(try await !reject(world, as: "ana"))
        #expect(try opened(world).rulings.rejecters.map(\.why) == ["planted"])
        #expect(try world.desk.queue().count == 1)
        await #expect(throws: DeskError.samePerson(try require(PersonID("ana")))) {
            try await reject(world, as: "ana")
        }
        #expect(try await reject(world, as: "ben", why: "no such place"))
        #expect(await world.link.verdicts == [.reject])
        #expect(await world.link.decisions.first?.signatures.count == 2)
        let closed = DeskError.frozen("rejected by two persons")
        #expect(throws: closed) { try ReleasePreparation(try opened(world)).run() }
        #expect(throws: closed) { try world.approve(as: "ana") }
        await #expect(throws: closed) {
            try await ReleaseSending(approved, over: world.link).run()
        }
        await #expect(throws: DeskError.self) {
            try await opened(world).resume(why: "go on", over: world.link, by: "eve")
        }
        #expect(try world.desk.agent.drafts(of: world.tip).isEmpty)
        #expect(await world.link.packages.isEmpty)
    }

    @Test func itLeavesTheQueueAndStaysToBeSeen() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        _ = try await reject(world, as: "ana")
        _ = try await reject(world, as: "ben", why: "no such place")
        #expect(try world.desk.queue().isEmpty)
        #expect(
            try world.desk.queue(withRejected: true).map(\.stage) == [.rejected(hasNews: false)])
        let lines = try opened(world).overview().lines
        #expect(lines[1] == "state: rejected")
        #expect(lines.contains { $0.hasPrefix("signed that it be rejected (ben") })
        #expect(try Durable.list(world.desk.caseFolder(world.tip) + "/parts").count == 9)
        // The reporter sees nothing of it.
        _ = try await Mailboxes(world.desk, over: world.link).publish()
        let batch = try #require(await world.link.batches.last?.verified(by: world.agents.station))
        let message = try world.openMailbox(try #require(batch.slots[try world.address]))
        #expect(message.state == .received)
    }

    /// Whoever planted a tip may have been right; and a withdrawal must be seen.
    @Test func somethingNewBringsItBackToTheQueueStillRejected() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        _ = try await reject(world, as: "ana")
        _ = try await reject(world, as: "ben")
        _ = try await world.pull([try world.evidenceFrame([1, 2, 3])])
        #expect(try world.desk.queue().map(\.stage) == [.rejected(hasNews: true)])
        #expect(throws: DeskError.self) { try ReleasePreparation(try opened(world)).run() }
    }

    @Test func whatCameBetweenTheTwoVoidsTheFirst() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        _ = try await reject(world, as: "ana")
        _ = try await world.pull([try world.evidenceFrame([1, 2, 3])])
        #expect(try await !reject(world, as: "ben"))
        #expect(try await reject(world, as: "ana"))
    }

    @Test func aForgedSignatureIsNone() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        try opened(world).append(
            .ruled(.rejectSigned(why: "x", signature: [UInt8](repeating: 1, count: 64))), by: "ben")
        #expect(try await !reject(world, as: "ana"))
        #expect(await world.link.decisions.isEmpty)
    }

    @Test func itNeedsAReasonAndNothingReleased() async throws {
        let world = try CaseWorld()
        let approved = try await world.approvedCase()
        await #expect(throws: DeskError.badInput("Say why, in a few words.")) {
            try await reject(world, as: "ana", why: "")
        }
        _ = try await ReleaseSending(approved, over: world.link).run()
        let refusal = await #expect(throws: DeskError.self) {
            try await reject(world, as: "ana")
        }
        #expect(refusal?.message.contains("Hold it instead") == true)
    }

    @Test func itGoesOnWhenDispatchWasDown() async throws {
        let world = try CaseWorld()
        _ = try await world.readyCase()
        _ = try await reject(world, as: "ana")
        await world.link.breakDown(after: 0)
        await #expect(throws: DeskError.self) { try await reject(world, as: "ben") }
        #expect(try opened(world).stage == .rejected(hasNews: false))
        await world.link.breakDown(after: nil)
        #expect(try await reject(world, as: "ben"))
        #expect(await world.link.verdicts == [.reject])
        #expect(
            try opened(world).events.count {
                if case .ruled(.rejected) = $0.action { true } else { false }
            } == 1)
    }
}
