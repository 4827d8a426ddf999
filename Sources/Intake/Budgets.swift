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
    /// Files that were sealed without the page: they pay with no puzzle.
    package var drops: HourlyBudget

    /// Budgets for a small server; each can be set.
    package init(
        tips: HourlyBudget = HourlyBudget(count: 2_000, bytes: 128 << 20),
        supplements: HourlyBudget = HourlyBudget(count: 4_000, bytes: 256 << 20),
        uploads: HourlyBudget = HourlyBudget(count: 5_000, bytes: 100 << 30),
        parked: HourlyBudget = HourlyBudget(count: 1_000, bytes: 16 << 20),
        drops: HourlyBudget = HourlyBudget(count: 200, bytes: 16 << 20)
    ) {
        self.tips = tips
        self.supplements = supplements
        self.uploads = uploads
        self.parked = parked
        self.drops = drops
    }
}

/// What a budget is for.
enum BudgetKind: Sendable {
    case tips
    case supplements
    case uploads
    case parked
    case drops

    /// What a request that pays with a puzzle is taken out of.
    init(_ purpose: PuzzlePurpose) {
        switch purpose {
        case .tip: self = .tips
        case .supplement: self = .supplements
        case .upload: self = .uploads
        case .parked: self = .parked
        }
    }

    fileprivate var path: WritableKeyPath<BudgetSettings, HourlyBudget> {
        switch self {
        case .tips: \.tips
        case .supplements: \.supplements
        case .uploads: \.uploads
        case .parked: \.parked
        case .drops: \.drops
        }
    }
}

/// The budgets of the running door.
final class Budgets: Sendable {
    private let budgets: Mutex<BudgetSettings>

    init(_ settings: BudgetSettings) {
        budgets = Mutex(settings)
    }

    /// Takes `bytes` out of a budget.
    ///
    /// - Throws: ``Refusal/busy`` when it is used up.
    func take(_ bytes: Int, from kind: BudgetKind, at now: Hour) throws(Refusal) {
        guard budgets.withLock({ $0[keyPath: kind.path].take(bytes, at: now) }) else { throw .busy }
    }

    /// Puts back what came to nothing.
    func putBack(_ bytes: Int, into kind: BudgetKind, at now: Hour) {
        budgets.withLock { $0[keyPath: kind.path].putBack(bytes, at: now) }
    }

    /// How much of a budget is used: 0 to 1.
    func load(of kind: BudgetKind, at now: Hour) -> Double {
        budgets.withLock { $0[keyPath: kind.path].load(at: now) }
    }
}
