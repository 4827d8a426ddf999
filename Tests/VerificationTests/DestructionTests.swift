import Agencies
import Agents
import Custody
import DeskKit
import DurableFiles
import Foundation
import Forwarding
import NativePrimitives
import Sealing
import Testing
import Tips
import Wire

@testable import Verification

/// The end of a case: two persons, their signatures verified, and every crash in between.
struct DestructionTests {
    private func withdrawn() async throws -> CaseWorld {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango")])
        _ = try await world.pull([try world.withdrawalFrame("mango")])
        return world
    }

    private func destroy(_ world: CaseWorld, as name: String) async throws -> Bool {
        try await Destruction(world.desk, over: world.link).run(
            world.tip, signer: try require(world.agents.persons[name]),
            passphrase: DeskWorld.secret(name))
    }

    /// Without the key nothing shows that two persons ever signed.
    @Test func aMissingKeyIsNoReasonToDestroy() async throws {
        let world = try await withdrawn()
        try world.desk.agent.erase(world.tip)
        await #expect(throws: DeskError.agent(.refused(.unknownCase))) {
            try await destroy(world, as: "ana")
        }
        #expect(try Durable.list(world.desk.caseFolder(world.tip) + "/parts").count == 10)
        #expect(await world.link.decisions.isEmpty)
    }

    @Test func aForgedSignatureIsNone() async throws {
        let world = try await withdrawn()
        let opened = try OpenedCase(world.tip, of: world.desk)
        try opened.append(.eraseSigned(signature: [UInt8](repeating: 1, count: 64)), by: "ben")
        #expect(try await !destroy(world, as: "ana"))
        #expect(await world.link.decisions.isEmpty)
        _ = try OpenedCase(world.tip, of: world.desk)
        #expect(try await destroy(world, as: "ben"))
    }

    @Test func theSamePersonTwiceIsOne() async throws {
        let world = try await withdrawn()
        #expect(try await !destroy(world, as: "ana"))
        await #expect(throws: DeskError.samePerson(try require(PersonID("ana")))) {
            try await destroy(world, as: "ana")
        }
    }

    @Test(arguments: [false, true])
    func aDestructionThatWasCutOffGoesOn(_ keyIsGone: Bool) async throws {
        let world = try await withdrawn()
        #expect(try await !destroy(world, as: "ana"))
        await world.link.breakDown(after: 0)
        await #expect(throws: DeskError.self) { try await destroy(world, as: "ben") }
        await world.link.breakDown(after: nil)
        if keyIsGone {
            // As if the crash had come later, in the middle of removing the files.
            try world.desk.agent.erase(world.tip)
            try FileManager.default.removeItem(
                atPath: world.desk.caseFolder(world.tip) + "/journal")
            #expect(try world.desk.queue().map(\.stage) == [.beingDestroyed])
        }
        _ = try world.desk.tip(named: world.tip.hex)
        #expect(try await destroy(world, as: "ana"))
        #expect(!Durable.exists(world.desk.caseFolder(world.tip)))
        #expect(await world.link.decisions.count == 1)
    }

    /// Somebody writes the file that lets a destruction go on, with one signature in it.
    @Test func aDecisionThatOnePersonSignedDoesNotGoOn() async throws {
        let world = try await withdrawn()
        let text = Decision(tip: Hash(world.tip), verdict: .erase).encoded
        let ana = try require(world.agents.persons["ana"])
        let signature = try ana.sign([(.decision, text)], passphrase: DeskWorld.secret("ana"))[0]
        let forged = SignedDecision(
            decision: text, signatures: ["ana": signature, "ben": signature])
        try Durable.write(forged.encoded.span, to: world.desk.erasingFile(world.tip))
        #expect(try await !destroy(world, as: "ana"))
        _ = try OpenedCase(world.tip, of: world.desk)
    }

    /// Who forces a later withdrawal, or one person at the desk, must not be able to undo it.
    @Test func theRightCodeWordStands() async throws {
        let world = try await withdrawn()
        _ = try await world.pull([try world.withdrawalFrame("melon")])
        let opened = try OpenedCase(world.tip, of: world.desk)
        #expect(opened.record.frozen == CaseAction.rightCodeWord)
        try await opened.resume(why: "all is well", over: world.link, by: "eve")
        #expect(try await !destroy(world, as: "ana"))
        #expect(try await destroy(world, as: "ben"))
    }
}
