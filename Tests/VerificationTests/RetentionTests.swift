import Agencies
import Agents
import Custody
import DeskKit
import DurableFiles
import Foundation
import Forwarding
import NativePrimitives
import Testing
import Tips

@testable import Verification

/// What is due to be destroyed, what never is, and who must sign. The desk's newest hour is set forward;
/// the agents and the directory live in the present.
struct RetentionTests {
    private func later(_ days: Int, _ world: CaseWorld) throws -> Desk {
        let hour = try require(
            Hour(unixTime: Int(Date().timeIntervalSince1970))?.adding(hours: days * 24 + 1))
        let path = world.desk.folder + "/clock"
        let text = [UInt8](hour.text.utf8)
        try Durable.write(text.span, to: path, mode: 0o660, .replace)
        return try Desk.open(world.desk.folder)
    }

    private func grounds(
        _ tip: TipID, _ days: Int, _ world: CaseWorld
    ) throws -> RetentionGrounds? {
        try Retention(try later(days, world)).items().first { $0.tip == tip }?.grounds
    }

    private func junk(_ world: CaseWorld) async throws -> TipID {
        try require(try await world.pull([try world.strangersTip()]).changed.first)
    }

    private func carryOut(
        _ tip: TipID, _ days: Int, as name: String, _ world: CaseWorld
    ) async throws -> Retention.Outcome? {
        try await Retention(try later(days, world)).carryOut(
            [tip], over: world.link, signer: try require(world.agents.persons[name]),
            passphrase: DeskWorld.secret(name)
        ).first?.outcome
    }

    private func answer(
        _ answer: OfficeAnswer, _ world: CaseWorld, office: String = "office-a"
    ) async throws {
        let record = try OpenedCase(world.tip, of: world.desk).record
        let release = try require(
            try record.prepared.first { try $0.claim().office == office })
        let signed = try require(
            Acknowledgement(
                bundle: release.digest, office: try require(OfficeID("office-a")), answer: answer,
                reason: answer == .declined ? "not ours" : "", hour: world.desk.now))
        await world.link.acknowledge(world.agents.withOfficeKey { signed.signed(with: $0) })
        _ = try await Sync(world.desk, over: world.link).run()
    }

    /// A case that was released to office A alone.
    private func released() async throws -> CaseWorld {
        let world = try CaseWorld()
        let office = try require(OfficeID("office-a"))
        _ = try ReleasePreparation(try await world.readyCase()).run(.init(now: [office]))
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        let opened = try OpenedCase(world.tip, of: world.desk)
        _ = try await ReleaseSending(opened, over: world.link).run()
        return world
    }

    @Test func whatNobodyWorkedOnIsDueAfterAYear() async throws {
        let world = try CaseWorld()
        let tip = try await junk(world)
        #expect(try grounds(tip, 364, world) == nil)
        #expect(try grounds(tip, 366, world) == .unopened)
    }

    @Test func whatSpeaksOfDangerOrWasWorkedOnIsNot() async throws {
        let world = try CaseWorld()
        let tip = try await junk(world)
        _ = try await world.pull([try world.tipFrame()])
        #expect(try grounds(world.tip, 3000, world) == nil)
        try OpenedCase(tip, of: world.desk).label(part: "report", contains: [], by: "ana")
        #expect(try grounds(tip, 3000, world) == nil)
    }

    @Test(arguments: [OfficeAnswer.closed, .declined, .accepted])
    func whatEveryOfficeClosedIsDueAfterTwoYears(_ last: OfficeAnswer) async throws {
        let world = try await released()
        #expect(try grounds(world.tip, 3000, world) == nil)
        try await answer(last, world)
        #expect(try grounds(world.tip, 729, world) == nil)
        #expect(try grounds(world.tip, 731, world) == (last == .accepted ? nil : .closed))
    }

    /// A bundle that was recalled needs no closing answer; the recall needs any answer at all.
    @Test func whatWasRecalledIsDueOnceTheOfficeKnows() async throws {
        let world = try await released()
        let opened = try OpenedCase(world.tip, of: world.desk)
        _ = try RecallPreparation(opened).run(.init(reason: .mistaken))
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        _ = try await ReleaseSending(
            try OpenedCase(world.tip, of: world.desk), over: world.link
        ).run()
        #expect(try grounds(world.tip, 3000, world) == nil)
        let record = try OpenedCase(world.tip, of: world.desk).record
        let recall = try require(try record.prepared.last { try $0.recall != nil })
        let said = try require(
            Acknowledgement(
                bundle: recall.digest, office: try require(OfficeID("office-a")),
                answer: .opened, reason: "", hour: world.desk.now))
        await world.link.acknowledge(world.agents.withOfficeKey { said.signed(with: $0) })
        _ = try await Sync(world.desk, over: world.link).run()
        #expect(try grounds(world.tip, 731, world) == .closed)
    }

