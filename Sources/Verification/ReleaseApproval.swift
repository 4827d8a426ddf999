package import Agencies
package import Agents
package import Custody
internal import DurableFiles
internal import Forwarding
package import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// One person's approval of what was prepared: everything is worked out again from the case itself
/// in this very run, compared with what was prepared and with what the desk agent keeps, shown, and
/// only then signed.
package struct ReleaseApproval {
    let opened: OpenedCase
    let desk: Desk

    /// An approval of the prepared releases of `opened`.
    package init(_ opened: OpenedCase) {
        self.opened = opened
        desk = opened.desk
    }

    /// A prepared release that recomputation confirmed, and the two texts to sign for it.
    package struct Confirmed {
        let release: PreparedRelease
        let envelope: SignatureEnvelope
        let sums: [UInt8]
        /// What is signed, in words for the person.
        package let words: [String]
    }

    /// A name for exactly what was shown and would be signed: whoever shows it first and signs later,
    /// in two steps, compares it in between.
    package static func fingerprint(of confirmed: [Confirmed]) -> Hash {
        var writer = CBORWriter()
        writer.array(confirmed.count)
        for one in confirmed {
            writer.array(3)
            writer.bytes(one.envelope.signedBytes)
            writer.bytes(one.sums)
            writer.text(one.words.joined(separator: "\n"))
        }
        return Hash(sha256: writer.bytes)
    }

    /// Works everything out again.
    ///
    /// - Throws: ``DeskError/recomputationDiffers(_:)``, ``DeskError/frozen(_:)``, and
    ///   ``DeskError/notYet(_:)`` when nothing is prepared.
    package func recompute() throws(DeskError) -> [Confirmed] {
        if let why = opened.record.stoppedRelease { throw .frozen(why) }
        let open = opened.record.open
        guard !open.isEmpty else {
            throw .notYet("Nothing is prepared for this case", .prepare)
        }
        return try Verification.desk { try open.map(confirm) }
    }

    /// Signs all of `confirmed` that this person has not approved yet in one act, and records it.
    ///
    /// - Throws: ``DeskError/samePerson(_:)`` when this person has approved all of it before,
    ///   ``DeskError/notOnRoster(_:)``, ``DeskError/agent(_:)``.
    package func sign(
        _ confirmed: [Confirmed], signer: SigningAgentClient, passphrase: borrowing Secret
    ) throws(DeskError) -> PersonID {
        let person = try desk.person(signer)
        do {
            let lock = try FolderLock(desk.caseFolder(opened.tip))
            defer { withExtendedLifetime(lock) {} }
            // Read again under the lock: somebody may have prepared or approved in between.
            let now = try OpenedCase(opened.tip, of: desk).record
            if let why = now.stoppedRelease { throw DeskError.frozen(why) }
            guard now.open == confirmed.map(\.release), now.changes == opened.record.changes else {
                throw DeskError.recomputationDiffers("the case has changed meanwhile")
            }
            guard now.sending.isEmpty else {
                throw DeskError.notYet(
                    "This release was begun, and dispatch may have it; it must be sent first",
                    .release)
            }
            // A run that was cut off may have written down some of this person's approvals.
            let lacking = confirmed.filter { one in
                !(now.approvals[one.release.digest] ?? []).contains { $0.person == person.text }
            }
            guard !lacking.isEmpty else { throw DeskError.samePerson(person) }
            let signatures = try signer.sign(
                lacking.flatMap {
                    [(SigningLabel.release, $0.envelope.signedBytes), (.sums, $0.sums)]
                }, passphrase: passphrase)
            for (index, one) in lacking.enumerated() {
                try opened.append(
                    .approved(
                        statement: one.release.digest, signature: signatures[2 * index],
                        sums: signatures[2 * index + 1]), by: person.text)
            }
            return person
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func confirm(_ release: PreparedRelease) throws -> Confirmed {
        let claim = try release.claim()
        guard claim.notice?.recall == nil else { return try confirm(recall: release, claim) }
        guard let office = OfficeID(claim.office) else {
            throw DeskError.recomputationDiffers("it names no office")
        }
        let (routing, found) = try opened.facts(for: office, without: release.leftOut)
        guard let facts = found else {
            throw DeskError.recomputationDiffers(
                try opened.words(routing, without: release.leftOut).joined(separator: " "))
        }
        let files = try keptFiles(release, facts)
        let parts = Array(files.prefix(facts.parts.count))
        let predicate = try checkPredicate(release, facts, parts, files)
        let cover = try checkCover(release, facts, claim, predicate, files)
        let terms = ReleaseTerms(
            sequence: claim.sequence, notBefore: claim.notBefore, expires: claim.expires,
            checkpoint: claim.deskCheckpoint)
        let again = try opened.statement(facts, files: parts, predicate: predicate, terms)
        guard again.statement.encoded == release.statement else {
            throw DeskError.recomputationDiffers("the statement for \(office) says something else")
        }
        try checkTime(claim)
        try checkPlan(release.plan, claim)
        let log = try checkpoint(of: claim)
        return Confirmed(
            release: release, envelope: SignedStatement(again.statement).envelope,
            sums: Self.sums(files, parts: facts.parts.count),
            words: try words(facts, claim) + planWords(release.plan) + [log]
                + coverWords(cover))
    }

    /// What the desk agent keeps for the draft: for this office, and exactly the parts that go.
    private func keptFiles(
        _ release: PreparedRelease, _ facts: ReleaseFacts
    ) throws -> [PreparedFile] {
        let kept = try desk.agent.draft(release.draft, of: opened.tip)
        guard kept.office == facts.office.id else {
            throw DeskError.recomputationDiffers("its headers were made for \(kept.office)")
        }
        let names =
            facts.parts.indices.map(BundleNames.part) + [BundleNames.predicate, BundleNames.cover]
        guard kept.files.map(\.file) == names else {
            throw DeskError.recomputationDiffers(
                "for \(facts.office.id) other parts go now than when it was prepared")
        }
        for (file, part) in zip(kept.files, facts.parts) {
            guard file.payload == part.digests.payload else {
                throw DeskError.recomputationDiffers("\(file.file) is another part")
            }
        }
        return kept.files
    }

    private func checkPredicate(
        _ release: PreparedRelease, _ facts: ReleaseFacts, _ parts: [PreparedFile],
        _ files: [PreparedFile]
    ) throws -> BundlePredicate {
        let plaintext = try open(release.predicate, kept: files[facts.parts.count])
        let salt = try BundlePredicate(decoding: plaintext).salt
        let predicate = facts.predicate(
            tipKey: opened.tipKey, headers: parts.map(\.header), salt: salt)
        guard predicate.encoded == plaintext else {
            throw DeskError.recomputationDiffers(
                "the sealed predicate for \(facts.office.id) says something else")
        }
        return predicate
    }

    private func checkCover(
        _ release: PreparedRelease, _ facts: ReleaseFacts, _ claim: ReleaseStatement,
        _ predicate: BundlePredicate, _ files: [PreparedFile]
    ) throws -> String {
        let plaintext = try open(release.cover, kept: files[facts.parts.count + 1])
        let text = CoverSheet.text(
            for: predicate, to: facts.office, sequence: claim.sequence, expires: claim.expires,
            addingTo: facts.earlier)
        guard Array(text.utf8) == plaintext else {
            throw DeskError.recomputationDiffers(
                "the cover sheet for \(facts.office.id) says something else")
        }
        return text
    }

    /// Opens a file that the desk sealed, if it is the one whose header the agent keeps.
    func open(_ sealed: SealedContainer, kept: PreparedFile) throws -> [UInt8] {
        guard Hash(sha256: sealed.payload) == kept.payload else {
            throw DeskError.recomputationDiffers("\(kept.file) was exchanged")
        }
        let fileKey = try desk.agent.unwrap(sealed.header, ofCase: opened.tip)
        return try OpenedContainer.open(payload: sealed.payload.span, fileKey: fileKey)
            .withBytes { [UInt8](copying: $0) }
    }

    private static func sums(_ files: [PreparedFile], parts: Int) -> [UInt8] {
        Sums(
            predicate: files[parts].whole, cover: files[parts + 1].whole,
            parts: files.prefix(parts).map(\.whole)
        ).encoded
    }
}
