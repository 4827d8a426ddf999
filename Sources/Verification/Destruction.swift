internal import Agencies
package import Agents
internal import Custody
internal import DurableFiles
internal import Glibc
package import NativePrimitives
package import Tips
internal import Wire

/// Destroys a case that its reporter withdrew with the right code word. It takes two persons.
///
/// Order of effects: both signatures in the journal; dispatch erases; the agent destroys the case's
/// key, after which nothing here can be opened any more; the files go. Run again after a crash, it
/// goes on.
package struct Destruction {
    private let desk: Desk
    private let link: any DispatchLink

    /// A destruction at `desk`, told to dispatch over `link`.
    package init(_ desk: Desk, over link: any DispatchLink) {
        self.desk = desk
        self.link = link
    }

    /// Signs for one person; with the second, destroys.
    ///
    /// - Returns: whether the case is gone.
    /// - Throws: ``DeskError/notYet(_:)`` unless the case was withdrawn with the right code word;
    ///   ``DeskError/samePerson(_:)``.
    package func run(
        _ tip: TipID, signer: SigningAgentClient, passphrase: borrowing Secret
    ) async throws(DeskError) -> Bool {
        do {
            let person = try desk.person(signer)
            do throws(DeskError) {
                guard try sign(tip, person.text, signer, passphrase) else { return false }
            } catch {
                // The key is gone already: an earlier run was cut off after that step.
                guard error == .agent(.refused(.unknownCase)) else { throw error }
                try removeFiles(tip)
                return true
            }
            try await link.decide(try decision(tip))
            try desk.agent.erase(tip)
            try removeFiles(tip)
            return true
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    /// Adds a signature; whether there are two now.
    private func sign(
        _ tip: TipID, _ person: String, _ signer: SigningAgentClient,
        _ passphrase: borrowing Secret
    ) throws(DeskError) -> Bool {
        let opened = try OpenedCase(tip, of: desk)
        guard opened.record.frozen == "withdrawn with the right code word" else {
            throw .notYet("Only a case withdrawn with the right code word can be destroyed.")
        }
        let signed = opened.record.eraseSignatures.map(\.person)
        guard !signed.contains(person) else {
            // Both have signed: an earlier run was cut off, and goes on now.
            if signed.count >= 2 { return true }
            throw .agent(.refused(.samePersonTwice))
        }
        do {
            let text = Decision(tip: Hash(tip), verdict: .erase).encoded
            let signature = try signer.sign([(.decision, text)], passphrase: passphrase)[0]
            try opened.append(.eraseSigned(signature: signature), by: person)
        } catch {
            throw DeskError(wrapping: error)
        }
        return signed.count + 1 >= 2
    }

    private func decision(_ tip: TipID) throws -> SignedDecision {
        let signatures = try OpenedCase(tip, of: desk).record.eraseSignatures
        return SignedDecision(
            decision: Decision(tip: Hash(tip), verdict: .erase).encoded,
            signatures: Dictionary(
                signatures.map { ($0.person, $0.signature) },
                uniquingKeysWith: { first, _ in first }))
    }

    private static func removeFolder(_ path: String) throws {
        guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw FileError("rmdir", path) }
        try Durable.syncDirectory(Durable.parent(of: path))
    }

    private func removeFiles(_ tip: TipID) throws {
        let folder = desk.caseFolder(tip)
        for part in ["parts", "journal"] where Durable.exists("\(folder)/\(part)") {
            for name in try Durable.list("\(folder)/\(part)") {
                try Durable.remove("\(folder)/\(part)/\(name)")
            }
            try Self.removeFolder("\(folder)/\(part)")
        }
        try Durable.remove(folder + "/lock")
        try Self.removeFolder(folder)
    }
}
