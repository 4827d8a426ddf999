import Forwarding
import Testing

/// Where a bundle is, and what must be kept for it.
@Suite struct OutboxTests {
    static let states: [OutboxState] =
        [.queued, .offered, .fetched] + OfficeAnswer.allCases.map { .acknowledged($0) }
        + [.stopped(.withdrawn)]
    static let events: [OutboxEvent] =
        [.offer, .hold, .fetchedWhole, .stop(.expired)]
        + OfficeAnswer.allCases.map { .answered($0) }

    @Test(
        "Payloads may be gone once they are needed no more: no event needs them again",
        arguments: states, events)
    func payloads(_ state: OutboxState, _ event: OutboxEvent) {
        guard !state.needsPayloads, let next = try? state.after(event) else { return }
        #expect(!next.needsPayloads, "\(state) after \(event)")
    }

    @Test("What an office has not answered, or only received, can be fetched again")
    func kept() {
        for state in [OutboxState.queued, .offered, .fetched, .acknowledged(.received)] {
            #expect(state.needsPayloads)
        }
    }
}
