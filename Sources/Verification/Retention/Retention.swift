package import Agents
package import Custody
package import NativePrimitives
package import Tips

/// Finds what is due to be destroyed, and destroys it; it takes two persons for each case.
///
/// One run is one act of one person: the passphrase is asked for once and every case is signed for
/// itself, so that dispatch, the custody log and an auditor see a decision about each, as they do when a
/// reporter withdraws. A case that got on between the two persons is not due any more.
package struct Retention {
    private let desk: Desk

    /// A case that is due, or held back.
    package struct Item: Equatable, Sendable {
        /// The case.
        package let tip: TipID
        /// Why it is due; nil when it is under legal hold.
        package let grounds: RetentionGrounds?
        /// Why it is held back, in the words of who did so; nil when it is not.
        package let hold: String?
        /// Who has signed by now.
        package let signed: [String]
        /// When the case came in.
        package let received: Hour
    }

    /// What became of one case.
    package enum Outcome: Equatable, Sendable {
        /// It waits for a second person.
        case signed
        /// It is gone.
        case destroyed
        /// It stays; says why.
        case left(String)
    }

    /// Retention at `desk`, by the rules in its settings.
    package init(_ desk: Desk) { self.desk = desk }

    /// Everything that is due, and everything under legal hold; the oldest first. Nothing is changed.
    package func items() throws(DeskError) -> [Item] {
        try Verification.desk {
            let rows = try desk.queueTable.current(try desk.tips()) { try QueueRow($0).encoded }
            var items: [Item] = []
            for (done, (tip, row)) in rows.enumerated() {
                desk.watcher("Looking", done, rows.count)
                // What cannot be read is kept: a person has to look at it.
                guard let content = try? row.get(), let row = try? QueueRow(decoding: content)
                else { continue }
                if let item = try item(tip, row) { items.append(item) }
            }
            return items.sorted { ($0.received, $0.tip.hex) < ($1.received, $1.tip.hex) }
        }
    }

    private func item(_ tip: TipID, _ row: QueueRow) throws -> Item? {
        let opened = try OpenedCase(tip, of: desk)
        let grounds = try opened.retentionGrounds(desk.settings.retention)
        guard grounds != nil || opened.record.legalHold != nil else { return nil }
        return Item(
            tip: tip, grounds: grounds, hold: opened.record.legalHold,
            signed: opened.retentionSignatures.map(\.person), received: row.facts.received)
    }

    /// Signs for one person that `tips` are to be destroyed, and destroys those that two have signed.
    ///
    /// - Returns: what became of each, in this order. One that cannot be destroyed keeps back no other.
    /// - Throws: ``DeskError`` when no other could be either.
    package func carryOut(
        _ tips: [TipID], over link: any DispatchLink, signer: SigningAgentClient,
        passphrase: borrowing Secret
    ) async throws(DeskError) -> [(tip: TipID, outcome: Outcome)] {
        let destruction = Destruction(desk, over: link, retention: desk.settings.retention)
        var outcomes: [(TipID, Outcome)] = []
        for tip in tips {
            do throws(DeskError) {
                let isGone = try await destruction.run(tip, signer: signer, passphrase: passphrase)
                outcomes.append((tip, isGone ? .destroyed : .signed))
            } catch {
                if error.concernsEverything || error == .agent(.refused(.wrongPassphrase)) {
                    throw error
                }
                outcomes.append((tip, .left(error.message)))
            }
        }
        return outcomes
    }
}

extension Retention.Item {
    /// One line for a terminal.
    package func line(_ rules: RetentionRules) -> String {
        let why =
            grounds.map { "due: \($0.words(rules))" }
            ?? "kept: legal hold: \(CleanText.line(hold ?? ""))"
        let by = signed.isEmpty ? "" : "; signed by \(signed.joined(separator: ", "))"
        return "\(tip.hex.prefix(12))  came \(received.text)  \(why)\(by)"
    }
}

extension Retention.Item {
    /// The same after one more person has signed.
    package func signed(by person: String) -> Retention.Item {
        Retention.Item(
            tip: tip, grounds: grounds, hold: hold, signed: signed + [person], received: received)
    }
}
