internal import Custody
internal import DurableFiles
internal import Sealing
package import Tips

/// The order in which cases wait for somebody, with the reason for it.
package struct QueueEntry: Equatable, Sendable {
    /// The case.
    package let tip: TipID
    /// Where it stands.
    package let state: String
    /// What the reporter ticked.
    package let danger: [Danger]
    /// The day by which something must happen; "" when none was given.
    package let deadline: String
    /// Why it stands where it stands.
    package let reason: String
    let receivedHour: Int

    /// One line for a terminal.
    package var line: String {
        "\(tip.hex.prefix(12))  \(state)  \(reason)"
    }
}

extension Desk {
    /// Every case, the most urgent first: danger ticked by the reporter, then the nearest deadline,
    /// then who has waited longest. A case that cannot be read is listed first, with the reason.
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
                        danger: Danger.allCases, deadline: "",
                        reason: isErasing
                            ? "a destruction was cut off: run sallyport-desk destroy again"
                            : error.message, receivedHour: 0))
            }
        }
        return entries.sorted { $0.precedes($1) }
    }
}

extension QueueEntry {
    private var rank: Int {
        let gravest: Set<Danger> = [.life, .escape, .transfer]
        if danger.contains(where: gravest.contains) { return 0 }
        return danger.isEmpty ? 2 : 1
    }

    fileprivate func precedes(_ other: QueueEntry) -> Bool {
        if rank != other.rank { return rank < other.rank }
        let (mine, theirs) = (
            deadline.isEmpty ? "9999" : deadline, other.deadline.isEmpty ? "9999" : other.deadline
        )
        if mine != theirs { return mine < theirs }
        return receivedHour < other.receivedHour
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
            var words =
                urgency.danger.isEmpty
                ? [] : ["danger: " + urgency.danger.map(\.rawValue).joined(separator: ", ")]
            if !urgency.deadline.isEmpty { words.append("deadline \(urgency.deadline)") }
            if !urgency.reason.isEmpty { words.append(CleanText.line(urgency.reason)) }
            if words.isEmpty { words.append("waiting since \(part.hour.text)") }
            return QueueEntry(
                tip: tip, state: state, danger: urgency.danger, deadline: urgency.deadline,
                reason: words.joined(separator: "; "), receivedHour: part.hour.number)
        }
    }
}
