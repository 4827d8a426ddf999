package import Custody
internal import DurableFiles
package import Tips

/// One case in the order in which cases wait for somebody.
package struct QueueEntry: Equatable, Sendable {
    /// The case.
    package let tip: TipID
    /// Where it stands.
    package let stage: CaseStage
    /// Why it stands where it stands; nil for a case that cannot be read.
    package let priority: Priority?
    /// What the reporter ticked, in the order of ``Danger``.
    package let danger: [Danger]
    /// The day by which something must happen; "" when none was given.
    package let deadline: String
    /// Why it stands where it stands, all of it in words.
    package let reason: String
    /// Why it is urgent, in the reporter's own words; "" when they gave none.
    package let urgency: String
    /// When it came in; nil for one that cannot be read.
    package let received: Hour?
    /// Who did the last thing in it that a person did; "" when nobody has.
    package let lastPerson: String
    /// When the last thing happened in it.
    package let lastHour: Hour?

    /// One line for a terminal.
    package var line: String {
        "\(priority?.words ?? "P0")  \(tip.hex.prefix(12))  \(stage.words)  \(reason)"
    }

    /// Whether this comes first; what cannot be read comes before all else.
    func precedes(_ other: QueueEntry) -> Bool {
        guard let mine = priority else { return other.priority != nil }
        return other.priority.map(mine.precedes) ?? false
    }
}

extension Desk {
    /// Every case, the most urgent first (``Priority/precedes(_:)``). A case that cannot be read is
    /// listed before all, with the reason.
    ///
    /// - Parameter withRejected: also the cases that two persons rejected, to which nothing came since.
    ///
    /// Cases that have got on since the last look are opened; all others are known by the table.
    package func queue(withRejected: Bool = false) throws(DeskError) -> [QueueEntry] {
        try Verification.desk {
            let rows = try queueTable.current(try tips()) { try QueueRow($0).encoded }
            return rows.map { entry($0.key, $0.value) }
                .filter { withRejected || $0.stage != .rejected(hasNews: false) }
                .sorted { $0.precedes($1) }
        }
    }

    private func entry(_ tip: TipID, _ content: Result<[UInt8], DeskError>) -> QueueEntry {
        do {
            let row = try QueueRow(decoding: try content.get())
            let priority = Priority(row.facts, now: now)
            return QueueEntry(
                tip: tip, stage: row.stage, priority: priority,
                danger: Danger.allCases.filter(row.facts.danger.contains),
                deadline: row.facts.deadline, reason: priority.reason,
                urgency: row.facts.reason,
                received: row.facts.received, lastPerson: row.lastPerson, lastHour: row.lastHour)
        } catch {
            return unreadable(tip, DeskError(wrapping: error).message)
        }
    }

    private func unreadable(_ tip: TipID, _ why: String) -> QueueEntry {
        let isErasing = Durable.exists(erasingFile(tip))
        return QueueEntry(
            tip: tip, stage: isErasing ? .beingDestroyed : .unreadable(why), priority: nil,
            danger: [], deadline: "",
            reason: isErasing
                ? "a destruction was cut off: run sallyport-desk destroy again" : why,
            urgency: "", received: nil, lastPerson: "", lastHour: nil)
    }
}
