package import Custody
internal import DurableFiles
internal import Sealing
package import Tips

/// The order in which cases wait for somebody, with the reason for it.
package struct QueueEntry: Equatable, Sendable {
    /// The case.
    package let tip: TipID
    /// Where it stands.
    package let stage: CaseStage
    /// What the reporter ticked.
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
        "\(tip.hex.prefix(12))  \(stage.words)  \(reason)"
    }
}

/// How soon somebody must look at a case, by what the reporter ticked.
package enum QueuePriority: Int, CaseIterable, Sendable {
    /// A life, an escape, a transfer; or a case that cannot be read.
    case first
    /// Another danger.
    case soon
    /// Nothing was ticked.
    case other
}

extension Desk {
    /// Every case, the most urgent first: danger ticked by the reporter, then the nearest deadline,
    /// then who has waited longest. A case that cannot be read is listed first, with the reason.
    package func queue() throws(DeskError) -> [QueueEntry] {
        try tips().map(queueEntry).sorted { $0.precedes($1) }
    }

    /// The place of one case, whatever state it is in.
    func queueEntry(_ tip: TipID) -> QueueEntry {
        do throws(DeskError) {
            return try OpenedCase(tip, of: self).queueEntry()
        } catch {
            let isErasing = Durable.exists(erasingFile(tip))
            return QueueEntry(
                tip: tip, stage: isErasing ? .beingDestroyed : .unreadable(error.message),
                danger: Danger.allCases, deadline: "",
                reason: isErasing
                    ? "a destruction was cut off: run sallyport-desk destroy again" : error.message,
                urgency: "", received: nil, lastPerson: "", lastHour: nil)
        }
    }
}

extension QueueEntry {
    /// How soon somebody must look at it.
    package var priority: QueuePriority {
        let gravest: Set<Danger> = [.life, .escape, .transfer]
        if danger.contains(where: gravest.contains) { return .first }
        return danger.isEmpty ? .other : .soon
    }

    func precedes(_ other: QueueEntry) -> Bool {
        if priority != other.priority { return priority.rawValue < other.priority.rawValue }
        let (mine, theirs) = (
            deadline.isEmpty ? "9999" : deadline, other.deadline.isEmpty ? "9999" : other.deadline
        )
        if mine != theirs { return mine < theirs }
        return (received?.number ?? 0) < (other.received?.number ?? 0)
    }
}

extension OpenedCase {
    fileprivate func queueEntry() throws(DeskError) -> QueueEntry {
        try Verification.desk {
            guard let part = parts.first(where: { $0.partClass == .urgency }) else {
                throw DeskError.altered("the case has no urgency part")
            }
            let urgency = try file(part.payload).text().withBytes { (text) throws(ContentError) in
                try UrgencyPart.decode(text)
            }
            return QueueEntry(
                tip: tip, stage: stage, danger: urgency.danger, deadline: urgency.deadline,
                reason: Self.reason(urgency, since: part.hour), urgency: urgency.reason,
                received: part.hour,
                lastPerson: events.last { !$0.person.isEmpty }?.person ?? "",
                lastHour: events.last?.hour)
        }
    }

    private static func reason(_ urgency: UrgencyPart, since hour: Hour) -> String {
        var words =
            urgency.danger.isEmpty
            ? [] : ["danger: " + urgency.danger.map(\.rawValue).joined(separator: ", ")]
        if !urgency.deadline.isEmpty { words.append("deadline \(urgency.deadline)") }
        if !urgency.reason.isEmpty { words.append(CleanText.line(urgency.reason)) }
        if words.isEmpty { words.append("waiting since \(hour.text)") }
        return words.joined(separator: "; ")
    }
}
