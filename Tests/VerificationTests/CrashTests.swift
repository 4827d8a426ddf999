import Agencies
import Agents
import DeskKit
import DurableFiles
import Foundation
import Testing
import Tips

@testable import Verification

/// What a program that was killed leaves behind, and two persons at once.
struct CrashTests {
    private static let longAgo = Date(
        timeIntervalSinceNow: -Double(Durable.unfinishedSeconds) - 60)

    private func leave(_ path: String, since date: Date = Self.longAgo) throws {
        let half: [UInt8] = [1, 2, 3]
        try Durable.write(half.span, to: path)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }

    /// Whoever works on a case next clears away what lies in it; what is young may be somebody's.
    @Test func whatWasLeftUnfinishedGoes() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        let folder = world.desk.caseFolder(world.tip)
        let old = ["", "/journal", "/parts"].map { "\(folder)\($0)/.a.age.1f.tmp" }
        let young = folder + "/parts/.b.age.2e.tmp"
        for path in old { try leave(path) }
        try leave(young, since: Date())
        try leave(folder + "/parts/c.tmp")
        let opened = try OpenedCase(world.tip, of: world.desk)
        try opened.label(part: "urgency", contains: [], by: "ana")
        for path in old { #expect(!Durable.exists(path)) }
        #expect(Durable.exists(young))
        #expect(Durable.exists(folder + "/parts/c.tmp"))
    }

    @Test func aPullClearsTheDesksOwnFolders() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        let old = ["", "/inbox", "/refused", "/journal", "/tables/queue"].map {
            "\(world.desk.folder)\($0)/.a.1f.tmp"
        }
        for path in old { try leave(path) }
        _ = try await world.pull([])
        for path in old { #expect(!Durable.exists(path)) }
    }

    /// A run that was killed while it wrote down the decision left its file in the case's folder.
    @Test func aDestroyedCaseLeavesNoFolder() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango")])
        _ = try await world.pull([try world.withdrawalFrame("mango")])
        try leave(world.desk.caseFolder(world.tip) + "/.erasing.1f.tmp", since: Date())
        for name in ["ana", "ben"] {
            _ = try await Destruction(world.desk, over: world.link).run(
                world.tip, signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        #expect(!Durable.exists(world.desk.caseFolder(world.tip)))
    }

    /// All was removed but the folder: nothing in it shows any more that it may go.
    @Test func aPullClearsTheFolderOfADestroyedCase() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango")])
        _ = try await world.pull([try world.withdrawalFrame("mango")])
        for name in ["ana", "ben"] {
            _ = try await Destruction(world.desk, over: world.link).run(
                world.tip, signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        let folder = world.desk.caseFolder(world.tip)
        try Durable.createDirectory(folder)
        try leave(folder + "/lock")
        _ = try await Sync(world.desk, over: world.link).run()
        #expect(!Durable.exists(folder))
    }

    /// Both have the case open; both questions must reach a second person.
    @Test func twoQuestionsAtOnceHaveTwoNames() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame()])
        let cases = try ["ana", "ben"].map { ($0, try OpenedCase(world.tip, of: world.desk)) }
        let names = try cases.map { name, opened in
            try opened.ask(
                "When?", language: "en", signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        #expect(Set(names).count == 2)
    }

    /// Two offices, and the second approval was not written down any more: whoever was cut off
    /// approves again, and only what lacks.
    @Test func anApprovalThatWasCutOffGoesOn() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        try world.approve(as: "ana")
        let journal = world.desk.caseFolder(world.tip) + "/journal"
        let last = try require(try Durable.list(journal).last)
        try Durable.remove("\(journal)/\(last)")
        func counts() throws -> [Int] {
            let record = try OpenedCase(world.tip, of: world.desk).record
            return record.open.map(record.personCount)
        }
        #expect(try counts() == [1, 0])
        try world.approve(as: "ana")
        #expect(try counts() == [1, 1])
        #expect(throws: DeskError.samePerson(try require(PersonID("ana")))) {
            try world.approve(as: "ana")
        }
        let record = try OpenedCase(world.tip, of: world.desk).record
        #expect(record.approvals.values.allSatisfy { $0.count == 1 })
        try world.approve(as: "ben")
        #expect(try counts() == [2, 2])
    }

    /// Between opening a lock's file and locking it, the case may be destroyed.
    @Test func theLockOfAFolderThatIsGoneKeepsNobody() throws {
        let folder = NSTemporaryDirectory() + "sallyport-\(UUID())"
        try Durable.createDirectory(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try OpenFile(updating: folder + "/lock")
        #expect(try file.isAtItsPath())
        try Durable.remove(folder + "/lock")
        #expect(try !file.isAtItsPath())
        let nothing: [UInt8] = []
        try Durable.write(nothing.span, to: folder + "/lock")
        #expect(try !file.isAtItsPath())
    }
}
