internal import Custody
internal import DurableFiles
package import Tips

/// Links between cases. A link is an entry in both journals, made by a person, and taken back by
/// another entry; the cases stay two.
extension OpenedCase {
    /// The links that stand, to cases that are still there; also those that were cut off between the
    /// two journals. Nothing is changed by looking.
    package func links() throws(DeskError) -> [CaseLink] {
        try Verification.desk {
            var ledger = record.links
            for (_, begun) in try desk.begunLinks() where begun.concerns(tip) {
                ledger.take(begun.change(in: tip), by: begun.person, at: begun.hour)
            }
            return ledger.standing.filter { desk.isThere($0.other) }
        }
    }

    /// How many cases it is linked to.
    package func linkedCases() throws(DeskError) -> Int { try links().count }

    /// Links this case and `other`.
    ///
    /// - Throws: ``DeskError/badInput(_:)`` without a reason, for the case itself, and for one that it
    ///   is linked to already; ``DeskError/busy`` while another program works on either.
    package func link(
        to other: OpenedCase, reason: String, by person: String
    ) throws(DeskError) {
        try change(to: other, isLinked: true, reason, person)
    }

    /// Takes the link with `other` back.
    ///
    /// - Throws: as ``link(to:reason:by:)``; also for a case that it is not linked to.
    package func unlink(
        from other: OpenedCase, reason: String, by person: String
    ) throws(DeskError) {
        try change(to: other, isLinked: false, reason, person)
    }

    private func change(
        to other: OpenedCase, isLinked: Bool, _ reason: String, _ person: String
    ) throws(DeskError) {
        guard tip != other.tip else { throw .badInput("A case cannot be linked to itself.") }
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw .badInput("Say why: whoever reads the case later must understand it.")
        }
        guard reason.utf8.count <= LinkChange.reasonLimit else {
            throw .badInput("A reason has at most \(LinkChange.reasonLimit) bytes.")
        }
        try Verification.desk {
            try LinkTask(desk, tip, other.tip).change(isLinked, reason, person)
        }
    }
}

extension Desk {
    /// The links of a case that stand, to cases that are still there; a change that was cut off
    /// between the two journals is made whole first.
    package func links(of tip: TipID) throws(DeskError) -> [CaseLink] {
        try Verification.desk {
            try finishLinks(of: tip)
            return try OpenedCase(tip, of: self).links()
        }
    }

    /// Whether a case of this name is there, and not being destroyed.
    func isThere(_ tip: TipID) -> Bool {
        Durable.exists(caseFolder(tip) + "/journal") && !Durable.exists(erasingFile(tip))
    }
}

/// One change of the link between two cases.
///
/// Order of effects: the change in a file of its own, from now on it is made; the entry in each
/// journal that lacks it; the file goes. A crash in between leaves the file, and whoever asks for the
/// links of either case next goes on from there. Both cases' locks are held: neither is destroyed
/// meanwhile, and no one else changes the same link.
struct LinkTask {
    private let desk: Desk
    private let first: TipID
    private let second: TipID

    init(_ desk: Desk, _ first: TipID, _ second: TipID) {
        self.desk = desk
        self.first = first
        self.second = second
    }

    func change(_ isLinked: Bool, _ reason: String, _ person: String) throws {
        try locked {
            try finish()
            let ledger = try OpenedCase(first, of: desk).record.links
            try check(isLinked, ledger.standing.first { $0.other == second })
            let begun = BegunLink(
                first: first, second: second, isLinked: isLinked,
                number: ledger.number(with: second) + 1, reason: reason, person: person,
                hour: desk.now)
            let path = try desk.begin(begun)
            try write(begun)
            try Durable.remove(path)
        }
        try desk.rememberHour()
    }

    /// Makes changes of this link whole that were cut off; nothing when another program works on
    /// either case.
    func resume() throws {
        do {
            try locked { try finish() }
        } catch DeskError.busy {
            return
        }
    }

    private func finish() throws {
        for (path, begun) in try desk.begunLinks() where begun.isBetween(first, second) {
            try write(begun)
            try Durable.remove(path)
        }
    }

    private func check(_ isLinked: Bool, _ standing: CaseLink?) throws {
        if let standing, isLinked {
            throw DeskError.badInput(
                "The two cases are linked already, by \(standing.person): "
                    + CleanText.line(standing.reason))
        }
        if standing == nil, !isLinked { throw DeskError.badInput("The two cases are not linked.") }
    }

    private func write(_ begun: BegunLink) throws {
        // With a case its links go.
        guard desk.isThere(first), desk.isThere(second) else { return }
        for tip in [begun.first, begun.second] {
            let change = begun.change(in: tip)
            let ledger = try OpenedCase(tip, of: desk).record.links
            guard ledger.number(with: change.other) < change.number else { continue }
            let event = CaseEvent(
                hour: begun.hour, person: begun.person, action: .linkChanged(change))
            try desk.journal(of: tip).append(event.json)
        }
    }

    private func locked(_ body: () throws -> Void) throws {
        for tip in [first, second] where !desk.isThere(tip) { throw DeskError.noCase(tip.hex) }
        let lock = try FolderLock(desk.caseFolder(first))
        let other = try FolderLock(desk.caseFolder(second))
        try body()
        withExtendedLifetime(lock) {}
        withExtendedLifetime(other) {}
    }
}
