import Agencies
import Custody
import Foundation
import Forwarding
import Logging
import Quarantine
import QuarantineSQLite
import ReleaseKit
import Serving
import Synchronization
import Testing
import Tips
import Wire

@testable import PartnerAPI
@testable import PartnerClient

/// What may leave, when, and what is written of it.
@Suite(.serialized) struct OutboxTests {
    @Test("A release overruns nothing that waits for the desk: it may be a withdrawal")
    func releaseIsHeld() async throws {
        let world = try await World()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await world.pullTip(desk)
        try world.putSupplement()
        let waiting = try await eventually { try await desk.inbox().list.entries.first }
        try await world.hand(try world.release(), desk)
        let state = try #require(try await desk.bundleStates().list.entries.first)
        #expect(state.isHeld)
        await #expect(throws: PartnerError.refused(.conflict)) {
            try await desk.rearm(plan: state.plan)
        }
        _ = try await world.proven(state.bundle)
        #expect(try await office.listing().list.entries.isEmpty)
        try await desk.confirmFrames([waiting.envelope])
        try await desk.rearm(plan: state.plan)
        _ = try await eventually { try await office.listing().list.entries.first }
        await world.stop()
    }

    @Test("The first byte that leaves is logged, once, and makes the bundle one that was served")
    func firstByte() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let before = try await world.events()
        for _ in 0..<2 { try await world.range("bytes=0-9", of: bundle) }
        #expect(try await world.events() == before + 1)
        #expect(try await world.store.read { try $0.bundle(bundle)?.wasServed } == true)
        await world.stop()
    }

    @Test("An office that needs more has had the bundle: it is served no more, and nothing breaks")
    func needsMore() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let office = try world.officeClient()
        for answer in [OfficeAnswer.opened, .needsMore] {
            try await office.acknowledge(try world.answer(answer, bundle))
        }
        #expect(try await world.store.read { try $0.payloads().isEmpty })
        #expect(try await office.listing().list.entries.isEmpty)
        await #expect(throws: PartnerError.refused(.notFound)) {
            try await world.range("bytes=0-", of: bundle)
        }
        await world.stop()
    }

    @Test("A payload deleted during a download ends the download, not the server")
    func deletedMeanwhile() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let dispatch = try await world.dispatch()
        let payload = try #require(try await world.store.read { try $0.payloads().first })
        try await world.store.transact(try dispatch.directories.journal()) { _ in
            Outcome((), upkeep: [.forgetPayloads([payload.digest])])
        }
        await #expect(throws: PartnerRefusal.notFound) {
            try await dispatch.readPayload(payload.digest, 0..<1)
        }
        await #expect(throws: (any Error).self) { try await world.range("bytes=0-", of: bundle) }
        #expect(try await world.officeClient().listing().list.entries.map(\.bundle) == [bundle])
        try dispatch.blobs.remove(payload.blob)
        await world.stop()
    }

    @Test("An office that changes its mind again and again is stopped; the desk gets what it said")
    func tooManyAnswers() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let office = try world.officeClient()
        func say(_ number: Int) async throws {
            let answer: OfficeAnswer = number.isMultiple(of: 2) ? .accepted : .declined
            try await office.acknowledge(try world.answer(answer, bundle, "reason \(number)"))
        }
        for number in 0..<PartnerLimits.waitingAnswers { try await say(number) }
        await #expect(throws: PartnerError.refused(.conflict)) { try await say(99) }
        let desk = try world.deskClient()
        let answers = try await desk.answers().list.entries
        #expect(answers.count == PartnerLimits.waitingAnswers)
        try await desk.confirmAnswers(answers.map(\.digest))
        try await say(99)
        await world.stop()
    }

    @Test("A bundle that its office has closed is no longer reported")
    func finished() async throws {
        let world = try await World()
        let bundle = try await world.offered()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await office.acknowledge(try world.answer(.acted, bundle))
        #expect(try await desk.bundleStates().list.entries.map(\.detail) == ["acted"])
        try await office.acknowledge(try world.answer(.closed, bundle))
        #expect(try await desk.bundleStates().list.entries.isEmpty)
        await world.stop()
    }

    @Test("Of an erased tip's frame nothing is pulled")
    func erased() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        let frame = try world.putTip()
        _ = try await eventually { try await desk.inbox().list.entries.first }
        let dispatch = try await world.dispatch()
        try await world.store.transact(try dispatch.directories.journal()) { _ in
            Outcome((), effects: [.erase(tip: frame.envelope.tipID)])
        }
        await #expect(throws: PartnerRefusal.notFound) {
            try await dispatch.notePulled(Hash(sha256: frame.envelope.encoded))
        }
        await world.stop()
    }
}

extension World {
    /// Puts a tip into the spool and has the desk pull and confirm it.
    func pullTip(_ desk: DeskClient) async throws {
        _ = try putTip()
        let entry = try await eventually { try await desk.inbox().list.entries.first }
        try await desk.downloadFrame(entry, to: path + "/pulled")
        try await desk.confirmFrames([entry.envelope])
    }

    /// The digest of a bundle that office A may fetch.
    func offered() async throws -> Hash {
        let desk = try deskClient()
        try await pullTip(desk)
        try await hand(try release(), desk)
        return try await eventually { try await self.officeClient().listing().list.entries.first }
            .bundle
    }

    /// Waits until the custody log proves a release.
    func proven(_ bundle: Hash) async throws -> [UInt8] {
        try await eventually { try await self.store.read { try $0.bundle(bundle)?.proof } }
    }

    func events() async throws -> Int {
        try await store.read { try $0.sealedEvents(limit: 99).count }
    }

    /// Office A asks for a range of a bundle, and reads the answer to its end.
    @discardableResult
    func range(_ field: String, of bundle: Hash) async throws -> [UInt8] {
        let connection = try Connection(endpoint, PartnerSigner(SampleWorld.key(4)))
        let bounds = field.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        let range = bounds.count == 2 ? bounds[0]...bounds[1] : nil
        let answer = try await connection.send("GET", .officeBundle(bundle), range: range)
        return try await connection.body(answer, limit: 1 << 24)
    }

    /// Office A's signed acknowledgement.
    func answer(
        _ answer: OfficeAnswer, _ bundle: Hash, _ reason: String = "a reason"
    ) throws -> [UInt8] {
        try required(
            Acknowledgement(
                bundle: bundle, office: required(OfficeID("office-a")), answer: answer,
                reason: reason,
                hour: required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970))))
        ).signed(with: try SampleWorld.key(4))
    }
}
