import Agencies
import Custody
import Forwarding
import ReleaseKit
import Testing

/// Standby bundles come due when nobody takes the case, and wait when somebody does.
@Suite struct EscalationTests {
    let first = Hash(sha256: [1])
    let second = Hash(sha256: [2])
    let third = Hash(sha256: [3])

    func hour(_ number: Int) throws -> Hour { try required(Hour(number: 500_000 + number)) }

    /// Three bundles: due at 0, 48 and 96; the second not before 12.
    func plan() throws -> Escalation {
        try required(
            Escalation([
                .init(bundle: first, notBefore: hour(0), due: hour(0), expires: hour(1_000)),
                .init(bundle: second, notBefore: hour(12), due: hour(48), expires: hour(1_000)),
                .init(bundle: third, notBefore: hour(12), due: hour(96), expires: hour(1_000)),
            ]))
    }

    func offered(_ actions: [Escalation.Action]) -> [Hash] {
        actions.filter { $0.state == .offered }.map(\.bundle)
    }

    @Test func `each is offered when due`() throws {
        var plan = try plan()
        #expect(offered(try plan.handle(.tick, now: hour(0))) == [first])
        #expect(try plan.handle(.tick, now: hour(47)).isEmpty)
        #expect(offered(try plan.handle(.tick, now: hour(48))) == [second])
        #expect(offered(try plan.handle(.tick, now: hour(96))) == [third])
    }

