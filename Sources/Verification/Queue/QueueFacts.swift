internal import Custody
internal import Sealing
internal import Tips

/// What the queue must know of a case, from the case itself.
extension QueueRow {
    /// Of a case that is opened.
    init(_ opened: OpenedCase) throws {
        // Who only looked has done nothing in it.
        let events = opened.events.filter { !$0.isLook }
        self.init(
            stage: opened.stage, facts: try opened.priorityFacts(),
            lastPerson: events.last { !$0.person.isEmpty }?.person ?? "",
            lastHour: events.last?.hour ?? opened.desk.now,
            released: opened.record.released.sorted { $0.hex < $1.hex })
    }

    /// Of a tip that has just come.
    init(new contents: FrameContents, hour: Hour) {
        var facts = PriorityFacts(received: hour)
        if let urgency = contents.urgency { facts.take(urgency) }
        if let place = contents.place { facts.take(place) }
        if !contents.unread.isEmpty { facts.findings.insert(.unreadText) }
        self.init(
            stage: .toBeExamined, facts: facts, lastPerson: "", lastHour: hour, released: [])
    }
}

extension PriorityFacts {
    /// The newest that says something counts; what was ticked once stays ticked.
    fileprivate mutating func take(_ urgency: UrgencyPart) {
        danger.formUnion(urgency.danger)
        if !urgency.reason.isEmpty { reason = urgency.reason }
        if !urgency.deadline.isEmpty { deadline = urgency.deadline }
    }

    fileprivate mutating func take(_ place: PlacePart) {
        if !place.site.isEmpty { isPlaceNamed = true }
    }
}

extension PriorityFacts {
    fileprivate mutating func take(_ rulings: CaseRulings) {
        override = rulings.override
        saysFine = rulings.findings[.saysFine]?.hour
        if rulings.findings[.minorAbuse] != nil { findings.insert(.sexualAbuseOfMinor) }
        if rulings.findings[.torture] != nil { findings.insert(.torture) }
        if rulings.findings[.outAndSafe] != nil { findings.insert(.outAndSafe) }
    }
}

extension OpenedCase {
    /// What the priority is computed from: the urgency and place parts, and the journal.
    func priorityFacts() throws -> PriorityFacts {
        guard let tipPart = parts.first(where: { $0.partClass == .urgency }) else {
            throw DeskError.altered("the case has no urgency part")
        }
        var facts = PriorityFacts(received: tipPart.hour)
        facts.news = parts.map(\.hour).max() ?? tipPart.hour
        facts.touched = record.touched
        if !record.neverRendered.isEmpty { facts.findings.insert(.sexualAbuseOfMinor) }
        facts.take(record.rulings)
        facts.withdrawn = record.frozen == nil ? nil : record.frozenHour
        if !record.unread.isEmpty { facts.findings.insert(.unreadText) }
        for part in readable where part.partClass == .urgency {
            facts.take(try content(part) as UrgencyPart)
        }
        for part in readable where part.partClass == .place {
            facts.take(try content(part) as PlacePart)
        }
        return facts
    }

    private func content<Content: PartContent>(_ part: Part) throws -> Content {
        try file(part.payload).text().withBytes { (text) throws(ContentError) in
            try Content.decode(text)
        }
    }
}
