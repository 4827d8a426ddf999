package import Agencies
package import Agents
internal import Custody
internal import DurableFiles
internal import Forwarding
package import NativePrimitives
internal import Sealing
package import Tips

/// What people do to a case before a release.
extension OpenedCase {
    /// Records the desk's judgement.
    package func assess(_ judgement: Judgement, by person: String) throws(DeskError) {
        guard !judgement.verdict.isEmpty, judgement.verdict.utf8.count <= 512 else {
            throw .badInput("A verdict is one short line.")
        }
        let words = [
            judgement.assessment.reason, judgement.handling.caveat, judgement.notes,
            judgement.corroboration.note, judgement.corroboration.placeReason,
        ]
        guard words.allSatisfy({ $0.utf8.count <= 4096 }) else {
            throw .badInput("The reason, the caveat and the notes have at most 4,096 bytes each.")
        }
        guard (0...Corroboration.sourceLimit).contains(judgement.corroboration.sources) else {
            throw .badInput("There are 0 to \(Corroboration.sourceLimit) other sources.")
        }
        try check(judgement)
        try change(.assessed(judgement), by: person)
    }

    /// Writes down what may change a release, while nobody else works on the case: not in the
    /// middle of an approval or a release that has looked at it before.
    func change(_ action: CaseAction, by person: String) throws(DeskError) {
        try Verification.desk {
            let lock = try FolderLock(desk.caseFolder(tip))
            defer { withExtendedLifetime(lock) {} }
            try append(action, by: person)
        }
    }

    /// Says what a part of the reporter's really contains.
    package func label(
        part name: String, contains classes: Set<PartClass>, by person: String
    ) throws(DeskError) {
        let part = try part(named: name)
        guard !record.unread.contains(part.payload) else {
            throw .badInput("This text could not be read, so nobody can say what it contains.")
        }
        guard classes.isSubset(of: PartClass.releasable) else {
            throw .badInput("A part can contain only what an office can be cleared for.")
        }
        try change(.labelled(part: part.payload, classes: classes.sorted()), by: person)
    }

    /// Adds a text made at the desk that can go where its original cannot: a new part with its own
    /// digest, linked to the original.
    ///
    /// It counts as approved only with the release that carries it: both persons are shown its text
    /// before they sign.
    package func derive(
        from name: String, kind: DerivativeKind, text: String, language: String, note: String,
        contains classes: Set<PartClass>, by person: String
    ) throws(DeskError) {
        let original = try part(named: name)
        guard !original.partClass.isDeskOnly else {
            throw .badInput("Parts of this kind never leave the desk, in no form.")
        }
        guard !text.isEmpty else { throw .badInput("There is no text.") }
        guard note.utf8.count <= BundlePredicate.textLimit else {
            throw .badInput("The note has at most \(BundlePredicate.textLimit) bytes.")
        }
        let derivative = try Verification.desk {
            var report = ReportPart()
            report.narrative = text
            report.language = language
            let plaintext = try report.encoded()
            let sealed = try SealedContainer.sealing(
                plaintext.span, to: [try desk.agent.caseRecipient(tip)],
                with: NativePrimitives.self)
            let payload = Hash(sha256: sealed.payload)
            try Durable.write(
                (sealed.header + sealed.payload).span, to: file(payload).path, mode: 0o660)
            return Derivative(
                payload: payload, plaintext: Hash(sha256: plaintext),
                payloadBytes: sealed.payload.count, kind: kind, original: original.payload,
                partClass: .report, note: note, labels: classes.union([.report]).sorted())
        }
        try change(.derived(derivative), by: person)
    }

    /// Takes back a text made at the desk: it goes nowhere any more.
    package func withdrawDerivative(_ name: String, by person: String) throws(DeskError) {
        try change(
            .derivativeWithdrawn(payload: try derivative(named: name).payload), by: person)
    }

