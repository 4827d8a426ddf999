import Serving
import Testing

@Suite struct BodyLimitsTests {
    let limits = BodyLimits(
        maxBytes: 1 << 20, deadline: .seconds(60), leastBytesPerSecond: 100, grace: .seconds(10))

    @Test func `A sender must keep the least rate after the grace`() {
        #expect(!limits.isTooSlow(received: 0, after: .seconds(10)))
        #expect(limits.isTooSlow(received: 99, after: .seconds(11)))
        #expect(!limits.isTooSlow(received: 100, after: .seconds(11)))
        #expect(limits.isTooSlow(received: 1_999, after: .seconds(30)))
        #expect(!limits.isTooSlow(received: 2_000, after: .seconds(30)))
    }

    @Test func `The deadline holds for everybody`() {
        #expect(limits.isTooSlow(received: 1 << 20, after: .seconds(60)))
    }
}
