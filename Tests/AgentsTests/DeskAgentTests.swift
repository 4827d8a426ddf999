import Agencies
import Agents
import Custody
import DeskKit
import Foundation
import NativePrimitives
import Opening
import Sealing
import Testing
import Tips

/// What the desk agent gives out, and what never.
struct DeskAgentTests {
    private let tip = TipID([UInt8](repeating: 7, count: 32))
    private let draft = Hash(sha256: [1])

    /// A part sealed to the desk, adopted by a case.
    private func adopted(_ world: DeskWorld, _ tip: TipID) throws -> (
        header: [UInt8], payload: [UInt8]
    ) {
        let sealed = try SealedContainer.sealing(
            Array("narrative".utf8).span, to: [world.epoch.recipient], with: NativePrimitives.self)
        return (try world.client.adopt(sealed.header, epoch: 1, tip: tip), sealed.payload)
    }

    private func prepared(
        _ world: DeskWorld, office: String = "office-a", classes: [PartClass] = [.report]
    ) throws -> (file: PreparedFile, tip: TipID) {
        let tip = try require(tip)
        let part = try adopted(world, tip)
        let name = PreparedName(
            tip: tip, draft: draft, office: try require(OfficeID(office)), file: "parts/00.age")
        var pieces = [part.payload]
        let file = try world.client.prepare(name, header: part.header, classes: classes) {
            () throws(Never) in pieces.popLast()
        }
        return (file, tip)
    }

    private func statement(
        _ file: PreparedFile, _ tip: TipID, _ recipient: Recipient, office: String = "office-a"
    ) throws -> SignedStatement {
        let hash = Hash(sha256: [2])
        let release = try ReleaseStatement(
            tip: tip, office: office, officeKeyFingerprint: recipient.fingerprint,
            parts: [
                .init(name: file.file, payloadDigest: file.payload, headerDigest: file.header)
            ], sequence: 1, notBefore: try require(Hour(number: 400_000)),
            expires: try require(Hour(number: 900_000)), directoryVersion: 1,
            directoryDigest: hash, policyDigest: hash, sealedPredicateDigest: hash)
        return SignedStatement(release.statement)
    }

    private func sign(_ statement: inout SignedStatement, as name: String, _ world: DeskWorld)
        throws
    {
        let signer = try require(world.persons[name])
        let bytes = try signer.sign(
            [(.release, statement.envelope.signedBytes)], passphrase: DeskWorld.secret(name))[0]
        statement.add(.init(keyID: try signer.identity().key.keyID, bytes: bytes))
    }

