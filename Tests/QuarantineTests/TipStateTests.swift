import Quarantine
import Testing

/// The state machine, as the table it is.
struct TipStateTests {
    /// For each state, what each event leads to; an event that is not there is refused.
    private static let table: [TipState: [TipEvent: TipState]] = [
        .quarantined: [
            .pulled: .examining, .held: .held, .rejected: .rejected, .erased: .erased,
        ],
        .examining: [
            .pulled: .examining, .held: .held, .resumed: .examining, .rejected: .rejected,
            .released: .released, .erased: .erased,
        ],
        .held: [
            .pulled: .held, .held: .held, .resumed: .examining, .rejected: .rejected,
            .erased: .erased,
        ],
        .rejected: [.pulled: .rejected, .rejected: .rejected, .erased: .erased],
        .released: [
            .pulled: .released, .released: .released, .fetched: .dispatched,
            .answered: .acknowledged, .erased: .erased,
        ],
        .dispatched: [
            .pulled: .dispatched, .released: .dispatched, .fetched: .dispatched,
            .answered: .acknowledged, .erased: .erased,
        ],
        .acknowledged: [
            .pulled: .acknowledged, .released: .acknowledged, .fetched: .acknowledged,
            .answered: .acknowledged, .erased: .erased,
        ],
        .erased: [.erased: .erased],
    ]

    @Test("Every state and event", arguments: TipState.allCases, TipEvent.allCases)
    func transition(_ state: TipState, _ event: TipEvent) throws {
        if let expected = Self.table[state]?[event] {
            #expect(try state.after(event) == expected)
        } else {
            #expect(throws: TipRefusal.self) { try state.after(event) }
        }
    }
}
