import Agencies
import Custody
import DeskKit
import DurableFiles
import Sealing
import Testing
import Tips
import Wire

@testable import Verification

/// Links between cases: made by a person, seen from both sides, taken back, and never told.
struct LinkTests {
    private let world: CaseWorld

    init() throws { world = try CaseWorld() }

    /// The world's own case and a stranger's.
    private func two() async throws -> (OpenedCase, OpenedCase) {
        let stranger = try world.strangersTip()
        _ = try await world.pull([try world.tipFrame(codeWord: "mango"), stranger])
        return (try reopened(), try reopened(stranger.envelope.tipID))
    }

    private func reopened(_ tip: TipID? = nil) throws -> OpenedCase {
        try OpenedCase(tip ?? world.tip, of: world.desk)
    }

    private func begun() throws -> [BegunLink] { try world.desk.begunLinks().map(\.begun) }

    @Test func aLinkIsInBothCasesWithItsReasonAndCanBeTakenBack() async throws {
        let (one, other) = try await two()
        try one.link(to: other, reason: "the same brother", by: "ana")
        for (mine, theirs) in [(one, other), (other, one)] {
            let links = try world.desk.links(of: mine.tip)
            #expect(links.map(\.other) == [theirs.tip])
            #expect(links.first?.reason == "the same brother" && links.first?.person == "ana")
            let opened = try reopened(mine.tip)
            #expect(try opened.linkedCases() == 1)
            let trail = try #require(opened.trail.last)
            #expect(trail.person == "ana")
            #expect(trail.words == "linked to case \(theirs.name): the same brother")
        }
        // From the other side.
        try other.unlink(from: one, reason: "another man", by: "ben")
        for tip in [one.tip, other.tip] {
            #expect(try world.desk.links(of: tip).isEmpty)
            #expect(try reopened(tip).trail.last?.words.contains("no longer linked") == true)
        }
        try one.link(to: other, reason: "it is him after all", by: "ana")
        #expect(try world.desk.links(of: other.tip).map(\.reason) == ["it is him after all"])
        #expect(try begun().isEmpty)
    }

    @Test func whatIsNoLinkIsRefusedInWords() async throws {
        let (one, other) = try await two()
        func refuses(_ words: String, _ body: () throws -> Void) {
            let error = #expect(throws: DeskError.self) { try body() }
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
        refuses("linked to itself") { try one.link(to: one, reason: "x", by: "ana") }
        refuses("Say why") { try one.link(to: other, reason: " \n", by: "ana") }
        refuses("at most 1000 bytes") {
            try one.link(to: other, reason: String(repeating: "x", count: 1001), by: "ana")
        }
        refuses("not linked") { try one.unlink(from: other, reason: "x", by: "ana") }
        try one.link(to: other, reason: "the same\u{202E} man", by: "ana")
        refuses("linked already, by ana: the same⟨U+202E⟩ man") {
            try other.link(to: one, reason: "x", by: "ben")
        }
        #expect(try reopened().events.count == 2)
    }

    /// As if the program had ended after so many of the two journals had the change.
    @Test(arguments: [0, 1], [true, false])
    func aChangeThatWasCutOffIsSeenFromBothSidesAndMadeWhole(
        _ written: Int, _ isLinked: Bool
    ) async throws {
        let (one, other) = try await two()
        if !isLinked { try one.link(to: other, reason: "first", by: "ana") }
        let change = BegunLink(
            first: one.tip, second: other.tip, isLinked: isLinked, number: isLinked ? 1 : 2,
            reason: "cut off", person: "ana", hour: world.desk.now)
        _ = try world.desk.begin(change)
        if written > 0 {
            try reopened().append(.linkChanged(change.change(in: one.tip)), by: "ana")
        }
        // Seen at once, before anything is repaired.
        for tip in [one.tip, other.tip] {
            #expect(try reopened(tip).linkedCases() == (isLinked ? 1 : 0))
        }
        #expect(try begun().count == 1)
        let links = try world.desk.links(of: other.tip)
        #expect(links.count == (isLinked ? 1 : 0))
        #expect(try begun().isEmpty)
        for tip in [one.tip, other.tip] {
            let opened = try reopened(tip)
            #expect(opened.trail.count { $0.words.hasSuffix(": cut off") } == 1)
            #expect(opened.trail.last?.person == "ana")
            #expect(opened.record.links.standing.count == (isLinked ? 1 : 0))
        }
    }

    @Test func whoeverChangesALinkThatWasCutOffGoesOnFromThere() async throws {
        let (one, other) = try await two()
        _ = try world.desk.begin(
            BegunLink(
                first: other.tip, second: one.tip, isLinked: true, number: 1, reason: "cut off",
                person: "ana", hour: world.desk.now))
        try one.unlink(from: other, reason: "no", by: "ben")
        #expect(try reopened().trail.suffix(2).map(\.person) == ["ana", "ben"])
        #expect(try world.desk.links(of: other.tip).isEmpty && begun().isEmpty)
    }

    @Test func whileAnotherProgramWorksOnEitherNothingIsChanged() async throws {
        let (one, other) = try await two()
        for tip in [one.tip, other.tip] {
            let lock = try FolderLock(world.desk.caseFolder(tip))
            #expect(throws: DeskError.busy) { try one.link(to: other, reason: "x", by: "ana") }
            withExtendedLifetime(lock) {}
        }
        #expect(try begun().isEmpty && world.desk.links(of: one.tip).isEmpty)
    }

    @Test func aDamagedFileKeepsNobodyFromTheCasesAndGoesWithTheNextThatIsDestroyed() async throws {
        let (one, other) = try await two()
        let path = try world.desk.begin(
            BegunLink(
                first: other.tip, second: one.tip, isLinked: true, number: 1, reason: "cut off",
                person: "ana", hour: world.desk.now))
        var bytes = try Durable.read(path, limit: BegunLink.fileLimit)
        bytes[bytes.count - 1] ^= 1
        try Durable.write(bytes.span, to: path, mode: 0o660, .replace)
        #expect(try world.desk.links(of: one.tip).isEmpty && begun().isEmpty)
        try other.link(to: one, reason: "the same brother", by: "ana")
        #expect(try reopened(one.tip).linkedCases() == 1)
        #expect(Durable.exists(path))
        try world.desk.removeBegunLinks(of: one.tip)
        #expect(!Durable.exists(path))
    }

    @Test func aDestroyedCaseLeavesNoLinkAndNoKeys() async throws {
        let (one, other) = try await two()
        try other.link(to: one, reason: "the same brother", by: "ana")
        // One more change of the link is cut off before the end.
        _ = try world.desk.begin(
            BegunLink(
                first: other.tip, second: one.tip, isLinked: false, number: 2, reason: "cut off",
                person: "ana", hour: world.desk.now))
        _ = try other.proposals()
        #expect(try world.desk.matchTable.rows()[one.tip] != nil)
        _ = try await world.pull([try world.withdrawalFrame("mango")])
        for name in ["ana", "ben"] {
            _ = try await Destruction(world.desk, over: world.link).run(
                one.tip, signer: try require(world.agents.persons[name]),
                passphrase: DeskWorld.secret(name))
        }
        #expect(!world.desk.isThere(one.tip))
        #expect(try world.desk.links(of: other.tip).isEmpty)
        #expect(try reopened(other.tip).linkedCases() == 0)
        #expect(try begun().isEmpty)
        #expect(try world.desk.matchTable.rows().keys.sorted() == [other.tip])
        #expect(try other.proposals() == LinkProposals())
    }

    @Test func aCaseThatIsBeingDestroyedIsLinkedToNone() async throws {
        let (one, other) = try await two()
        try other.link(to: one, reason: "the same brother", by: "ana")
        try Durable.write([1].span, to: world.desk.erasingFile(one.tip))
        #expect(try world.desk.links(of: other.tip).isEmpty)
        #expect(throws: DeskError.noCase(one.tip.hex)) {
            try other.unlink(from: one, reason: "x", by: "ana")
        }
    }

