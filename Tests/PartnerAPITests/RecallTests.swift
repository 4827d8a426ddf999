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

/// What dispatch does with a recall.
@Suite(.serialized) struct RecallTests {
    private func recall(
        _ world: World, _ bundles: [Hash], tip: UInt8 = 20, sequence: UInt64 = 9
    ) throws -> SampleBundle {
        var recall = try SampleRecall(
            of: bundles.enumerated().map {
                .init(release: $1, sequence: UInt64($0 + 1))
            }, in: world.sample)
        recall.directory = world.directory
        recall.tip = tip
        recall.sequence = sequence
        let now = try required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))
        recall.notBefore = now.text
        recall.expires = try required(now.adding(hours: 240)).text
        return try recall.build(in: world.sample)
    }

    private func state(_ world: World, _ bundle: Hash) async throws -> OutboxState {
        let stored = try await world.store.read { try $0.bundle(bundle) }
        return try OutboxState(try required(stored))
    }

    @Test("What is recalled is not served any more, and its payloads go; the recall is offered")
    func stopped() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        let notice = try recall(world, [bundle])
        try await world.hand(notice, desk)
        #expect(try await state(world, bundle) == .stopped(.withdrawn))
        #expect(try await world.store.read { try $0.payloads().isEmpty })
        #expect(try await world.store.read { try $0.plan(bundle)?.isHeld } == false)
        await #expect(throws: PartnerError.refused(.notFound)) {
            try await world.range("bytes=0-", of: bundle)
        }
        let entry = try await eventually { try await office.listing().list.entries.first }
        #expect(entry.bundle == (try SignedStatement(notice.package.statement).digest))
        try await world.range("bytes=0-", of: entry.bundle)
        // The same again changes nothing, and another recall stops nothing twice.
        try await world.hand(notice, desk)
        let before = try await world.events()
        try await world.hand(try recall(world, [bundle], sequence: 10), desk)
        #expect(try await world.events() == before + 1)
        await world.stop()
    }

    @Test("Nothing that the reporter sends holds a recall, and the desk's own hold does not either")
    func neverHeld() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try world.putSupplement()
        _ = try await eventually { try await desk.inbox().list.entries.first }
        try await world.hand(try recall(world, [bundle]), desk)
        let tip = try #require(try await desk.inbox().list.entries.first).tip
        let hold = SignedDecision(
            decision: Decision(tip: tip, verdict: .hold).encoded, signatures: [:])
        try await desk.decide(hold)
        let entry = try await eventually { try await office.listing().list.entries.first }
        #expect(entry.bundle != bundle)
        try await world.range("bytes=0-", of: entry.bundle)
        await world.stop()
    }

    @Test("Recalling the first of a plan holds the others: nobody gets the case because of it")
    func plan() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        try await world.pullTip(desk)
        let plan = Hash(sha256: [0x71])
        let now = try required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))
        let later = try required(now.adding(hours: 72))
        let first = try world.release(
            "office-a", plan: .init(id: plan, rank: 0, count: 2, due: now))
        let second = try world.release(
            "office-b", plan: .init(id: plan, rank: 1, count: 2, due: later))
        for release in [first, second] { try await world.hand(release, desk) }
        let digests = try [first, second].map { try SignedStatement($0.package.statement).digest }
        for digest in digests { _ = try await world.proven(digest) }
        try await world.hand(try recall(world, [digests[0]]), desk)
        try await Task.sleep(for: .seconds(3))
        #expect(try await state(world, digests[1]) == .queued)
        #expect(try await world.store.read { try $0.plan(plan)?.isHeld } == true)
        await world.stop()
    }

    @Test("A recall of another tip's bundle, or of one that is not here, changes nothing")
    func strange() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let desk = try world.deskClient()
        for bundles in [[Hash(sha256: [3])], [bundle, Hash(sha256: [3])]] {
            await #expect(throws: PartnerError.refused(.refused)) {
                try await world.hand(try recall(world, bundles), desk)
            }
        }
        // A tip that is here and released, but is not the bundle's.
        _ = try world.putTip(of: 21)
        let entry = try await eventually { try await desk.inbox().list.entries.first }
        try await desk.downloadFrame(entry, to: world.path + "/other")
        try await desk.confirmFrames([entry.envelope])
        await #expect(throws: PartnerError.refused(.refused)) {
            try await world.hand(try recall(world, [bundle], tip: 21), desk)
        }
        // Another office's bundle.
        let others = try world.release("office-b")
        try await world.hand(others, desk)
        let digest = try SignedStatement(others.package.statement).digest
        await #expect(throws: PartnerError.refused(.refused)) {
            try await world.hand(try recall(world, [digest]), desk)
        }
        #expect(try await state(world, digest) != .stopped(.withdrawn))
        #expect(try await state(world, bundle) == .offered)
        await world.stop()
    }
}