    @Test func `declining advances, but never before the signed not-before`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        #expect(
            try plan.handle(.answered(bundle: first, .declined), now: hour(2)).map(\.state)
                == [.acknowledged(.declined)])
        #expect(try plan.handle(.tick, now: hour(11)).isEmpty)
        #expect(offered(try plan.handle(.tick, now: hour(12))) == [second])
        let actions = try plan.handle(.answered(bundle: second, .declined), now: hour(13))
        #expect(offered(actions) == [third])
    }

    @Test func `declining advances past an office that has been silent`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        #expect(offered(try plan.handle(.tick, now: hour(48))) == [second])
        #expect(
            offered(try plan.handle(.answered(bundle: second, .declined), now: hour(49)))
                == [third])
    }

    @Test func `declining advances past nobody who is on the case or still has time`() throws {
        var taken = try plan()
        _ = try taken.handle(.tick, now: hour(0))
        _ = try taken.handle(.tick, now: hour(48))
        _ = try taken.handle(.answered(bundle: first, .accepted), now: hour(49))
        #expect(
            offered(try taken.handle(.answered(bundle: second, .declined), now: hour(50))) == [])
        var waiting = try plan()
        _ = try waiting.handle(.tick, now: hour(0))
        #expect(
            offered(try waiting.handle(.stop(bundle: second, .keyRevoked), now: hour(20))) == [])
    }

    @Test func `only accepted or acted defers, and not for ever`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        for (answer, time) in [(OfficeAnswer.received, 1), (.opened, 2), (.needsMore, 3)] {
            _ = try plan.handle(.answered(bundle: first, answer), now: hour(time))
        }
        #expect(plan.deferrals == 0)
        _ = try plan.handle(.answered(bundle: first, .accepted), now: hour(40))
        #expect(try plan.handle(.tick, now: hour(111)).map(\.bundle) == [])
        _ = try plan.handle(.answered(bundle: first, .acted), now: hour(111))
        #expect(offered(try plan.handle(.tick, now: hour(182))) == [])
        #expect(offered(try plan.handle(.tick, now: hour(183))) == [second, third])
        #expect(plan.deferrals == Escalation.deferralLimit)
    }

    @Test func `saying accepted again defers nothing`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        _ = try plan.handle(.answered(bundle: first, .accepted), now: hour(1))
        _ = try plan.handle(.answered(bundle: first, .accepted), now: hour(60))
        #expect(offered(try plan.handle(.tick, now: hour(73))) == [second])
    }

    @Test func `what is not proven yet is deferred like the rest, and offered only when it is`()
        throws
    {
        func step(_ bundle: Hash, due: Int, isProven: Bool) throws -> Escalation.Step {
            .init(
                bundle: bundle, notBefore: try hour(0), due: try hour(due),
                expires: try hour(1_000), isProven: isProven)
        }
        var plan = try required(
            Escalation([
                step(first, due: 0, isProven: true), step(second, due: 3, isProven: false),
                step(third, due: 6, isProven: true),
            ]))
        _ = try plan.handle(.tick, now: hour(0))
        _ = try plan.handle(.answered(bundle: first, .accepted), now: hour(1))
        #expect(try plan.steps.map(\.due) == [hour(0), hour(73), hour(73)])
        #expect(plan.deferrals == 1)
        #expect(try plan.handle(.tick, now: hour(80)).isEmpty)
    }

    @Test func `what joins a plan that somebody is on waits as long as the rest`() throws {
        var plan = try required(
            Escalation([
                .init(bundle: first, notBefore: hour(0), due: hour(0), expires: hour(1_000))
            ]))
        _ = try plan.handle(.tick, now: hour(0))
        #expect(try plan.due(joiningAfter: 1, due: hour(3), now: hour(1)) == hour(3))
        _ = try plan.handle(.answered(bundle: first, .acted), now: hour(1))
        #expect(try plan.due(joiningAfter: 1, due: hour(3), now: hour(2)) == hour(74))
        #expect(try plan.due(joiningAfter: 1, due: hour(90), now: hour(2)) == hour(90))
        #expect(try plan.due(joiningAfter: 0, due: hour(3), now: hour(2)) == hour(3))
    }

    @Test func `a sealed part holds until the desk re-arms`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        #expect(
            try plan.handle(.sealedPartArrived, now: hour(1))
                == [.init(bundle: first, state: .queued)])
        #expect(try plan.handle(.tick, now: hour(200)).isEmpty)
        #expect(offered(try plan.handle(.rearmed, now: hour(201))) == [first, second, third])
    }

    @Test func `what was fetched stays fetched when a sealed part arrives`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        _ = try plan.handle(.fetchedWhole(bundle: first), now: hour(1))
        #expect(try plan.handle(.sealedPartArrived, now: hour(2)).isEmpty)
        #expect(plan.steps[0].state == .fetched)
    }

    @Test func `an expired bundle is stopped, and the next one advances`() throws {
        var plan = try required(
            Escalation([
                .init(bundle: first, notBefore: hour(0), due: hour(0), expires: hour(20)),
                .init(bundle: second, notBefore: hour(12), due: hour(900), expires: hour(1_000)),
            ]))
        _ = try plan.handle(.tick, now: hour(0))
        #expect(
            try plan.handle(.tick, now: hour(20)) == [
                .init(bundle: first, state: .stopped(.expired)),
                .init(bundle: second, state: .offered),
            ])
    }

    @Test func `a stopped bundle is never offered again`() throws {
        var plan = try plan()
        _ = try plan.handle(.tick, now: hour(0))
        _ = try plan.handle(.stop(bundle: first, .keyRevoked), now: hour(1))
        _ = try plan.handle(.rearmed, now: hour(2))
        _ = try plan.handle(.answered(bundle: first, .accepted), now: hour(3))
        #expect(plan.steps[0].state == .stopped(.keyRevoked))
        #expect(throws: OutboxRefusal.self) {
            try OutboxState.stopped(.keyRevoked).after(.offer)
        }
    }

    @Test func `every state has one row and reads back`() {
        var states: [OutboxState] = [.queued, .offered, .fetched]
        states += OfficeAnswer.allCases.map { .acknowledged($0) }
        states += [.keyRevoked, .withdrawn, .expired, .erased].map { .stopped($0) }
        for state in states {
            #expect(OutboxState(name: state.name, detail: state.detail) == state)
        }
        #expect(OutboxState(name: "queued", detail: "accepted") == nil)
        #expect(OutboxState(name: "stopped", detail: "accepted") == nil)
    }

    @Test func `answers go forward only`() throws {
        #expect(throws: OutboxRefusal.self) {
            try OutboxState.acknowledged(.acted).after(.answered(.opened))
        }
        #expect(
            try OutboxState.acknowledged(.declined).after(.answered(.accepted))
                == .acknowledged(.accepted))
        #expect(throws: OutboxRefusal.self) {
            try OutboxState.queued.after(.answered(.received))
        }
    }

    @Test func `revoking lists what the key could open`() throws {
        let key = Hash(sha256: [9])
        let office = try required(OfficeID("office-a"))
        func record(_ number: UInt8, _ key: Hash, _ state: OutboxState, _ served: Bool)
            -> OutboxRecord
        {
            OutboxRecord(
                bundle: Hash(sha256: [number]), tip: Hash(sha256: [0]), office: office,
                keyFingerprint: key, payloads: [], state: state, wasServed: served)
        }
        let records = [
            record(1, key, .queued, false), record(2, key, .offered, true),
            record(3, key, .stopped(.expired), true), record(4, key, .acknowledged(.opened), true),
            record(5, Hash(sha256: [8]), .offered, true),
        ]
        let exposure = Exposure(ofKey: key, among: records)
        #expect(exposure.toStop == [records[0], records[1], records[3]])
        #expect(exposure.readable == [records[1], records[2], records[3]])
        #expect(exposure.sealedOnly == [records[0]])
    }
}
