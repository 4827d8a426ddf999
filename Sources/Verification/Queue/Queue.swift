internal import Custody
internal import DurableFiles
internal import Sealing
package import Tips

/// One case in the order in which cases wait for somebody.
package struct QueueEntry: Equatable, Sendable {
    /// The case.
    package let tip: TipID
    /// Where it stands.
    package let state: String
    /// Why it stands where it stands; nil for a case that cannot be read.
    package let priority: Priority?
    /// The reason in one line.
    package let reason: String

    /// One line for a terminal.
    package var line: String {
        "\(priority?.words ?? "P0")  \(tip.hex.prefix(12))  \(state)  \(reason)"
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
    package func queue() throws(DeskError) -> [QueueEntry] {
        var entries: [QueueEntry] = []
        for tip in try tips() {
            do throws(DeskError) {
                entries.append(try OpenedCase(tip, of: self).queueEntry())
            } catch {
                let isErasing = Durable.exists(erasingFile(tip))
                entries.append(
                    QueueEntry(
                        tip: tip, state: isErasing ? "BEING DESTROYED" : "CANNOT BE READ",
                        priority: nil,
                        reason: isErasing
                            ? "a destruction was cut off: run sallyport-desk destroy again"
                            : error.message))
            }
        }
        return entries.sorted { $0.precedes($1) }
    }
}

extension OpenedCase {
    fileprivate func queueEntry() throws(DeskError) -> QueueEntry {
        try Verification.desk {
            let priority = Priority(try priorityFacts(), now: desk.now)
            return QueueEntry(
                tip: tip, state: state, priority: priority, reason: priority.reason)
        }
    }

    /// What the priority is computed from: the urgency and place parts, and the journal.
    private func priorityFacts() throws -> PriorityFacts {
        guard let tipPart = parts.first(where: { $0.partClass == .urgency }) else {
            throw DeskError.altered("the case has no urgency part")
        }
        var facts = PriorityFacts(received: tipPart.hour)
        facts.news = parts.map(\.hour).max() ?? tipPart.hour
        facts.touched = record.touched
        facts.withdrawn = record.frozen == nil ? nil : record.frozenHour
        for part in parts where part.partClass == .urgency {
            let urgency: UrgencyPart = try content(part)
            facts.danger.formUnion(urgency.danger)
            // The newest that says something.
            if !urgency.reason.isEmpty { facts.reason = urgency.reason }
            if !urgency.deadline.isEmpty { facts.deadline = urgency.deadline }
        }
        for part in parts where part.partClass == .place {
            let place: PlacePart = try content(part)
            if !place.site.isEmpty { facts.isPlaceNamed = true }
        }
        return facts
    }

    private func content<Content: PartContent>(_ part: Part) throws -> Content {
        try file(part.payload).text().withBytes { (text) throws(ContentError) in
            try Content.decode(text)
        }
    }
}
