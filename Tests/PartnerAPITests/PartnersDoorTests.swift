import Agencies
import Custody
import Foundation
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif
import Forwarding
import HTTPTypes
import NativePrimitives
import Opening
import PartnerAPI
import PartnerClient
import Quarantine
import QuarantineSQLite
import ReleaseKit
import Sealing
import Testing
import Tips
import Wire

/// The real clients against a real server over HTTP.
@Suite(.serialized) struct PartnersDoorTests {
    @Test("From the spool to the desk: pulled whole and resumed, confirmed, deleted, logged")
    func desk() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        let frame = try world.putTip()
        let (head, entry) = try await eventually {
            let (head, list) = try await desk.inbox()
            return list.entries.first.map { (head, $0) }
        }
        #expect(head.head.sequence == 1)
        let file = world.path + "/frame"
        // What an earlier attempt left is not fetched again.
        try Data(frame.encoded[..<1000]).write(to: URL(fileURLWithPath: file + ".partial"))
        try await desk.downloadFrame(entry, to: file)
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: file))) == frame.encoded)
        #expect(
            try await world.store.read { try $0.tip(frame.envelope.tipID)?.state } == .examining)
        try await desk.confirmFrames([entry.envelope])
        #expect(try await desk.inbox().list.entries.isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: world.path + "/state/blobs") == [])
        let events = try await desk.events().list.entries
        #expect(events.count == 3)
        try await desk.confirmEvents(events.map(\.leaf))
        #expect(try await desk.events().list.entries.isEmpty)
        await world.stop()
    }

    @Test("A release: two persons, offered after its checkpoint, fetched, verified, acknowledged")
    func release() async throws {
        let world = try await World()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await pull(world, desk)
        let bundle = try world.release()
        await #expect(throws: PartnerError.refused(.payloadMissing)) {
            try await desk.release(bundle.package)
        }
        try await world.hand(bundle, desk)
        try await desk.release(bundle.package)
        let entry = try await eventually { try await office.listing().list.entries.first }
        #expect(entry.number == 1)
        let file = world.path + "/bundle"
        try await office.download(entry, to: file)
        try verify(file, world)
        #expect(try await world.officeClient("office-b", key: 5).listing().list.entries.isEmpty)
        await #expect(throws: PartnerError.refused(.notFound)) {
            try await world.officeClient("office-b", key: 5).download(entry, to: file + "b")
        }
        try await acknowledge(entry.bundle, world, desk, office)
        await world.stop()
    }

    private func pull(_ world: World, _ desk: DeskClient, isNew: Bool = true) async throws {
        if isNew { _ = try world.putTip() }
        let entry = try await eventually { try await desk.inbox().list.entries.first }
        try await desk.downloadFrame(entry, to: "\(world.path)/pulled-\(entry.envelope.hex)")
        try await desk.confirmFrames([entry.envelope])
    }

    private func verify(_ file: String, _ world: World) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let now = try required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))
        let check = ReleaseCheck(directory: world.directory, now: now, purpose: .using)
        let verifier = try BundleVerifier(MemoryBytes(bytes), check: check)
        _ = try verifier.verified(for: try required(OfficeID("office-a")))
    }

    private func acknowledge(
        _ bundle: Hash, _ world: World, _ desk: DeskClient, _ office: OfficeClient
    ) async throws {
        let answer = try required(
            Acknowledgement(
                bundle: bundle, office: required(OfficeID("office-a")), answer: .accepted,
                reason: "",
                hour: required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))))
        let forged = answer.signed(with: try SampleWorld.key(5))
        await #expect(throws: PartnerError.refused(.refused)) {
            try await office.acknowledge(forged)
        }
        let signed = answer.signed(with: try SampleWorld.key(4))
        for _ in 0..<2 { try await office.acknowledge(signed) }
        let answers = try await desk.answers().list.entries
        #expect(answers.map(\.acknowledgement) == [signed])
        try await desk.confirmAnswers(answers.map(\.digest))
        #expect(try await desk.answers().list.entries.isEmpty)
        let state = try #require(try await desk.bundleStates().list.entries.first)
        #expect(state.state == "acknowledged" && state.detail == "accepted")
        let tip = try SampleWorld.reporter().key
        #expect(
            try await world.store.read { try $0.tip(TipID(native: tip))?.state } == .acknowledged)
    }

    @Test("One person's release, an unknown tip's and an altered one are refused")
    func refusals() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        let bundle = try world.release()
        await #expect(throws: PartnerError.refused(.refused)) {
            try await world.hand(bundle, desk)
        }
        try await pull(world, desk)
        for signers in [["alice"], ["alice", "alice"]] {
            await #expect(throws: (any Error).self) {
                try await world.hand(try world.release(signers: signers), desk)
            }
        }
        #expect(try await desk.bundleStates().list.entries.isEmpty)
        await world.stop()
    }

    @Test("A revoked key's bundle stops, and the report names it")
    func revocation() async throws {
        let world = try await World()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await pull(world, desk)
        let bundle = try world.release()
        try await world.hand(bundle, desk)
        let entry = try await eventually { try await office.listing().list.entries.first }
        let report = try await desk.revoke(
            keyFingerprint: world.sample.officeA.recipient.fingerprint)
        #expect(report.entries.map(\.bundle) == [entry.bundle])
        #expect(report.entries.allSatisfy { $0.wasStopped && !$0.hasLeft })
        let listing = try await office.listing().list
        #expect(listing.entries.isEmpty && listing.closed == [1])
        await #expect(throws: PartnerError.refused(.notFound)) {
            try await office.download(entry, to: world.path + "/late")
        }
        await world.stop()
    }

    @Test("What arrives for a tip holds its bundles until the desk re-arms them")
    func hold() async throws {
        let world = try await World()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await pull(world, desk)
        try await world.hand(try world.release(), desk)
        _ = try await eventually { try await office.listing().list.entries.first }
        try world.putSupplement()
        _ = try await eventually { try await office.listing().list.entries.isEmpty ? true : nil }
        let plan = try #require(try await desk.bundleStates().list.entries.first)
        #expect(plan.isHeld)
        await #expect(throws: PartnerError.refused(.conflict)) {
            try await desk.rearm(plan: plan.plan)
        }
        try await pull(world, desk, isNew: false)
        try await desk.rearm(plan: plan.plan)
        _ = try await eventually { try await office.listing().list.entries.first }
        await world.stop()
    }

    @Test("The desk holds a tip, and with it what waits for offices, until it re-arms that")
    func deskHolds() async throws {
        let world = try await World()
        let (desk, office) = (try world.deskClient(), try world.officeClient())
        try await pull(world, desk)
        let tip = Hash(TipID(native: try SampleWorld.reporter().key))
        func decide(_ verdict: DeskVerdict) async throws {
            let decision = Decision(tip: tip, verdict: verdict).encoded
            try await desk.decide(SignedDecision(decision: decision, signatures: [:]))
        }
        try await decide(.hold)
        await #expect(throws: PartnerError.self) {
            try await world.hand(try world.release(), desk)
        }
        try await decide(.resume)
        try await world.hand(try world.release(), desk)
        _ = try await eventually { try await office.listing().list.entries.first }
        try await decide(.hold)
        #expect(try await office.listing().list.entries.isEmpty)
        let plan = try #require(try await desk.bundleStates().list.entries.first)
        #expect(plan.isHeld)
        // It has been released: there is no state to go back to, only a plan to re-arm.
        await #expect(throws: PartnerError.refused(.conflict)) { try await decide(.resume) }
        try await desk.rearm(plan: plan.plan)
        _ = try await eventually { try await office.listing().list.entries.first }
        await world.stop()
    }

    @Test("Mailboxes: desk-signed, rising, never a slot twice, published all together")
    func mailboxes() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        func batch(_ number: Int, _ byte: UInt8, key: UInt8 = 3) throws -> SignedMailboxBatch {
            let slots = [1, 2].map {
                (Hash(sha256: [$0]), [UInt8](repeating: byte &+ $0, count: 2048))
            }
            let bytes = MailboxBatch(
                number: number, slots: Dictionary(uniqueKeysWithValues: slots)
            ).encoded
            return SignedMailboxBatch(batch: bytes, signature: try SampleWorld.key(key).sign(bytes))
        }
        try await desk.publish(try batch(1, 10))
        for replay in [try batch(1, 20), try batch(2, 10), try batch(2, 11)] {
            await #expect(throws: PartnerError.refused(.conflict)) {
                try await desk.publish(replay)
            }
        }
        await #expect(throws: PartnerError.refused(.forbidden)) {
            try await desk.publish(try batch(2, 30, key: 4))
        }
        let folder = world.path + "/public/mailbox/1"
        let names = try await eventually {
            try? FileManager.default.contentsOfDirectory(atPath: folder)
        }
        #expect(Set(names) == Set([1, 2].map { Hash(sha256: [$0]).hex }))
        await world.stop()
    }

    @Test("Erasing takes two persons; then nothing of the tip is left")
    func erasing() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        try await pull(world, desk)
        let tip = try SampleWorld.reporter().key
        let decision = Decision(tip: Hash(TipID(native: tip)), verdict: .erase).encoded
        func signed(_ persons: [String]) throws -> SignedDecision {
            var signatures: [String: [UInt8]] = [:]
            for person in persons {
                let number = try required(SampleWorld.persons[person])
                signatures[person] = try SampleWorld.key(number).sign(decision)
            }
            return SignedDecision(decision: decision, signatures: signatures)
        }
        await #expect(throws: PartnerError.refused(.refused)) {
            try await desk.decide(try signed(["alice"]))
        }
        try await desk.decide(try signed(["alice", "carol"]))
        #expect(try await desk.inbox().list.entries.isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: world.path + "/state/blobs") == [])
        await world.stop()
    }

    @Test("Strangers, other roles, replays and altered bodies all get the same refusal")
    func strangers() async throws {
        let world = try await World()
        await #expect(throws: PartnerError.refused(.forbidden)) {
            try await world.deskClient(key: 77).inbox()
        }
        await #expect(throws: PartnerError.refused(.forbidden)) {
            try await world.deskClient(key: 4).inbox()
        }
        await #expect(throws: PartnerError.refused(.forbidden)) {
            try await world.officeClient(key: 3).listing()
        }
        let url = "http://127.0.0.1:\(world.port)/desk/frame-confirmations"
        let body = HashList([Hash(sha256: [1])]).encoded
        let request = SignedRequest(
            method: "POST", authority: "127.0.0.1:\(world.port)",
            path: "/desk/frame-confirmations", contentDigest: ContentDigest(of: body))
        func post(_ created: Int, _ content: [UInt8]) async throws -> [Int] {
            let key = try SampleWorld.key(3)
            let parameters = SignatureParameters(
                keyID: key.publicKey.keyID, created: created, coversContent: true)
            let signature = key.sign(try request.signatureBase(parameters))
            var answers: [Int] = []
            for _ in 0..<2 {
                var raw = URLRequest(url: try required(URL(string: url)))
                raw.httpMethod = "POST"
                raw.httpBody = Data(content)
                for field in RequestSignature.fields(request, parameters, signature: signature) {
                    raw.setValue(field.value, forHTTPHeaderField: field.name.rawName)
                }
                let (_, response) = try await URLSession.shared.data(for: raw)
                answers.append((response as? HTTPURLResponse)?.statusCode ?? 0)
            }
            return answers
        }
        let now = Int(Date().timeIntervalSince1970)
        #expect(try await post(now, body) == [204, 403])
        #expect(try await post(now - 400, body) == [403, 403])
        #expect(try await post(now, body + [0]) == [403, 403])
        await world.stop()
    }
}
