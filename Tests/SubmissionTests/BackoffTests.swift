import Submission
import Testing

@Suite struct BackoffTests {
    @Test func `A bad line is worth minutes, a full door some seconds`() {
        let line = (0..<20).prefix { Backoff.patient.wait(after: $0) != nil }
        #expect(line.count == 7)
        let full = (0..<20).prefix { Backoff.patient.wait(after: $0, isBusy: true) != nil }
        #expect(full.count == Backoff.busyAttempts - 1)
        let brief = (0..<20).prefix { Backoff.brief.wait(after: $0, isBusy: true) != nil }
        #expect(brief.count == 2)
    }
}
