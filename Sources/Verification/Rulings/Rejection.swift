internal import Agencies
package import Agents
internal import Custody
internal import DurableFiles
package import NativePrimitives
package import Tips
internal import Wire

/// Rejects a case that is not to be followed. It takes two persons, and is final: nothing of the case
/// ever goes out, and it leaves the queue unless something more of the reporter's comes. Its files
/// stay until its retention ends, and the reporter's mailbox shows nothing of it.
///
/// Order of effects: both signatures in the journal; *rejected* in the journal, with which all is
/// closed here; the offices' headers leave the agent; dispatch is told. Run again after a crash, or
/// when dispatch was down, it goes on.
package struct Rejection {
    private let desk: Desk
    private let link: any DispatchLink

    /// A rejection at `desk`, told to dispatch over `link`.
    package init(_ desk: Desk, over link: any DispatchLink) {
        self.desk = desk
        self.link = link
    }

    /// Signs for one person; with the second, rejects.
    ///
    /// - Returns: whether the case is rejected now.
    /// - Throws: ``DeskError/badInput(_:)`` without a reason, or after something was released;
    ///   ``DeskError/samePerson(_:)``; ``DeskError/busy``.
    package func run(
        _ tip: TipID, why: String, signer: SigningAgentClient, passphrase: borrowing Secret
    ) async throws(DeskError) -> Bool {
        do {
            let person = try desk.person(signer)
            let why = try OpenedCase.reason(why)
            let lock = try FolderLock(desk.caseFolder(tip))
            let opened = try OpenedCase(tip, of: desk)
            var decision = decision(of: opened)
            if decision == nil {
                decision = try sign(opened, person, why, signer, passphrase)
            }
            if let decision { try await reject(opened, by: person, decision) }
            withExtendedLifetime(lock) {}
            return decision != nil
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func reject(
        _ opened: OpenedCase, by person: PersonID, _ decision: SignedDecision
    ) async throws {
        if !opened.record.rulings.isRejected {
            try opened.append(.ruled(.rejected), by: person.text)
        }
        for draft in try desk.agent.drafts(of: opened.tip) {
            try desk.agent.discard(draft, of: opened.tip)
        }
        try await link.decide(decision)
    }

    /// Adds a signature; the decision, when there are two now.
    private func sign(
        _ opened: OpenedCase, _ person: PersonID, _ why: String, _ signer: SigningAgentClient,
        _ passphrase: borrowing Secret
    ) throws -> SignedDecision? {
        guard opened.record.begun.isEmpty else {
            throw DeskError.badInput(
                "Something of this case went out, or dispatch may have it: it cannot be rejected "
                    + "any more. Hold it instead.")
        }
        let text = Self.text(opened.tip)
        let signed = desk.verified(signatures(of: opened), over: text)
        guard signed[person.text] == nil else { throw DeskError.samePerson(person) }
        let signature = try signer.sign([(.decision, text)], passphrase: passphrase)[0]
        try opened.append(
            .ruled(.rejectSigned(why: why, signature: signature)), by: person.text)
        return decision(opened.tip, signatures(of: opened) + [(person.text, signature)])
    }

    /// The decision as far as the journal has it; nil when fewer than two have signed.
    private func decision(of opened: OpenedCase) -> SignedDecision? {
        decision(opened.tip, signatures(of: opened))
    }

    private func decision(
        _ tip: TipID, _ signatures: [(person: String, signature: [UInt8])]
    ) -> SignedDecision? {
        let good = desk.verified(signatures, over: Self.text(tip))
        guard good.count >= DeskVerdict.reject.requiredPersons else { return nil }
        return SignedDecision(decision: Self.text(tip), signatures: good)
    }

    private func signatures(of opened: OpenedCase) -> [(person: String, signature: [UInt8])] {
        opened.record.rulings.rejectSignatures.map { ($0.word.person, $0.signature) }
    }

    private static func text(_ tip: TipID) -> [UInt8] {
        Decision(tip: Hash(tip), verdict: .reject).encoded
    }
}
