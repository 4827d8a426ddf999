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

    /// A draft with one part, a predicate and a cover sheet, and what else `extra` names.
    private func prepared(
        _ world: DeskWorld, office: String = "office-a", classes: [PartClass] = [.report],
        extra: [String] = []
    ) throws -> (file: PreparedFile, tip: TipID) {
        let files = try (["parts/00.age", "predicate.age", "cover.age"] + extra).map {
            try prepare(world, $0, office: office, classes: classes)
        }
        return (files[0], try require(tip))
    }

    private func prepare(
        _ world: DeskWorld, _ file: String, office: String = "office-a",
        classes: [PartClass] = [.report], draft: Hash? = nil, payload: [UInt8]? = nil
    ) throws -> PreparedFile {
        let tip = try require(tip)
        let part = try adopted(world, tip)
        let name = PreparedName(
            tip: tip, draft: draft ?? self.draft, office: try require(OfficeID(office)),
            file: file)
        var pieces = [payload ?? part.payload]
        return try world.client.prepare(name, header: part.header, classes: classes) {
            () throws(Never) in pieces.popLast()
        }
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

    /// Two persons signed for one part; whatever else the draft holds, they did not sign for.
    @Test func aDraftWithMoreThanTheStatementNamesGetsNothing() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let (file, tip) = try prepared(world, extra: ["parts/01.age"])
        var statement = try statement(file, tip, world.officeA.recipient)
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ben", world)
        #expect(throws: AgentError.refused(.otherHeaders)) {
            try world.client.release(statement.encoded)
        }
    }

    /// Signatures over one recall must not give out the files of another, which nobody signed.
    @Test func aRecallGetsItsOwnTwoFilesAndNoOthers() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        func files(_ draft: UInt8) throws -> [PreparedFile] {
            try ["predicate.age", "cover.age"].map {
                try prepare(world, $0, classes: [], draft: Hash(sha256: [draft]))
            }
        }
        func headers(_ files: [PreparedFile]) throws -> [String: [UInt8]] {
            var statement = try recall(files, world.officeA.recipient)
            try sign(&statement, as: "ana", world)
            try sign(&statement, as: "ben", world)
            return try world.client.release(statement.encoded)
        }
        let (first, second) = (try files(1), try files(2))
        for recall in [first, second] {
            let given = try headers(recall)
            #expect(given.count == 2)
            for file in recall {
                #expect(Hash(sha256: try require(given[file.file])) == file.header)
            }
        }
        let other = PreparedFile(
            file: first[1].file, header: first[1].header, payload: Hash(sha256: [9]),
            payloadBytes: 1, whole: first[1].whole)
        for mixed in [[first[0], second[1]], [second[0], first[1]], [first[0], other]] {
            #expect(throws: AgentError.refused(.otherHeaders)) { try headers(mixed) }
        }
        #expect(throws: AgentError.refused(.malformed)) {
            try prepare(world, "parts/00.age", classes: [], draft: Hash(sha256: [4]))
        }
        // A draft of parts is none of a recall, whatever it has beside them.
        let parts = try ["parts/00.age", "predicate.age", "cover.age"].map {
            try prepare(world, $0, draft: Hash(sha256: [3]))
        }
        #expect(throws: AgentError.refused(.otherHeaders)) {
            try headers([parts[1], parts[2]])
        }
    }

    private func recall(
        _ files: [PreparedFile], _ recipient: Recipient
    ) throws -> SignedStatement {
        let hash = Hash(sha256: [2])
        let parts = files.map {
            ReleaseStatement.Part(
                name: $0.file, payloadDigest: $0.payload, headerDigest: $0.header)
        }
        let statement = try ReleaseStatement(
            tip: try require(tip), office: "office-a", officeKeyFingerprint: recipient.fingerprint,
            parts: [], sequence: 2, notBefore: try require(Hour(number: 400_000)),
            expires: try require(Hour(number: 900_000)), directoryVersion: 1,
            directoryDigest: hash, policyDigest: hash, sealedPredicateDigest: hash,
            notice: .recall(
                .init(
                    bundles: [.init(release: hash, sequence: 1)], predicate: parts[0],
                    cover: parts[1])))
        return SignedStatement(statement.statement)
    }

    @Test func aDraftWithoutItsCoverSheetGetsNothing() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let file = try prepare(world, "parts/00.age")
        _ = try prepare(world, "predicate.age")
        var statement = try statement(file, try require(tip), world.officeA.recipient)
        try sign(&statement, as: "ana", world)
        try sign(&statement, as: "ben", world)
        #expect(throws: AgentError.refused(.otherHeaders)) {
            try world.client.release(statement.encoded)
        }
    }

    @Test(arguments: ["extra.age", "parts/0.age", "parts/100.age", "../parts/00.age", ""])
    func onlyFilesOfABundleArePrepared(_ name: String) throws {
        let world = try DeskWorld(persons: ["ana", "ben"])
        try world.client.show(directory: try world.directory())
        #expect(throws: AgentError.refused(.unknownFile)) { try prepare(world, name) }
    }

    /// The header of another part under this part's payload would open the other part.
    @Test func aHeaderThatDoesNotOpenItsPayloadIsNotKept() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let tip = try require(tip)
        let other = try adopted(world, tip).payload
        #expect(throws: AgentError.refused(.otherPayload)) {
            try prepare(world, "parts/00.age", payload: other)
        }
        #expect(throws: AgentError.refused(.otherPayload)) {
            try prepare(world, "parts/00.age", payload: [])
        }
        #expect(try world.client.drafts(of: tip).isEmpty)
        _ = try prepare(world, "parts/00.age")
        #expect(try world.client.drafts(of: tip) == [draft])
    }

    @Test func aCaseHasRoomForTwoDraftsOfEveryOfficeAReporterCanName() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        for index in 0..<2 * Limits.consents {
            _ = try prepare(world, "parts/00.age", draft: Hash(sha256: [9, UInt8(index)]))
        }
        #expect(throws: AgentError.refused(.tooMany)) {
            try prepare(world, "parts/00.age", draft: Hash(sha256: [10]))
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

    /// A dead epoch whose key is still there is for people to decide; one without a key, for nobody.
    @Test func aDeadEpochIsToldFromADestroyedOne() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        _ = try adopted(world, try require(tip))
        try world.client.show(directory: try world.directory(version: 2, isEpochDead: true))
        #expect(throws: AgentError.refused(.deadEpoch)) {
            try adopted(world, try require(tip))
        }
        // The agent runs on, and forgets the key with its file.
        try FileManager.default.removeItem(atPath: world.folder + "/keys/epoch-1.age")
        #expect(throws: AgentError.refused(.destroyedEpoch)) {
            try adopted(world, try require(tip))
        }
    }

    /// The reporter's directory may be newer than the desk's.
    @Test func anEpochThatTheDirectoryLacksIsNoForeignOne() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let sealed = try SealedContainer.sealing(
            Array("narrative".utf8).span, to: [world.epoch.recipient], with: NativePrimitives.self)
        #expect(throws: AgentError.refused(.unknownEpoch)) {
            try world.client.adopt(sealed.header, epoch: 2, tip: try require(tip))
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

    /// A crash while a case key is written leaves a file beside it, which holds the key too.
    @Test func erasingLeavesNoCopyOfTheKey() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        let tip = try require(tip)
        _ = try adopted(world, tip)
        let cases = world.folder + "/keys/cases"
        let key = "\(cases)/\(tip.hex).age"
        let copies = [".\(tip.hex).age.1f.tmp", "\(tip.hex).age.old"]
        for name in copies {
            try FileManager.default.copyItem(atPath: key, toPath: "\(cases)/\(name)")
        }
        try world.client.erase(tip)
        #expect(try FileManager.default.contentsOfDirectory(atPath: cases).isEmpty)
    }

    @Test func anAgentThatStartsSweepsWhatACrashLeft() throws {
        let world = try DeskWorld()
        try world.client.show(directory: try world.directory())
        _ = try adopted(world, try require(tip))
        let cases = world.folder + "/keys/cases"
        let before = try FileManager.default.contentsOfDirectory(atPath: cases)
        try Data([1]).write(to: URL(filePath: cases + "/.00ff.age.1f.tmp"))
        let agent = try DeskAgent(
            try DeskKeys.open(world.folder + "/keys") { DeskWorld.secret("desk") })
        world.serve(try agent.listen(at: world.folder + "/second.sock", users: [getuid()]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: cases) == before)
    }

    @Test func anotherUserIsNotServed() throws {
        let world = try DeskWorld(persons: [])
        let agent = try DeskAgent(
            try DeskKeys.open(world.folder + "/keys") { DeskWorld.secret("desk") })
        let path = world.folder + "/other.sock"
        world.serve(try agent.listen(at: path, users: [getuid() + 1]))
        #expect(throws: AgentError.refused(.forbidden)) { try DeskAgentClient(path).status() }
        // Nor when the agent has left before the request is written.
        let long = [UInt8](repeating: 0x20, count: 4 << 20)
        #expect(throws: AgentError.refused(.forbidden)) {
            try DeskAgentClient(path).show(directory: long)
        }
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