    @Test func aLinkVoidsNothingAndIsInNoRelease() async throws {
        let opened = try await world.approvedCase()
        let stranger = try world.strangersTip()
        _ = try await world.pull([stranger])
        let before = ReleaseApproval.fingerprint(of: try ReleaseApproval(opened).recompute())
        try opened.link(
            to: try reopened(stranger.envelope.tipID), reason: "the same brother", by: "ana")
        let linked = try reopened()
        #expect(linked.stage == .prepared(offices: 2, approvals: 2) && linked.stage == opened.stage)
        #expect(linked.record.changes == opened.record.changes)
        #expect(
            ReleaseApproval.fingerprint(of: try ReleaseApproval(linked).recompute()) == before)
        #expect(try linked.preview().flatMap(\.lines) == opened.preview().flatMap(\.lines))
        _ = try await ReleaseSending(linked, over: world.link).run()
        #expect(try reopened().stage == .released(offices: 2))
    }

    @Test func noMailboxTellsOfALink() async throws {
        let (one, other) = try await two()
        func message() async throws -> DeskMessage {
            _ = try await Mailboxes(world.desk, over: world.link).publish()
            let batch = try require(
                await world.link.batches.last?.verified(by: world.agents.station))
            return try world.openMailbox(try require(batch.slots[try world.address]))
        }
        let before = try await message()
        try one.link(to: other, reason: "the same brother", by: "ana")
        let after = try await message()
        #expect(before.state == after.state && before.questions == after.questions)
        #expect(await world.link.decisions.isEmpty)
    }

    @Test func whoLinksACaseHasNotWorkedOnIt() async throws {
        let (one, other) = try await two()
        try one.link(to: other, reason: "the same brother", by: "ana")
        #expect(try reopened(other.tip).record.touched == nil)
    }

    @Test func aLinkedCaseIsNotProposedAgain() async throws {
        var part = PlacePart()
        part.site = "妙瓦底"
        let stranger = try world.strangersTip(saying: [.place(part)])
        _ = try await world.pull([try world.tipFrame(), stranger])
        let one = try reopened()
        #expect(try one.proposals().list.map(\.tip) == [stranger.envelope.tipID])
        let other = try reopened(stranger.envelope.tipID)
        try one.link(to: other, reason: "the same place", by: "ana")
        #expect(try reopened().proposals() == LinkProposals())
        #expect(try reopened(other.tip).proposals() == LinkProposals())
        try one.unlink(from: other, reason: "no", by: "ana")
        #expect(try reopened().proposals().list.count == 1)
    }
}
