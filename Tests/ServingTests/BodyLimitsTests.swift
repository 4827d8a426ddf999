import Serving
import Testing

@Suite struct BodyLimitsTests {
    let limits = BodyLimits(
        maxBytes: 1 << 20, deadline: .seconds(60), leastBytesPerSecond: 100, grace: .seconds(10))

    @Test func `A sender must keep the least rate after the grace`() {
        var pace = BodyPace(limits)
        expectSlow(&pace, 0, 10, false)
        expectSlow(&pace, 100, 11, false)
        expectSlow(&pace, 2_000, 30, false)
        expectSlow(&pace, 2_099, 31, true)
        var other = BodyPace(limits)
        expectSlow(&other, 99, 11, true)
    }

    @Test func `After a burst nobody may stall for longer than the grace`() {
        var pace = BodyPace(limits)
        expectSlow(&pace, 500_000, 1, false)
        expectSlow(&pace, 500_000, 11, false)
        expectSlow(&pace, 500_000, 12, true)
    }

    @Test func `The deadline holds for everybody`() {
        var pace = BodyPace(limits)
        expectSlow(&pace, 1 << 20, 60, true)
    }

    private func expectSlow(
        _ pace: inout BodyPace, _ received: Int, _ seconds: Int, _ isSlow: Bool,
        at place: SourceLocation = #_sourceLocation
    ) {
        let answer = pace.isTooSlow(received: received, after: .seconds(seconds))
        #expect(answer == isSlow, sourceLocation: place)
    }
}
