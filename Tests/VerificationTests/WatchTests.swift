import Custody
import DeskKit
import DurableFiles
import Foundation
import Testing
import Tips

@testable import Verification

/// What has just come is seen soon, and somebody is called.
struct WatchTests {
    private let world: CaseWorld
    private var bell: String { world.agents.folder + "/bell" }

    init() throws { world = try CaseWorld() }

    @Test func whatHasJustComeGoesBeforeWhatWaited() async throws {
        let waited = try (0..<3).map { _ in try world.strangersTip() }
        await world.link.offer((waited + [try world.tipFrame()]).map(\.encoded))
        let known = Set(waited.map(\.envelope.digest))
        let report = try await Pull(world.desk, over: world.link).run(after: known)
        #expect(report.changed.first == world.tip)
        #expect(report.changed.count == 4)
        #expect(!report.isCut)
    }

    @Test func whatHadNoTurnWaitsForTheNextPull() async throws {
        await world.link.offer([try world.tipFrame().encoded])
        var report = try await Pull(world.desk, over: world.link).run(within: .zero)
        #expect(report.isCut && report.changed.isEmpty && report.listed.count == 1)
        report = try await Pull(world.desk, over: world.link).run(after: report.listed)
        #expect(!report.isCut && report.changed == [world.tip])
    }

    /// A program that counts how often it was called, and what it was told.
    private func program(ending code: Int = 0) throws -> String {
        let path = world.agents.folder + "/ring-\(code)"
        let script =
            "#!/bin/sh\necho \"$# $(env | grep -vc ^PWD=) $(cat | wc -c)\" >> \(bell)\nexit \(code)\n"
        try Durable.write(Array(script.utf8).span, to: path, mode: 0o755)
        return path
    }

    private func rings() throws -> [String] {
        guard Durable.exists(bell) else { return [] }
        let text = try Durable.read(bell, limit: 4096)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func aP0CallsSomebodyOnceAndTellsNothing() async throws {
        var alarm = Alarm(command: try program())
        _ = try await world.pull([try world.strangersTip()])
        #expect(alarm.ring(for: try world.desk.queue()) == nil)
        #expect(try rings() == [])
        _ = try await world.pull([try world.tipFrame()])
        #expect(alarm.ring(for: try world.desk.queue()) == nil)
        #expect(alarm.ring(for: try world.desk.queue()) == nil)
        let rung = try rings()
        #expect(rung.count == 1)
        // No argument and no input; the shell itself sets a variable or two.
        #expect(rung[0].hasPrefix("0 ") && rung[0].hasSuffix(" 0"))
    }

    @Test func whatSomebodyHasWorkedOnRingsNoMore() async throws {
        var alarm = Alarm(command: try program())
        _ = try await world.pull([try world.tipFrame()])
        try OpenedCase(world.tip, of: world.desk).label(
            part: "report", contains: [.place], by: "ana")
        #expect(alarm.ring(for: try world.desk.queue()) == nil)
        #expect(try rings() == [])
    }

    @Test func aBellThatFailsIsNamedAndRungAgain() async throws {
        _ = try await world.pull([try world.tipFrame()])
        var alarm = Alarm(command: try program(ending: 3))
        let words = alarm.ring(for: try world.desk.queue())
        #expect(words?.hasSuffix("ended with 3") == true)
        _ = alarm.ring(for: try world.desk.queue())
        #expect(try rings().count == 2)
        var missing = Alarm(command: world.agents.folder + "/nothing")
        #expect(
            missing.ring(for: try world.desk.queue())?.hasSuffix("could not be started") == true)
    }
}
