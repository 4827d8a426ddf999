import Custody
import DeskKit
import DurableFiles
import Foundation
import Testing
import Tips

@testable import Verification

/// Who looked at what is written down before it is shown, once a day for each part, and counts as
/// nothing else.
struct LookTests {
    private func opened(_ world: CaseWorld, days: Int = 0) throws -> OpenedCase {
        let hour = try require(
            Hour(unixTime: Int(Date().timeIntervalSince1970))?.adding(hours: days * 24))
        try Durable.write(
            [UInt8](hour.text.utf8).span, to: world.desk.folder + "/clock", mode: 0o660, .replace)
        return try OpenedCase(world.tip, of: try Desk.open(world.desk.folder))
    }

    private func looks(_ world: CaseWorld) throws -> [(person: String, look: CaseLook)] {
        try OpenedCase(world.tip, of: world.desk).events.compactMap { event in
            guard case .looked(let look) = event.action else { return nil }
            return (event.person, look)
        }
    }

    private func worldWithFile() async throws -> CaseWorld {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        _ = try await world.pull([try world.evidenceFrame([1, 2, 3])])
        return world
    }

    @Test func textsAreWrittenDownOnceADayForEachPerson() async throws {
        let world = try await worldWithFile()
        for _ in 0..<3 { try opened(world).lookAtTexts(by: .person("ana")) }
        try opened(world).lookAtTexts(by: .person("ben"))
        try opened(world).lookAtTexts(by: .account("ana"))
        let found = try looks(world)
        #expect(found.map(\.person) == ["ana", "ben", ""])
        #expect(found.map(\.look.account) == ["", "", "ana"])
        // All seven texts, and not the file.
        #expect(found.allSatisfy { $0.look.parts.count == 7 && $0.look.look == .text })
        try opened(world, days: 1).lookAtTexts(by: .person("ana"))
        #expect(try looks(world).count == 4)
    }

    @Test func whatCameSinceIsWrittenDownForItself() async throws {
        let world = try await worldWithFile()
        try opened(world).lookAtTexts(by: .person("ana"))
        var answer = AnswerPart()
        answer.text = "yesterday"
        _ = try await world.pull([
            try world.supplementFrame(.answer, try answer.encoded())
        ])
        try opened(world).lookAtTexts(by: .person("ana"))
        #expect(try looks(world).map(\.look.parts.count) == [7, 1])
    }

