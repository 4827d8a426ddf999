internal import Custody
internal import Synchronization
internal import Wire

/// What the door takes in an hour, kind by kind; see ``HourlyBudget``.
package struct BudgetSettings: Sendable {
    /// Tips.
    package var tips: HourlyBudget
    /// Small supplements.
    package var supplements: HourlyBudget
    /// Resumable uploads, by the length they are created with.
    package var uploads: HourlyBudget
    /// Parked states.
    package var parked: HourlyBudget

    /// Budgets for a small server; each can be set.
    package init(
        tips: HourlyBudget = HourlyBudget(count: 2_000, bytes: 128 << 20),
        supplements: HourlyBudget = HourlyBudget(count: 4_000, bytes: 256 << 20),
        uploads: HourlyBudget = HourlyBudget(count: 500, bytes: 100 << 30),
        parked: HourlyBudget = HourlyBudget(count: 1_000, bytes: 16 << 20)
    ) {
        self.tips = tips
        self.supplements = supplements
        self.uploads = uploads
        self.parked = parked
    }
}

/// The budgets of the running door.
final class Budgets: Sendable {
    private let budgets: Mutex<BudgetSettings>

    init(_ settings: BudgetSettings) {
        budgets = Mutex(settings)
    }

    /// Takes `bytes` out of the budget of `purpose`.
    ///
    /// - Throws: ``Refusal/busy`` when it is used up.
    func take(_ bytes: Int, for purpose: PuzzlePurpose, at now: Hour) throws(Refusal) {
        let taken = budgets.withLock { $0[keyPath: Self.path(purpose)].take(bytes, at: now) }
        guard taken else { throw .busy }
    }

    /// Puts back what came to nothing.
    func putBack(_ bytes: Int, for purpose: PuzzlePurpose, at now: Hour) {
        budgets.withLock { $0[keyPath: Self.path(purpose)].putBack(bytes, at: now) }
    }

    /// How much of the budget of `purpose` is used: 0 to 1.
    func load(of purpose: PuzzlePurpose, at now: Hour) -> Double {
        budgets.withLock { $0[keyPath: Self.path(purpose)].load(at: now) }
    }

    private static func path(
        _ purpose: PuzzlePurpose
    ) -> WritableKeyPath<BudgetSettings, HourlyBudget> {
        switch purpose {
        case .tip: \.tips
        case .supplement: \.supplements
        case .upload: \.uploads
        case .parked: \.parked
        }
    }
}
