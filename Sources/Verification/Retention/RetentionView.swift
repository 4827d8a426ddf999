internal import Agencies
internal import Custody
internal import Forwarding

/// What retention looks at in a case.
extension OpenedCase {
    /// Why the case is due under `rules`; nil when it is not.
    ///
    /// Never due: a case under legal hold; a frozen or held one, since somebody has to look into that
    /// first; one with a release that is prepared or on its way; one with a sign of danger that nobody
    /// looked at; one with a file that is never rendered. A rejected one is kept as long as a closed one.
    func retentionGrounds(_ rules: RetentionRules) throws -> RetentionGrounds? {
        guard record.legalHold == nil, record.neverRendered.isEmpty, record.open.isEmpty,
            record.sending.isEmpty, let last = retentionEvents.last?.hour
        else { return nil }
        func isOver(_ days: Int) -> Bool { desk.now.number - last.number > days * 24 }
        if record.rulings.isRejected { return isOver(rules.closedDays) ? .rejected : nil }
        guard record.stopped == nil else { return nil }
        if record.released.isEmpty {
            let isJunk = try !isWorkedOn && priorityFacts().hasNoSignOfDanger
            return isJunk && isOver(rules.unopenedDays) ? .unopened : nil
        }
        return try isClosedEverywhere() && isOver(rules.closedDays) ? .closed : nil
    }

    /// The signatures for destroying it that were given since anything else happened in it: what one
    /// signed who had not seen the newest does not count.
    var retentionSignatures: [(person: String, signature: [UInt8])] {
        let last = events.lastIndex { $0.action.countsForRetention } ?? events.startIndex
        return events[last...].compactMap { event in
            guard case .eraseSigned(let signature) = event.action else { return nil }
            return (event.person, signature)
        }
    }

    private var retentionEvents: [CaseEvent] { events.filter(\.action.countsForRetention) }

    private var isWorkedOn: Bool { retentionEvents.contains { !$0.person.isEmpty } }

    /// Whether the newest answer about every bundle says that nothing more comes of it. One that was
    /// recalled needs no such answer, and a recall needs any: the office knows of it.
    private func isClosedEverywhere() throws -> Bool {
        var newest: [Hash: OfficeAnswer] = [:]
        for bytes in record.acknowledgements {
            // One whose office has left the directory counts for nothing: the case stays.
            guard let answer = try? Acknowledgement.verified(bytes, by: desk.directory) else {
                continue
            }
            newest[answer.bundle] = answer.answer
        }
        let sent = Dictionary(
            uniqueKeysWithValues: try sentBundles().map { ($0.bundle.release, $0) })
        return record.released.allSatisfy { digest in
            guard let bundle = sent[digest] else { return newest[digest] != nil }
            return bundle.isRecalled || newest[digest] == .closed || newest[digest] == .declined
        }
    }
}

extension PriorityFacts {
    /// Whether nothing in the case says that anybody is in danger.
    fileprivate var hasNoSignOfDanger: Bool {
        danger.isEmpty && reason.isEmpty && deadline.isEmpty && !isPlaceNamed && findings.isEmpty
            && withdrawn == nil && saysFine == nil && override == nil
    }
}

extension CaseAction {
    /// Whether it is news of the case, or work on it: keeping it or letting it go is neither, nor is
    /// what the log says about it, nor having read it.
    fileprivate var countsForRetention: Bool {
        switch self {
        case .eraseSigned, .logged, .refused, .legalHold, .legalHoldLifted, .looked: false
        default: true
        }
    }
}
