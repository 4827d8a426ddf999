internal import Agencies
package import Agents
internal import Custody
internal import DurableFiles
internal import Glibc
package import NativePrimitives
package import Tips
internal import Wire

/// Destroys a case that its reporter withdrew with the right code word, or that is due under the
/// desk's rules of retention. It takes two persons.
///
/// Order of effects: both signatures in the journal; the decision with both, verified, in the file
/// `erasing`; dispatch erases; the tip's name in the desk's journal; its rows leave the desk's tables;
/// the agent destroys the case's key, after which nothing here can be opened any more; the files go,
/// `erasing` last. Run again after a crash, it goes on: without the key only that file, its signatures
/// verified anew, shows that it may.
package struct Destruction {
    private let desk: Desk
    private let link: any DispatchLink
    private let retention: RetentionRules?

    /// A destruction at `desk`, told to dispatch over `link`.
    ///
    /// - Parameter retention: rules under which a case may go that nobody withdrew; nil for none.
    package init(_ desk: Desk, over link: any DispatchLink, retention: RetentionRules? = nil) {
        self.desk = desk
        self.link = link
        self.retention = retention
    }

    /// Signs for one person; with the second, destroys.
    ///
    /// - Returns: whether the case is gone.
    /// - Throws: ``DeskError/notYet(_:)`` unless the case was withdrawn with the right code word;
    ///   ``DeskError/samePerson(_:)``; ``DeskError/busy``.
    package func run(
        _ tip: TipID, signer: SigningAgentClient, passphrase: borrowing Secret
    ) async throws(DeskError) -> Bool {
        do {
            let person = try desk.person(signer)
            let lock = try FolderLock(desk.caseFolder(tip))
            var decision = try begun(tip)
            if decision == nil { decision = try sign(tip, person, signer, passphrase) }
            if let decision { try await destroy(tip, decision) }
            withExtendedLifetime(lock) {}
            return decision != nil
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func destroy(_ tip: TipID, _ decision: SignedDecision) async throws {
        try Durable.write(
            decision.encoded.span, to: desk.erasingFile(tip), mode: 0o660, .replace)
        try await link.decide(decision)
        try desk.noteDestroyed(tip)
        for table in desk.tables { try table.remove(tip) }
        try desk.removeBegunLinks(of: tip)
        let lock = try JournalLock.ending(tip, of: desk)
        try desk.agent.erase(tip)
        try desk.removeFiles(tip)
        withExtendedLifetime(lock) {}
    }

    /// The decision of an earlier run that was cut off, if two persons of today's roster signed it.
    private func begun(_ tip: TipID) throws -> SignedDecision? {
        guard Durable.exists(desk.erasingFile(tip)) else { return nil }
        let bytes = try Durable.read(desk.erasingFile(tip), limit: SignedDecision.byteLimit)
        guard let signed = try? SignedDecision(decoding: bytes),
            signed.decision == Self.text(tip)
        else { return nil }
        return decision(tip, signed.signatures.map { ($0.key, $0.value) })
    }

    /// Adds a signature; the decision, when there are two now.
    private func sign(
        _ tip: TipID, _ person: PersonID, _ signer: SigningAgentClient,
        _ passphrase: borrowing Secret
    ) throws -> SignedDecision? {
        let opened = try OpenedCase(tip, of: desk)
        let signatures = try signatures(of: opened)
        // Both may have signed: an earlier run was cut off, and goes on now.
        if let decision = decision(tip, signatures) { return decision }
        let signed = desk.verified(signatures, over: Self.text(tip))
        guard signed[person.text] == nil else { throw DeskError.samePerson(person) }
        let signature = try signer.sign([(.decision, Self.text(tip))], passphrase: passphrase)[0]
        try opened.append(.eraseSigned(signature: signature), by: person.text)
        return decision(tip, signatures + [(person.text, signature)])
    }

    /// The signatures that count for the destruction.
    ///
    /// - Throws: ``DeskError/notYet(_:)`` when nothing lets anybody destroy the case.
    private func signatures(
        of opened: OpenedCase
    ) throws -> [(person: String, signature: [UInt8])] {
        if opened.record.isDestroyable { return opened.record.eraseSignatures }
        guard let retention else {
            throw DeskError.notYet(
                "Only a case withdrawn with the right code word can be destroyed.")
        }
        guard try opened.retentionGrounds(retention) != nil else {
            throw DeskError.notYet("The case is not due to be destroyed any more.")
        }
        return opened.retentionSignatures
    }

    /// The decision with every signature that verifies here; nil when they are fewer than two.
    ///
    /// In a carried folder dispatch checks it only later, when the key is gone already.
    private func decision(
        _ tip: TipID, _ signatures: [(person: String, signature: [UInt8])]
    ) -> SignedDecision? {
        let good = desk.verified(signatures, over: Self.text(tip))
        guard good.count >= DeskVerdict.erase.requiredPersons else { return nil }
        return SignedDecision(decision: Self.text(tip), signatures: good)
    }

    private static func text(_ tip: TipID) -> [UInt8] {
        Decision(tip: Hash(tip), verdict: .erase).encoded
    }
}

extension Desk {
    /// The signed decision by which a case is being destroyed; there only while it is.
    func erasingFile(_ tip: TipID) -> String { caseFolder(tip) + "/erasing" }

    /// The tips whose cases were destroyed here. Nothing else is kept of them: what dispatch still
    /// sends about one is told by its name from what is about a case that has not come yet.
    func destroyed() throws -> Set<TipID> {
        Set(
            try deskJournal.entries().filter { $0.has(Self.destroyedKey) }.map {
                guard let tip = TipID(hex: try $0.string(Self.destroyedKey)) else {
                    throw DeskError.altered("a destroyed tip's name cannot be read")
                }
                return tip
            })
    }

    fileprivate func noteDestroyed(_ tip: TipID) throws {
        guard try !destroyed().contains(tip) else { return }
        var entry = JSONObject()
        entry.add(Self.destroyedKey, .string(tip.hex))
        try deskJournal.append(entry)
    }

    private static let destroyedKey = "destroyed"

    /// Clears away folders of destroyed cases: a run that was cut off at its very end has removed what
    /// shows that it may go on, and left an empty folder.
    func clearDestroyed(_ tips: Set<TipID>) throws {
        for tip in tips
        where Durable.exists(caseFolder(tip)) && !Durable.exists(erasingFile(tip)) {
            try removeFiles(tip)
        }
    }

    private static func removeFolder(_ path: String) throws {
        guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw FileError("rmdir", path) }
        try Durable.syncDirectory(Durable.parent(of: path))
    }

    fileprivate func removeFiles(_ tip: TipID) throws {
        let folder = caseFolder(tip)
        for part in ["parts", "journal"] where Durable.exists("\(folder)/\(part)") {
            for name in try Durable.list("\(folder)/\(part)") {
                try Durable.remove("\(folder)/\(part)/\(name)")
            }
            try Self.removeFolder("\(folder)/\(part)")
        }
        // What an earlier run left unfinished would keep the folder here.
        for name in try Durable.list(folder) where Durable.isUnfinished(name) {
            try Durable.remove("\(folder)/\(name)")
        }
        try Durable.remove(erasingFile(tip))
        try Durable.remove(folder + "/lock")
        try Self.removeFolder(folder)
    }
}
