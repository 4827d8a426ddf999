package import Agencies
package import Agents
internal import Custody
internal import DurableFiles
package import NativePrimitives
internal import Sealing
package import Tips

/// What one person read above the marker of a dropped file.
package struct ReadConsent: Sendable {
    /// Offices that may have parts of these classes.
    package let may: [(office: OfficeID, classes: Set<PartClass>)]
    /// Offices that must never have anything.
    package let never: [OfficeID]

    /// What was read.
    package init(may: [(office: OfficeID, classes: Set<PartClass>)], never: [OfficeID]) {
        self.may = may
        self.never = never
    }
}

extension OpenedCase {
    /// The consent lines of the dropped file, for the person who is to transcribe them.
    ///
    /// - Throws: ``DeskError/badInput(_:)`` when the case has no dropped file, or the file has not
    ///   exactly one marker: then nothing in it is consent.
    package func consentText() throws(DeskError) -> [String] {
        guard let drop else {
            throw .badInput(
                "This tip was sent with the page: its sender's own consent is with it, and nobody "
                    + "else can give any.")
        }
        guard !record.unread.contains(drop.payload) else {
            throw .badInput("The text could not be read, so nothing in it is consent.")
        }
        let text = try Verification.desk {
            try file(drop.payload).text(payload: drop.payload, plaintext: drop.plaintext)
                .withBytes { DropText($0) }
        }
        guard let consent = text.consent else {
            throw .badInput(
                "The text cannot be read in full, or does not have exactly one line \(Drop.marker), "
                    + "so nothing in it is consent. Ambiguity means no.")
        }
        return consent
    }

    /// Signs what this person read. It is consent once two different persons have signed the same for
    /// an office; *never* counts from one.
    ///
    /// Who reads the same classes for an office as somebody before signs the same leaf. What was read
    /// once stays: a later reading can only narrow it.
    /// - Throws: ``DeskError``.
    package func transcribe(
        _ read: ReadConsent, signer: SigningAgentClient, passphrase: borrowing Secret
    ) throws(DeskError) {
        _ = try consentText()
        guard let drop else { return }
        let person = try desk.person(signer)
        let leaves = try read.may.map { one throws(DeskError) in
            try leaf(for: one.office, one.classes)
        }
        for office in read.never where desk.directory.office(office) == nil {
            throw .badInput("The directory knows no office \(office).")
        }
        try Verification.desk {
            let lock = try FolderLock(desk.caseFolder(tip))
            defer { withExtendedLifetime(lock) {} }
            for office in read.never {
                try append(.neverTranscribed(office: office.text), by: person.text)
            }
            guard !leaves.isEmpty else { return }
            let signatures = try signer.sign(
                leaves.map {
                    (.consent, TranscribedConsent(leaf: $0, file: drop.digest).encoded)
                }, passphrase: passphrase)
            for (leaf, signature) in zip(leaves, signatures) {
                try append(.transcribed(leaf, signature: signature), by: person.text)
            }
        }
    }

    private func leaf(
        for office: OfficeID, _ classes: Set<PartClass>
    ) throws(DeskError) -> ConsentLeaf {
        guard desk.directory.office(office) != nil else {
            throw .badInput("The directory knows no office \(office).")
        }
        let earlier = drop.map { readings(for: office.text, in: $0).map(\.leaf) } ?? []
        if let same = earlier.first(where: { Set($0.classes) == classes }) { return same }
        do throws(FormatError) {
            return try ConsentLeaf(
                tipKey: tipKey, office: office.text, classes: classes,
                directoryVersion: desk.directory.version)
        } catch {
            throw .badInput("Name at least one class, and only what an office can have.")
        }
    }
}
