import Agencies
import Custody
import Forwarding
import Foundation
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

/// A carried folder beside a running server: what two programs on one database do.
@Suite(.serialized) struct CarriedTests {
    private let tip: Hash

    init() throws {
        tip = Hash(TipID(native: try SampleWorld.reporter().key))
    }

    @Test("Orders: the desk's key, nothing the desk has not seen, the same again changes nothing")
    func orders() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        let folder = try await Folder(world)
        let frame = try await folder.pulledTip(desk)
        try folder.put(.confirmFrames([frame]), key: 4)
        let forged = try await folder.taken()
        #expect(forged.taken == 0)
        #expect(forged.refused.first?.why.contains("did not sign") == true)
        try folder.put(.confirmFrames([frame]))
        #expect(try await folder.taken().taken == 1)
        #expect(try await folder.taken().present == 1)
        #expect(try await desk.inbox().list.entries.isEmpty)

        try await world.hand(try world.release(), desk)
        try await folder.supplementHolds(desk)
        try folder.put(.rearm(tip: tip, frames: 1))
        let early = try await folder.taken()
        #expect(early.refused.first?.why.contains("after the desk looked") == true)
        #expect(try await desk.bundleStates().list.entries.first?.isHeld == true)
        try folder.put(.rearm(tip: tip, frames: 2))
        #expect(try await folder.taken().taken == 1)
        #expect(try await desk.bundleStates().list.entries.first?.isHeld == false)
        await world.stop()
    }

    @Test("A release beside the confirmation of what its desk had seen is not held, any other is")
    func seen() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        let folder = try await Folder(world)
        let frame = try await folder.pulledTip(desk)
        let bundle = try world.release()
        try folder.put(bundle)
        try folder.put(.confirmFrames([frame]))
        try world.putSupplement()
        _ = try await eventually {
            try await desk.inbox().list.entries.count == 2 ? true : nil
        }
        #expect(try await folder.taken().refused.isEmpty)
        #expect(try await desk.bundleStates().list.entries.map(\.isHeld) == [true])
        await world.stop()

        let calm = try await World()
        let second = try await Folder(calm)
        let seen = try await second.pulledTip(try calm.deskClient())
        try second.put(try calm.release())
        try second.put(.confirmFrames([seen]))
        #expect(try await second.taken().refused.isEmpty)
        #expect(
            try await calm.deskClient().bundleStates().list.entries.map(\.isHeld) == [false])
        await calm.stop()
    }

    @Test("A recall beside the release that it names is taken after it, whatever their names")
    func recalled() async throws {
        let world = try await World()
        let folder = try await Folder(world)
        let frame = try await folder.pulledTip(try world.deskClient())
        let bundle = try world.release()
        let digest = try SignedStatement(bundle.package.statement).digest
        var recall = try SampleRecall(
            of: [.init(release: digest, sequence: 1)], in: world.sample)
        recall.directory = world.directory
        let now = try required(Custody.Hour(unixTime: Int(Date().timeIntervalSince1970)))
        recall.notBefore = now.text
        recall.expires = try required(now.adding(hours: 240)).text
        // One whose file comes first in the folder.
        var notice = try recall.build(in: world.sample)
        while try SignedStatement(notice.package.statement).digest.hex > digest.hex {
            notice = try recall.build(in: world.sample)
        }
        try folder.put(notice)
        try folder.put(bundle)
        try folder.put(.confirmFrames([frame]))
        let report = try await folder.taken()
        #expect(report.refused.isEmpty && report.taken == 3)
        let stored = try await world.store.read { try $0.bundle(digest) }
        #expect(stored?.state.detail == "withdrawn")
        await world.stop()
    }

    @Test("Links in a carried folder are neither read nor written through")
    func links() async throws {
        let world = try await World()
        let folder = try await Folder(world)
        let frame = try await folder.pulledTip(try world.deskClient())
        try folder.put(.confirmFrames([frame]))
        let elsewhere = world.path + "/elsewhere"
        let files = FileManager.default
        let order = try #require(
            try files.contentsOfDirectory(atPath: folder.path + "/from-desk/orders").first)
        let path = "\(folder.path)/from-desk/orders/\(order)"
        try files.moveItem(atPath: path, toPath: elsewhere)
        try files.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
        #expect(try await folder.taken().refused.count == 1)
        try files.removeItem(atPath: folder.path + "/from-dispatch")
        try files.createDirectory(
            atPath: world.path + "/target", withIntermediateDirectories: true)
        try files.createSymbolicLink(
            atPath: folder.path + "/from-dispatch", withDestinationPath: world.path + "/target")
        await #expect(throws: CarriedRefusal.self) {
            _ = try await folder.dispatch.export(to: folder.path)
        }
        #expect(try files.contentsOfDirectory(atPath: world.path + "/target").isEmpty)
        await world.stop()
    }

    @Test("Decisions: two persons, no holding by file, erased once; a stray file stops nothing")
    func decisions() async throws {
        let world = try await World()
        let desk = try world.deskClient()
        let folder = try await Folder(world)
        _ = try await folder.pulledTip(desk)
        try folder.put(.hold, of: tip, by: [])
        #expect(try await folder.taken().refused.first?.why.contains("connection") == true)
        try folder.put(.erase, of: tip, by: ["alice"])
        #expect(try await folder.taken().refused.first?.why.contains("two verifiers") == true)
        try folder.put(.erase, of: tip, by: ["alice", "carol"])
        try folder.write([1], "from-desk/decisions/notes.txt")
        try folder.write([1], "from-desk/decisions/.unfinished")
        let report = try await folder.taken()
        #expect(report.taken == 1)
        #expect(report.refused.map(\.file) == ["from-desk/decisions/notes.txt"])
        #expect(try await desk.inbox().list.entries.isEmpty)
        #expect(try await folder.taken().present == 1)
        await world.stop()
    }
}

