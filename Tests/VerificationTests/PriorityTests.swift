import Custody
import Testing
import Tips

@testable import Verification

@Suite struct PriorityTests {
    private func hour(_ text: String) throws -> Hour { try #require(Hour(text)) }

    private func facts(_ received: String = "2026-11-26T10") throws -> PriorityFacts {
        PriorityFacts(received: try hour(received))
    }

    private func priority(
        _ facts: PriorityFacts, at now: String = "2026-11-26T12"
    ) throws -> Priority {
        Priority(facts, now: try hour(now))
    }

    @Test(
        "each box has its class and its clock",
        arguments: [
            (Danger.life, Priority.Level.p0, Priority.ClockKind.life, "2026-11-27T10"),
            (.escape, .p0, .life, "2026-11-27T10"), (.transfer, .p0, .transfer, "2026-11-27T10"),
            (.child, .p1, .minor, "2026-11-29T10"), (.ransom, .p1, .ransom, "2026-11-29T10"),
            (.medical, .p1, .illness, "2026-11-29T10"),
        ])
    func boxes(
        _ danger: Danger, _ level: Priority.Level, _ kind: Priority.ClockKind, _ due: String
    ) throws {
        var facts = try facts()
        facts.danger = [danger]
        let priority = try priority(facts)
        #expect(priority.level == level)
        #expect(priority.clock == Priority.Clock(kind: kind, due: try hour(due)))
        #expect(priority.reasons.first == "danger: \(danger.rawValue)")
        #expect(!priority.isOverdue)
        #expect(priority.words == "\(level.name)  due \(due) (\(kind.rawValue))")
    }

    @Test("without a box a named place is P2, and all else P3")
    func quiet() throws {
        var facts = try facts()
        #expect(try priority(facts).level == .p3)
        facts.isPlaceNamed = true
        #expect(try priority(facts).level == .p2)
        #expect(try priority(facts).clock.due == hour("2026-12-03T10"))
        facts.findings = [.outAndSafe]
        #expect(try priority(facts).level == .p3)
        #expect(try priority(facts).reason == "out and safe")
    }

    @Test("a deadline is P1, P0 in its last day and three days after, and drives the clock")
    func deadline() throws {
        var facts = try facts()
        facts.danger = [.ransom]
        facts.deadline = "2026-12-01"
        facts.reason = "they want 20,000"
        for (now, level) in [
            ("2026-11-26T12", Priority.Level.p1), ("2026-11-29T23", .p1), ("2026-11-30T00", .p0),
            ("2026-12-04T00", .p0), ("2026-12-04T01", .p1),
        ] {
            #expect(try priority(facts, at: now).level == level, "\(now)")
        }
        let near = try priority(facts, at: "2026-11-30T05")
        #expect(near.clock.due == (try hour("2026-11-27T10")).adding(hours: 0))
        facts.touched = try hour("2026-11-30T04")
        let looked = try priority(facts, at: "2026-11-30T05")
        #expect(looked.words == "P0  due 2026-12-01T00 (deadline)")
        #expect(looked.reason.hasPrefix("deadline 2026-12-01; danger: ransom; they want 20,000"))
        #expect(try priority(facts, at: "2026-12-01T01").isOverdue)
        #expect(!(try priority(facts, at: "2026-12-01T00").isOverdue))
    }

    @Test("what a withdrawal or good news asks for is doubted: P1 at least")
    func coercion() throws {
        var facts = try facts()
        facts.withdrawn = facts.received
        #expect(try priority(facts).level == .p1)
        #expect(try priority(facts).clock.kind == .coercion)
        facts.danger = [.life]
        #expect(try priority(facts).level == .p0)
        var fine = try self.facts()
        fine.saysFine = fine.received
        #expect(try priority(fine).level == .p1)
    }

    @Test("what people find counts")
    func findings() throws {
        var facts = try facts()
        facts.findings = [.torture]
        #expect(try priority(facts).level == .p1)
        facts.findings = [.torture, .sexualAbuseOfMinor]
        #expect(try priority(facts).level == .p0)
        #expect(try priority(facts).reasons.first == "sexual abuse of a minor")
    }

    @Test("old boxes without news go down to P1, not further; news brings them back")
    func decay() throws {
        var facts = try facts("2026-11-01T00")
        facts.danger = [.life]
        facts.touched = try hour("2026-11-20T00")
        #expect(try priority(facts, at: "2026-11-08T00").level == .p0)
        #expect(try priority(facts, at: "2026-11-08T01").level == .p1)
        #expect(
            try priority(facts, at: "2026-11-20T00").reason.contains("no news for 19 days"))
        #expect(try priority(facts, at: "2027-03-01T00").level == .p1)
        facts.news = try hour("2026-11-19T00")
        #expect(try priority(facts, at: "2026-11-20T00").level == .p0)
        facts.danger = [.transfer]
        #expect(try priority(facts, at: "2026-11-22T01").level == .p1)
    }