    /// Writes a question; the reporter sees it only after a second person has read it.
    ///
    /// - Returns: the question's identifier.
    package func ask(
        _ text: String, language: String, signer: SigningAgentClient, passphrase: borrowing Secret
    ) throws(DeskError) -> String {
        try checkQuestion(text, language: language)
        let person = try desk.person(signer)
        do {
            let lock = try FolderLock(desk.caseFolder(tip))
            defer { withExtendedLifetime(lock) {} }
            // Counted under the lock: two questions of one name could not both be approved.
            let id = "q\(try OpenedCase(tip, of: desk).record.questions.count + 1)"
            let question = CaseQuestion(id: id, text: text, language: language)
            let signature = try signer.sign(
                [(.question, question.signedText(for: tip))], passphrase: passphrase)[0]
            try append(.asked(question, signature: signature), by: person.text)
            return id
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    /// Whether this could be asked, before anybody signs it.
    ///
    /// - Throws: ``DeskError/badInput(_:)`` that says what is wrong with it.
    package func checkQuestion(_ text: String, language: String) throws(DeskError) {
        guard !text.isEmpty, text.utf8.count <= 1000 else {
            throw .badInput("A question has at most 1,000 bytes.")
        }
        // The sender has no number; whoever could read the mailbox is somebody else.
        guard drop == nil else {
            throw .badInput("No question can reach who sealed a text without the page.")
        }
        guard LanguageTag.isValidOrEmpty(language) else {
            throw .badInput("“\(language)” is not a language tag like zh-Hans.")
        }
    }

    /// A second person has read the question and lets it go to the reporter.
    package func approveQuestion(
        _ id: String, signer: SigningAgentClient, passphrase: borrowing Secret
    ) throws(DeskError) {
        guard let asked = record.questions.first(where: { $0.question.id == id }) else {
            throw .badInput("There is no question \(id) in this case.")
        }
        let person = try desk.person(signer)
        guard !asked.signatures.contains(where: { $0.person == person.text }) else {
            throw .samePerson(person)
        }
        do {
            let signature = try signer.sign(
                [(.question, asked.question.signedText(for: tip))], passphrase: passphrase)[0]
            try append(.questionRead(id: id, signature: signature), by: person.text)
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    /// Looks into a freeze and lets the case go on, also at dispatch.
    package func resume(
        why: String, over link: any DispatchLink, by person: String
    ) async throws(DeskError) {
        guard !why.isEmpty else { throw .badInput("Say why the case goes on.") }
        do {
            let lock = try FolderLock(desk.caseFolder(tip))
            let now = try OpenedCase(tip, of: desk).record.rulings
            guard !now.isRejected else {
                throw DeskError.badInput("Two persons rejected this case; it cannot go on.")
            }
            try await link.rearm(tip: Hash(tip))
            if now.isHeldAtDispatch { try await goOn(over: link) }
            try append(.resumed(why: why), by: person)
            withExtendedLifetime(lock) {}
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    /// The questions that two different persons of the roster signed.
    func readQuestions() -> [CaseQuestion] {
        record.questions.filter { asked in
            desk.verified(asked.signatures, over: asked.question.signedText(for: tip)).count >= 2
        }.map(\.question)
    }
}

extension Desk {
    /// The signatures over `text` that are by the persons they are said to be by: living keys of the
    /// roster only, one for each person.
    func verified(
        _ signatures: [(person: String, signature: [UInt8])], over text: [UInt8]
    ) -> [String: [UInt8]] {
        let good = signatures.filter { claimed in
            directory.verifiers.contains {
                $0.person.text == claimed.person && !directory.isRevoked($0.key.fingerprint)
                    && $0.key.verifies(claimed.signature, over: text)
            }
        }
        return Dictionary(
            good.map { ($0.person, $0.signature) }, uniquingKeysWith: { first, _ in first })
    }

    /// The person of a signing agent, if the roster has them with the agent's key.
    package func person(_ signer: SigningAgentClient) throws(DeskError) -> PersonID {
        let claimed: (person: PersonID, key: VerifyingKey)
        do throws(AgentError) {
            claimed = try signer.identity()
        } catch {
            throw .agent(error)
        }
        guard directory.verifier(signingWith: claimed.key)?.person == claimed.person else {
            throw .notOnRoster(claimed.person)
        }
        return claimed.person
    }
}

extension SHA256Digest {
    init(_ tip: TipID) {
        guard let hash = SHA256Digest(tip.bytes) else {
            preconditionFailure("a tip's name has 32 bytes")
        }
        self = hash
    }
}
