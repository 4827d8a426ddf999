package import Agencies
package import Custody
internal import Tips

/// Signs versions of the directory: the one act of the root key.
package enum DirectorySigning {
    /// Signs `contents` as the version after `previous`.
    ///
    /// What was written is read again with the root's public key before it is given away.
    /// - Throws: ``CeremonyError/history(_:)`` when it would take back what `previous` promised.
    package static func sign(
        _ contents: DirectoryContents, after previous: Directory?, with root: borrowing RootKey
    ) throws(CeremonyError) -> Directory {
        if let previous { try DirectoryHistory.check(contents, after: previous.contents) }
        for (place, key) in [("desk.key", contents.deskKey), ("log", contents.log.key)]
            + contents.verifiers.map({ ("verifiers.\($0.person)", $0.key) })
        where contents.revoked.contains(key.fingerprint) {
            throw .history("\(place): this key is on the list of revoked keys; give it a new one")
        }
        let note: [UInt8]
        do throws(NoteError) {
            note = try root.sign(contents.text)
        } catch {
            throw .directory(DirectoryFault(.tooMany, "directory", "is too large to be signed"))
        }
        return try read(note, from: "the new directory", root: root.verifier)
    }

    /// The version to give the directory after `previous`.
    package static func nextVersion(after previous: Directory?) -> Int {
        (previous?.version ?? 0) + 1
    }

    /// Reads a directory that `root` signed, whatever its age.
    ///
    /// - Throws: ``CeremonyError/refused(path:_:)``; `name` is how the error calls it.
    package static func read(
        _ note: [UInt8], from name: String, root: NoteVerifier
    ) throws(CeremonyError) -> Directory {
        do throws(DirectoryRefusal) {
            return try UnverifiedDirectory(note).signed(by: root)
        } catch {
            throw .refused(path: name, error)
        }
    }
}

/// What a new version may not do to the one before it.
enum DirectoryHistory {
    static func check(
        _ new: DirectoryContents, after old: DirectoryContents
    ) throws(CeremonyError) {
        guard new.version > old.version else {
            throw .history("version \(new.version) does not come after version \(old.version)")
        }
        guard new.issued >= old.issued else {
            throw .history(
                "the day of issue \(new.issued.text) is before that of version \(old.version), "
                    + "\(old.issued.text); is the clock right?")
        }
        // Who is told that a key is safe again must doubt every other revocation.
        if let missing = old.revoked.subtracting(new.revoked).sorted().first {
            throw .history("revoked.toml no longer lists \(missing.hex); a revocation is for ever")
        }
        for epoch in old.epochs {
            try check(epoch, in: new)
        }
    }

    private static func check(
        _ old: DeskEpoch, in contents: DirectoryContents
    ) throws(CeremonyError) {
        guard let new = contents.epochs.first(where: { $0.number == old.number }) else {
            guard old.state(on: contents.issued) != .dead else { return }
            throw .history(
                "desk epoch \(old.number) is missing, but tips sealed to it may still arrive; "
                    + "mark it dead first")
        }
        guard new.recipient == old.recipient, new.legacyRecipient == old.legacyRecipient else {
            throw .history("desk epoch \(old.number) has another key; a new key needs a new number")
        }
        guard new.isDead || !old.isDead else {
            throw .history("desk epoch \(old.number) was dead and cannot come back")
        }
    }
}