    @Test("a person's decision beats the boxes, both ways, until something graver comes")
    func override() throws {
        var facts = try facts("2026-11-01T00")
        facts.danger = [.life]
        facts.override = .init(
            level: .p3, reason: "a copy of another", person: "lin", hour: try hour("2026-11-01T05"))
        let lowered = try priority(facts, at: "2026-11-01T06")
        #expect(lowered.level == .p3)
        #expect(lowered.reasons.first == "P3 by lin: a copy of another")
        facts.news = try hour("2026-11-01T07")
        #expect(try priority(facts, at: "2026-11-01T08").level == .p0)
        // Held at P0 however old it is.
        facts.override = .init(
            level: .p0, reason: "called today", person: "lin", hour: try hour("2026-11-20T00"))
        #expect(try priority(facts, at: "2027-03-01T00").level == .p0)
        // A withdrawal after the decision.
        var quiet = try self.facts("2026-11-01T00")
        quiet.override = .init(
            level: .p3, reason: "history", person: "lin", hour: try hour("2026-11-02T00"))
        quiet.withdrawn = try hour("2026-11-03T00")
        #expect(try priority(quiet, at: "2026-11-03T01").level == .p1)
        quiet.withdrawn = try hour("2026-11-01T12")
        #expect(try priority(quiet, at: "2026-11-03T01").level == .p3)
    }

    @Test("nothing waits for ever: what nobody works on moves up, to P1 at most")
    func starving() throws {
        var facts = try facts("2026-01-01T00")
        #expect(try priority(facts, at: "2026-01-15T00").level == .p3)
        #expect(try priority(facts, at: "2026-01-15T01").level == .p2)
        #expect(try priority(facts, at: "2026-01-29T01").level == .p1)
        #expect(try priority(facts, at: "2026-12-01T01").level == .p1)
        #expect(
            try priority(facts, at: "2026-01-15T01").reasons.first
                == "nobody has worked on it for 14 days")
        facts.touched = try hour("2026-01-14T00")
        #expect(try priority(facts, at: "2026-01-15T01").level == .p3)
        facts.isPlaceNamed = true
        #expect(try priority(facts, at: "2026-02-11T00").level == .p2)
        #expect(try priority(facts, at: "2026-02-11T01").level == .p1)
    }

    @Test("order: class, overdue, nearest clock, age")
    func order() throws {
        func ticked(_ danger: Set<Danger>, _ received: String) throws -> Priority {
            var facts = try facts(received)
            facts.danger = danger
            return try priority(facts, at: "2026-11-26T12")
        }
        let overdue = try ticked([.life], "2026-11-25T11")
        let fresh = try ticked([.life], "2026-11-26T11")
        let ransom = try ticked([.ransom], "2026-11-26T11")
        let old = try ticked([], "2026-11-20T11")
        let new = try ticked([], "2026-11-26T11")
        #expect(overdue.isOverdue && !fresh.isOverdue)
        let sorted = [new, ransom, old, fresh, overdue].sorted { $0.precedes($1) }
        #expect(sorted == [overdue, fresh, ransom, old, new])
        #expect(!new.precedes(new))
        // Of two equal clocks the older case is first: one was looked at, the other is new.
        var looked = try facts("2026-11-20T11")
        looked.touched = try hour("2026-11-26T11")
        #expect(try priority(looked).clock == new.clock)
        #expect(try priority(looked).precedes(new))
    }

    @Test("a reporter's words cannot move a terminal's cursor")
    func words() throws {
        var facts = try facts()
        facts.reason = "now\u{1B}[2J\u{202E}"
        #expect(try priority(facts).reason.contains("⟨U+001B⟩"))
    }
}