    @Test func anOpenReleaseOrAWithdrawalKeepsIt() async throws {
        let world = try await released()
        try await answer(.closed, world)
        let office = try require(OfficeID("office-b"))
        let opened = try OpenedCase(world.tip, of: world.desk)
        _ = try ReleasePreparation(opened).run(.init(now: [office]))
        #expect(try grounds(world.tip, 3000, world) == nil)

        let other = try await released()
        try await answer(.closed, other)
        _ = try await other.pull([try other.withdrawalFrame("mango")])
        #expect(try grounds(other.tip, 3000, other) == nil)
    }

    @Test func whatTwoPersonsRejectedIsDueAfterTwoYears() async throws {
        let world = try CaseWorld()
        let tip = try await junk(world)
        for name in ["ana", "ben"] {
            _ = try await Rejection(world.desk, over: world.link).run(
                tip, why: "planted", signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        #expect(try grounds(tip, 729, world) == nil)
        #expect(try grounds(tip, 731, world) == .rejected)
        #expect(try await carryOut(tip, 731, as: "ana", world) == .signed)
        #expect(try await carryOut(tip, 731, as: "ben", world) == .destroyed)
    }

    @Test func whatSomebodyHoldsIsNotDue() async throws {
        let world = try await released()
        try await answer(.closed, world)
        _ = try await OpenedCase(world.tip, of: world.desk).hold(
            why: "a court asks", over: world.link, by: "ana")
        #expect(try grounds(world.tip, 3000, world) == nil)
    }

    @Test func twoPersonsAreNeededAndDispatchIsTold() async throws {
        let world = try CaseWorld()
        let tip = try await junk(world)
        #expect(try await carryOut(tip, 366, as: "ana", world) == .signed)
        let again = try await carryOut(tip, 366, as: "ana", world)
        #expect(again == .left(DeskError.samePerson(try require(PersonID("ana"))).message))
        #expect(Durable.exists(world.desk.caseFolder(tip) + "/journal"))
        #expect(try await carryOut(tip, 366, as: "ben", world) == .destroyed)
        #expect(!Durable.exists(world.desk.caseFolder(tip)))
        #expect(await world.link.decisions.count == 1)
        #expect(try world.desk.destroyed() == [tip])
        #expect(try Retention(world.desk).items().isEmpty)
    }

    /// Who signed had not seen what came since.
    @Test func newsBetweenTwoPersonsVoidsTheFirst() async throws {
        let world = try await released()
        try await answer(.closed, world)
        #expect(try await carryOut(world.tip, 731, as: "ana", world) == .signed)
        let desk = try later(800, world)
        try desk.append(.frozen(why: "asked"), to: world.tip)
        try desk.append(.resumed(why: "answered"), to: world.tip, by: "ana")
        let soon = try await carryOut(world.tip, 900, as: "ben", world)
        #expect(soon == .left("The case is not due to be destroyed any more."))
        #expect(try await carryOut(world.tip, 1600, as: "ben", world) == .signed)
        #expect(try await carryOut(world.tip, 1600, as: "ana", world) == .destroyed)
    }

    @Test func aLegalHoldStopsIt() async throws {
        let world = try CaseWorld()
        let tip = try await junk(world)
        let now = try later(366, world)
        #expect(try await carryOut(tip, 366, as: "ana", world) == .signed)
        #expect(throws: DeskError.self) {
            try OpenedCase(tip, of: now).holdLegally(why: "", by: "ana")
        }
        try OpenedCase(tip, of: now).holdLegally(why: "a court asked", by: "ana")
        let item = try require(try Retention(now).items().first)
        #expect(item.grounds == nil && item.hold == "a court asked")
        #expect(
            try await carryOut(tip, 366, as: "ben", world)
                == .left("The case is not due to be destroyed any more."))
        try OpenedCase(tip, of: now).liftLegalHold(why: "it has ended", by: "ana")
        #expect(try grounds(tip, 366, world) == .unopened)
        #expect(throws: DeskError.self) {
            try OpenedCase(tip, of: now).liftLegalHold(why: "again", by: "ana")
        }
    }

    @Test func withoutRulesNobodyDestroysWhatWasNotWithdrawn() async throws {
        let world = try CaseWorld()
        let tip = try await junk(world)
        await #expect(throws: DeskError.self) {
            try await Destruction(try later(366, world), over: world.link).run(
                tip, signer: try require(world.agents.persons["ana"]),
                passphrase: DeskWorld.secret("ana"))
        }
    }

    @Test func theDaysAreSetWithinLimits() throws {
        let world = try CaseWorld()
        let path = world.desk.folder + "/settings.json"
        let text = String(decoding: try Durable.read(path, limit: 1 << 16), as: UTF8.self)
        func read(_ old: String, _ new: String) throws -> RetentionRules {
            let changed = [UInt8](text.replacing(old, with: new).utf8)
            try Durable.write(changed.span, to: path, mode: 0o660, .replace)
            return try DeskSettings.read(world.desk.folder).retention
        }
        #expect(try read("", "") == .usual)
        #expect(try read(":365", ":40").unopenedDays == 40)
        #expect(try read("\"unopenedDays\":365", "\"unopenedDays\":3650").unopenedDays == 3650)
        for days in [":29", ":3651", ":-1"] {
            #expect(throws: DeskError.self) { try read(":730", days) }
        }
        #expect(throws: DeskError.self) { try read("closedDays", "closedDay") }
    }
}