    @Test func eachStepToSeeingMoreIsWrittenDown() async throws {
        let world = try await worldWithFile()
        func look(_ look: Look, unless others: [Look] = []) throws {
            try opened(world).look(look, atPart: "8", by: .person("ana"), unless: others)
        }
        try look(.grey)
        try look(.large)
        // Less than what was seen already.
        try look(.colour)
        try look(.grey)
        try look(.large, unless: Look.stages)
        #expect(try looks(world).map(\.look.look) == [.grey, .large])
        try look(.copySaved)
        try look(.originalSaved)
        try look(.text)
        #expect(
            try looks(world).map(\.look.look) == [.grey, .large, .copySaved, .originalSaved, .text])
    }

    /// Without a page, the copy itself says so, unless some page has.
    @Test func aCopyAloneIsWrittenDown() async throws {
        let world = try await worldWithFile()
        try opened(world).look(
            .large, atPart: "8", by: .person("ana"), unless: Look.stages)
        #expect(try looks(world).map(\.look.look) == [.large])
    }

    @Test func theTrailOfAPartTellsWho() async throws {
        let world = try await worldWithFile()
        try opened(world).lookAtTexts(by: .person("ana"))
        try opened(world).look(.grey, atPart: "8", by: .account("desk-user"))
        let opened = try opened(world)
        let file = try opened.part(named: "8").payload
        let entries = opened.trail.filter { $0.parts.contains(file) }
        #expect(
            entries.last?.line.hasSuffix(
                "account desk-user  part 8 (evidence): a safe copy shown small and grey") == true)
        #expect(!entries.contains { $0.words == "the texts were shown" })
        let report = try opened.part(named: "report").payload
        #expect(
            opened.trail.last { $0.parts.contains(report) }.map { [$0.who, $0.words] }
                == ["ana", "the texts were shown"])
    }

    @Test func lookingIsNoWorkAndVoidsNothing() async throws {
        let world = try CaseWorld()
        let before = try await world.approvedCase()
        let row = try QueueRow(before)
        try opened(world, days: 1).lookAtTexts(by: .person("cyd"))
        let after = try opened(world)
        #expect(after.record.entryCount == before.record.entryCount + 1)
        #expect(after.record.changes == before.record.changes)
        #expect(after.record.open.map(after.record.personCount) == [2, 2])
        #expect(after.record.touched == before.record.touched)
        let new = try QueueRow(after)
        #expect(new == row && new.lastPerson != "cyd")
    }

    /// A second person who reads the case before they sign does not undo the first one's signature.
    @Test func readingACaseDoesNotKeepIt() async throws {
        let world = try CaseWorld()
        let tip = try require(try await world.pull([try world.strangersTip()]).changed.first)
        try OpenedCase(tip, of: world.desk).lookAtTexts(by: .person("ana"))
        let hour = try require(world.desk.now.adding(hours: 366 * 24))
        try Durable.write(
            [UInt8](hour.text.utf8).span, to: world.desk.folder + "/clock", mode: 0o660, .replace)
        let later = try Desk.open(world.desk.folder)
        #expect(try OpenedCase(tip, of: later).retentionGrounds() == .unopened)
        for name in ["ana", "ben"] {
            try OpenedCase(tip, of: later).lookAtTexts(by: .person(name))
            _ = try await Retention(later).carryOut(
                [tip], over: world.link, signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        #expect(!Durable.exists(later.caseFolder(tip)))
    }

    @Test func theQueueWritesNothing() async throws {
        let world = try await worldWithFile()
        for _ in 0..<5 { _ = try world.desk.queue(withRejected: true) }
        #expect(try looks(world).isEmpty)
    }

    /// Who had the case open when it was destroyed leaves nothing behind: neither a journal nor a key.
    @Test func nothingIsWrittenOnceACaseIsDestroyed() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango")])
        _ = try await world.pull([try world.withdrawalFrame("mango")])
        let open = try opened(world)
        for name in ["ana", "ben"] {
            _ = try await Destruction(world.desk, over: world.link).run(
                world.tip, signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        #expect(throws: DeskError.noCase(world.tip.hex)) {
            try open.lookAtTexts(by: .person("ana"))
        }
        #expect(!Durable.exists(world.desk.caseFolder(world.tip)))
        let keys = try Durable.list(world.agents.folder + "/keys/cases")
        #expect(!keys.contains { $0.contains(world.tip.hex) })
    }

    @Test func anEntryIsReadAsItWasWritten() throws {
        let hash = Hash(sha256: [1])
        for look in Look.allCases {
            let action = CaseAction.looked(
                CaseLook(parts: [hash], look: look, account: look == .grey ? "desk" : ""))
            let event = CaseEvent(
                hour: try require(Hour("2026-11-20T10")), person: "ana", action: action)
            guard case .looked(let read) = try CaseEvent(event.json).action else {
                Issue.record("another action")
                return
            }
            #expect(read.look == look && read.parts == [hash])
            #expect(read.account == (look == .grey ? "desk" : ""))
        }
    }

    @Test(arguments: [
        ("\"grey\"", "\"blurred\""), ("[]", "[\"zz\"]"), ("\"account\":\"\"", "\"account\":7"),
        (",\"account\":\"\"", ""),
    ])
    func anythingElseIsRefused(old: String, new: String) throws {
        func event(_ text: String) throws -> CaseEvent {
            let bytes = [UInt8](text.utf8)
            return try CaseEvent(try JSON.parse(bytes.span, limit: 4096).asObject())
        }
        let whole =
            "{\"hour\":\"2026-11-20T10\",\"person\":\"\",\"action\":\"looked\",\"parts\":[],"
            + "\"how\":\"grey\",\"account\":\"\"}"
        _ = try event(whole)
        #expect(throws: (any Error).self) { try event(whole.replacing(old, with: new)) }
    }
}
