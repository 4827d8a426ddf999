internal import Synchronization
internal import Tips
internal import Verification

/// What is due to be destroyed, and what is kept from that, as it was looked up last: every case is
/// opened for it, which takes too long for a page.
final class RetentionKeeper: Sendable {
    private let found = Mutex<[Retention.Item]?>(nil)

    /// What was found last; nil before anybody has looked.
    var items: [Retention.Item]? { found.withLock { $0 } }

    /// Something was found anew.
    func keep(_ items: [Retention.Item]) { found.withLock { $0 = items } }

    /// These cases got on: what was found of them does not hold any more.
    func forget(_ tips: [TipID]) {
        found.withLock { $0?.removeAll { tips.contains($0.tip) } }
    }

    /// `person` signed that `tip` be destroyed.
    func sign(_ tip: TipID, by person: String) {
        found.withLock { items in
            guard let index = items?.firstIndex(where: { $0.tip == tip }),
                let item = items?[index], !item.signed.contains(person)
            else { return }
            items?[index] = item.signed(by: person)
        }
    }
}

extension Console {
    /// Begins to look for what is due; false when something else is being done.
    func beginRetention() -> Bool {
        work.begin("Looking for what is due") { [self] in
            let desk = try Desk.open(folder) { [work] in work.tell("\($0): \($1) of \($2) cases") }
            let items = try Retention(desk).items()
            retention.keep(items)
            let due = items.count { $0.grounds != nil }
            return ["\(due) case(s) due, \(items.count - due) under legal hold"]
        }
    }
}