    @Test func twoPersonsGetTheHeaderAndItOpens() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world)
        var statement = try statement(file, tip, world.officeA.recipient)
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ben", world)
        let headers = try world.client.release(statement.encoded)
        let header = try require(headers["parts/00.age"])
        #expect(Hash(sha256: header) == file.header)
        let (parsed, _) = try Header.parse(header.span)
        _ = try parsed.unwrap(with: [world.officeA])
    }

    @Test func oneSignatureIsNotEnough() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world)
        var statement = try statement(file, tip, world.officeA.recipient)
        #expect(throws: AgentError.refused(.tooFewPersons)) {
            try world.client.release(statement.encoded)
        }
        try sign(&statement, as: "ana", world)
        #expect(throws: AgentError.refused(.tooFewPersons)) {
            try world.client.release(statement.encoded)
        }
    }

    @Test func onePersonTwiceIsNotTwo() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world)
        var statement = try statement(file, tip, world.officeA.recipient)
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ana", world)
        #expect(throws: AgentError.refused(.samePersonTwice)) {
            try world.client.release(statement.encoded)
        }
    }

    @Test func aStatementForAnotherOfficeGetsNothing() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world)
        var statement = try statement(file, tip, world.officeB.recipient, office: "office-b")
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ben", world)
        #expect(throws: AgentError.refused(.otherOffice)) {
            try world.client.release(statement.encoded)
        }
    }

    @Test func aStatementThatNamesOtherHeadersGetsNothing() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world)
        let other = PreparedFile(
            file: file.file, header: Hash(sha256: [9]), payload: file.payload,
            payloadBytes: file.payloadBytes, whole: file.whole)
        var statement = try statement(other, tip, world.officeA.recipient)
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ben", world)
        #expect(throws: AgentError.refused(.otherHeaders)) {
            try world.client.release(statement.encoded)
        }
    }

    @Test func aPersonWhoLeftTheRosterDoesNotCount() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world)
        var statement = try statement(file, tip, world.officeA.recipient)
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ben", world)
        let ben = try require(world.persons["ben"]).identity().key.fingerprint
        try world.client.show(directory: try world.directory(version: 2, revoked: [ben]))
        #expect(throws: AgentError.refused(.badSignature)) {
            try world.client.release(statement.encoded)
        }
    }

    @Test(arguments: [PartClass.reporter, .compelled])
    func whatNeedsPostQuantumNeverGoesToX25519(_ partClass: PartClass) throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        #expect(throws: AgentError.refused(.notPostQuantum)) {
            try prepared(world, office: "office-b", classes: [.report, partClass])
        }
        #expect(throws: AgentError.refused(.deskOnly)) {
            try prepared(world, classes: [.manifest])
        }
        #expect(throws: AgentError.refused(.unknownOffice)) {
            try prepared(world, office: "office-c")
        }
    }

    @Test func aDeadEpochIsRefusedInWords() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory(isEpochDead: true))
        #expect(throws: AgentError.refused(.deadEpoch)) {
            try adopted(world, try require(tip))
        }
    }

    /// A missing key is this machine's trouble: a frame must never be refused, and lost, for it.
    @Test func aMissingKeyIsNoDeadEpoch() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let path = world.folder + "/keys/epoch-1.age"
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        let agent = try DeskAgent(
            try DeskKeys.open(world.folder + "/keys") { DeskWorld.secret("desk") })
        world.serve(try agent.listen(at: world.folder + "/second.sock", users: [getuid()]))
        let second = DeskAgentClient(world.folder + "/second.sock")
        let header = try SealedContainer.sealing(
            Array("narrative".utf8).span, to: [world.epoch.recipient], with: NativePrimitives.self
        ).header
        let tip = try require(tip)
        #expect(throws: AgentError.refused(.noEpochKey)) {
            try second.adopt(header, epoch: 1, tip: tip)
        }
        // The key comes while the agent runs.
        try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
        _ = try second.adopt(header, epoch: 1, tip: tip)
    }

    @Test func withoutADirectoryNothingIsAdopted() throws {
        let world = try DeskWorld()
        #expect(throws: AgentError.refused(.noDirectory)) { try adopted(world, try require(tip)) }
    }

    @Test func anOlderOrForeignDirectoryIsRefused() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory(version: 2))
        #expect(throws: AgentError.refused(.badDirectory)) {
            try world.client.show(directory: try world.directory(version: 1))
        }
        let stranger = try DeskWorld(persons: [])
        #expect(throws: AgentError.refused(.badDirectory)) {
            try stranger.client.show(directory: try world.directory(version: 3))
        }
        #expect(throws: AgentError.refused(.badDirectory)) {
            try world.client.show(directory: try world.directory(version: 4, issued: -20, days: 10))
        }
    }

    @Test func aCaseOpensOnlyWithItsOwnKeyAndNotAfterErasing() throws {
        let world = try DeskWorld(persons: [])
        let other = try require(TipID([UInt8](repeating: 8, count: 32)))
        try world.addPerson("ana")
        try world.addPerson("ben")
        try world.client.show(directory: try world.directory())
        let tip = try require(tip)
        let part = try adopted(world, tip)
        _ = try adopted(world, other)
        let key = try world.client.unwrap(part.header, ofCase: tip)
        let plaintext = try OpenedContainer.open(payload: part.payload.span, fileKey: key)
        #expect(plaintext.withBytes { [UInt8](copying: $0) } == Array("narrative".utf8))
        #expect(throws: AgentError.refused(.notThisCase)) {
            _ = try world.client.unwrap(part.header, ofCase: other)
        }
        try world.client.erase(tip)
        #expect(throws: AgentError.refused(.unknownCase)) {
            _ = try world.client.unwrap(part.header, ofCase: tip)
        }
    }

    @Test func anotherUserIsNotServed() throws {
        let world = try DeskWorld(persons: [])
        let agent = try DeskAgent(
            try DeskKeys.open(world.folder + "/keys") { DeskWorld.secret("desk") })
        let path = world.folder + "/other.sock"
        world.serve(try agent.listen(at: path, users: [getuid() + 1]))
        #expect(throws: AgentError.refused(.forbidden)) { try DeskAgentClient(path).status() }
    }

    @Test func aWrongPassphraseOpensNothing() throws {
        let world = try DeskWorld(persons: [])
        #expect(throws: AgentRefusal.wrongPassphrase) {
            try DeskKeys.open(world.folder + "/keys") { DeskWorld.secret("wrong") }
        }
    }

    @Test func theStationSignsItsOwnTextsOnly() throws {
        let world = try DeskWorld(persons: [])
        let text = Array("\"@method\": GET".utf8)
        let signature = try world.client.sign(text, as: .request)
        #expect(world.station.verifies(signature, over: text))
        #expect(throws: AgentError.refused(.notThatText)) {
            try world.client.sign(Array("DSSEv1 28 ".utf8), as: .request)
        }
        #expect(throws: AgentError.refused(.notThatText)) {
            try world.client.sign(text, as: .mailboxBatch)
        }
    }
}