/// A carried folder, and dispatch's commands on it.
private struct Folder {
    let world: World
    let dispatch: Dispatch
    var path: String { world.path + "/stick" }

    init(_ world: World) async throws {
        self.world = world
        dispatch = try await world.dispatch()
    }

    func taken() async throws -> CarriedReport { try await dispatch.importCarried(from: path) }

    func write(_ bytes: [UInt8], _ name: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Replaces the orders by this one; key 3 is the desk station's.
    func put(_ order: CarriedOrder, key: UInt8 = 3) throws {
        try? FileManager.default.removeItem(atPath: path + "/from-desk/orders")
        let bytes = order.encoded
        let signed = SignedCarriedOrder(
            order: bytes, signature: try SampleWorld.key(key).sign(bytes))
        try write(signed.encoded, CarriedFile.order(Hash(sha256: bytes)).path)
    }

    /// A release with its payloads.
    func put(_ bundle: SampleBundle) throws {
        for payload in bundle.payloads {
            try write(payload, CarriedFile.payload(Hash(sha256: payload)).path)
        }
        let statement = try SignedStatement(bundle.package.statement)
        try write(bundle.package.encoded, CarriedFile.release(statement.digest).path)
    }

    func put(_ verdict: DeskVerdict, of tip: Hash, by persons: [String]) throws {
        let decision = Decision(tip: tip, verdict: verdict).encoded
        var signatures: [String: [UInt8]] = [:]
        for person in persons {
            let number = try required(SampleWorld.persons[person])
            signatures[person] = try SampleWorld.key(number).sign(decision)
        }
        try write(
            SignedDecision(decision: decision, signatures: signatures).encoded,
            CarriedFile.decision(tip).path)
    }

    /// Puts a tip into the spool and has it exported.
    func pulledTip(_ desk: DeskClient) async throws -> Hash {
        let frame = try world.putTip()
        _ = try await eventually { try await desk.inbox().list.entries.first }
        #expect(try await dispatch.export(to: path).frames == 1)
        let digest = Hash(sha256: frame.envelope.encoded)
        let file = URL(fileURLWithPath: "\(path)/\(CarriedFile.frame(digest).path)")
        #expect([UInt8](try Data(contentsOf: file)) == frame.encoded)
        return digest
    }

    /// A sealed part arrives for the tip, and holds its plan.
    func supplementHolds(_ desk: DeskClient) async throws {
        try world.putSupplement()
        _ = try await eventually {
            try await desk.bundleStates().list.entries.first?.isHeld == true ? true : nil
        }
    }
}
