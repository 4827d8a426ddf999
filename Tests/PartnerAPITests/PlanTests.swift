import Custody
import Foundation
import Forwarding
import Quarantine
import QuarantineSQLite
import ReleaseKit
import Serving
import Testing
import Tips
import Wire

@testable import PartnerAPI
@testable import PartnerClient

/// What an office that takes the case means for those who stand by.
@Suite(.serialized) struct PlanTests {
    let plan = Hash(sha256: [0x70])

    func now() throws -> Custody.Hour {
        try required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))
    }

    func stored(rank: Int, proof: [UInt8]?) throws -> StoredBundle {
        let hour = try now().number
        return StoredBundle(
            digest: Hash(sha256: [UInt8(rank)]), tip: try required(TipID(Hash(sha256: [9]).bytes)),
            office: "office-a", keyFingerprint: Hash(sha256: [8]), payloads: [], plan: plan,
            rank: rank, planCount: 2,
            hours: BundleHours(notBefore: hour, due: hour + 3 * rank, expires: hour + 99),
            state: BundleState(rank == 0 ? .fetched : .queued), wasServed: rank == 0,
            number: rank == 0 ? 1 : nil, event: [], proof: proof)
    }

    @Test("An office that accepts before the log proves the next bundle defers it all the same")
    func unproven() throws {
        let row = StoredPlan(
            id: plan, tip: try required(TipID(Hash(sha256: [9]).bytes)), isHeld: false,
            deferrals: 0, dues: [:])
        var there = try required(
            PlanInStore(row, [stored(rank: 0, proof: [1]), stored(rank: 1, proof: nil)]))
        let first = Hash(sha256: [0])
        _ = try there.escalation.handle(.answered(bundle: first, .accepted), now: now())
        let hours = try there.stored.dues[Hash(sha256: [1])].map { try $0 - now().number }
        #expect(hours == Escalation.deferralHours)
    }

    @Test("A bundle that comes after the first office accepted waits like one that was there")
    func late() async throws {
        let world = try await World()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await world.pullTip(desk)
        func release(_ name: String, _ rank: Int) throws -> SampleBundle {
            try world.release(
                name, plan: .init(id: plan, rank: rank, count: 2, due: try now()))
        }
        try await world.hand(try release("office-a", 0), desk)
        let bundle = try await eventually { try await office.listing().list.entries.first }.bundle
        for answer in [OfficeAnswer.opened, .accepted] {
            try await office.acknowledge(try world.answer(answer, bundle))
        }
        try await world.hand(try release("office-b", 1), desk)
        let rows = try await world.store.read { try $0.bundles(plan: self.plan) }
        #expect(try rows.map { try $0.hours.due - now().number } == [0, Escalation.deferralHours])
        await world.stop()
    }
}
