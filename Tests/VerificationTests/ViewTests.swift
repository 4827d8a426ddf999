import Agencies
import Custody
import DurableFiles
import Forwarding
import Synchronization
import Testing
import Tips

@testable import Verification

/// A case as values: what the terminal and the console both show.
struct ViewTests {
    @Test func aCaseIsShownPartByPart() async throws {
        let world = try CaseWorld()
        let overview = try await world.readyCase().overview()
        #expect(overview.stage == .assessed && overview.parts.count == 7)
        let report = try #require(overview.parts.first { $0.partClass == .report })
        guard case .fields(let fields) = report.content else { throw Missing() }
        // As it came: whoever shows it cleans it.
        #expect(fields[0].key == "narrative" && fields[0].value == .text("我的儿子被卖到缅甸\u{202E}"))
        #expect(overview.lines.contains { $0.contains("⟨U+202E⟩") })
        #expect(report.labels == [.place])
        let made = try #require(overview.derivatives.first)
        #expect(made.original == report.payload)
        let text = try world.reopened().derivativeText(made.payload.hex)
        #expect(text.text == "A son was sold." && text.language == "en")
    }

    @Test func thePreviewSaysWhatEachOfficeWouldGetAndPreparesNothing() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let offices = try opened.preview()
        let first = try #require(offices.first { $0.office.text == "office-a" })
        let second = try #require(offices.first { $0.office.text == "office-b" })
        #expect(first.decisions.count { $0.goes } == 3 && first.barred.isEmpty)
        #expect(second.decisions.count { $0.goes } == 2 && !second.isReleased)
        #expect(second.decisions.contains { !$0.goes && $0.words.contains("did not agree") })
        #expect(try opened.openReleases().isEmpty)
        let lines = try ReleasePreparation(opened).run()
        #expect(lines.starts(with: offices.flatMap(\.lines)))
    }

    @Test func theTrailNamesPersonsAndParts() async throws {
        let world = try CaseWorld()
        let opened = try await world.approvedCase()
        let trail = opened.trail
        let report = try #require(opened.parts.first { $0.partClass == .report }).payload
        let words = trail.map(\.words)
        #expect(words.first == "the tip came in")
        #expect(words.contains { $0.hasPrefix("part 2 (report) labelled: contains place") })
        #expect(
            trail.filter { $0.words == "approved for office-a" }.map(\.person) == ["ana", "ben"])
        let about = trail.filter { $0.parts.contains(report) }.map(\.words)
        #expect(about.contains("approved for office-a") && !about.contains("approved for office-b"))
        #expect(!about.contains { $0.hasPrefix("judged") })
    }

    @Test func theFingerprintIsOfWhatIsShown() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        let first = try ReleaseApproval(world.reopened()).recompute()
        let again = try ReleaseApproval(world.reopened()).recompute()
        let mark = ReleaseApproval.fingerprint(of: first)
        #expect(mark == ReleaseApproval.fingerprint(of: again))
        #expect(mark != ReleaseApproval.fingerprint(of: Array(first.dropLast())))
        _ = try ReleasePreparation(world.reopened()).run()
        let other = try ReleaseApproval(world.reopened()).recompute()
        #expect(mark != ReleaseApproval.fingerprint(of: other))
    }

    @Test func theQueueTellsWhoDidTheLastThingInACase() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(), try world.strangersTip()])
        #expect(try world.desk.queue().map(\.lastPerson) == ["", ""])
        try world.reopened().label(part: "report", contains: [.place], by: "ben")
        let queue = try world.desk.queue()
        #expect(queue.first { $0.tip == world.tip }?.lastPerson == "ben")
        try Durable.write([1, 2].span, to: world.desk.journal(of: world.tip).path(2), .replace)
        guard case .unreadable = try world.desk.queue()[0].stage else { throw Missing() }
        #expect(try world.desk.queue().count == 2)
    }

    private struct Missing: Error {}
}

extension CaseWorld {
    fileprivate func reopened() throws -> OpenedCase { try OpenedCase(tip, of: desk) }
}
