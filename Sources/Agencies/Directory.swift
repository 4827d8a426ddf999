package import Custody
internal import Tips

/// A directory whose signature, dates and version have been checked: the only place from which
/// page, command line, desk, dispatch and agency take keys.
///
/// Only ``UnverifiedDirectory/verified(root:clock:newest:)`` makes one.
package struct Directory: Equatable, Sendable {
    /// What it says.
    package let contents: DirectoryContents
    /// The whole signed note as it was read, to pass on or to keep.
    package let note: [UInt8]
    /// SHA-256 of the note's text; other people's signatures under it do not change it.
    package let digest: Hash
    /// The root that signed it.
    package let root: NoteVerifier

    init(contents: DirectoryContents, note: [UInt8], digest: Hash, root: NoteVerifier) {
        self.contents = contents
        self.note = note
        self.digest = digest
        self.root = root
    }

    /// The version.
    package var version: Int { contents.version }
    /// The offices, by name; some may have revoked keys.
    package var offices: [Office] { contents.offices }
    /// The persons who may sign releases, by handle.
    package var verifiers: [Verifier] { contents.verifiers }
    /// What the desk's machine signs with.
    package var deskKey: VerifyingKey { contents.deskKey }
    /// The custody log's key.
    package var log: NoteVerifier { contents.log }
    /// The digest of the policy that goes with this version.
    package var policyDigest: Hash { contents.policyDigest }
    /// What to remember of it: see ``DirectoryMark``.
    package var mark: DirectoryMark {
        DirectoryMark(version: version, digest: digest, issued: contents.issued)
    }

    /// The office of this name.
    package func office(_ id: OfficeID) -> Office? { offices.first { $0.id == id } }

    /// The office that signs with `key`, unless a key of it is revoked.
    package func office(signingWith key: VerifyingKey) -> Office? {
        offices.first { $0.signingKey == key && !isRevoked($0) }
    }

    /// The person who signs with `key`, unless it is revoked: two keys never name one person.
    package func verifier(signingWith key: VerifyingKey) -> Verifier? {
        verifiers.first { $0.key == key && !isRevoked(key.fingerprint) }
    }

    /// Whether the key with this fingerprint must not be used any more.
    package func isRevoked(_ fingerprint: Hash) -> Bool { contents.revoked.contains(fingerprint) }

    /// Whether any key of `office` must not be used any more.
    package func isRevoked(_ office: Office) -> Bool {
        isRevoked(office.fingerprint) || isRevoked(office.signingFingerprint)
    }

    /// The desk epoch of this number.
    package func epoch(_ number: Int) -> DeskEpoch? {
        contents.epochs.first { $0.number == number }
    }

    /// The desk epoch to seal to on `today`: the newest open one whose key is not revoked.
    package func currentEpoch(on today: Day) -> DeskEpoch? {
        contents.epochs.last {
            $0.state(on: today) == .open && !isRevoked($0.recipient.fingerprint)
        }
    }

    /// The day to reckon with: the later of the clock's and the day of issue, so that a clock set
    /// back gains nothing.
    package func today(clock: Day) -> Day { max(clock, contents.issued) }

    /// Whether `today` is past the last day of this version.
    package func isExpired(on today: Day) -> Bool { today > contents.expires }
}

/// What a program remembers of the newest directory it has seen, so that an older one, or another
/// one with the same number, is refused, and so that a clock set back gains nothing.
package struct DirectoryMark: Equatable, Sendable {
    /// Its version.
    package let version: Int
    /// Its digest.
    package let digest: Hash
    /// The day it was signed: the newest signed time known.
    package let issued: Day

    /// What is remembered.
    package init(version: Int, digest: Hash, issued: Day) {
        self.version = version
        self.digest = digest
        self.issued = issued
    }

    /// Reads what ``text`` prints; nil for any other text.
    package init?(text: String) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 3, let version = Int(fields[0]), version > 0,
            String(version) == fields[0], let digest = Hash(hex: String(fields[1])),
            let issued = Day(String(fields[2]))
        else { return nil }
        self.init(version: version, digest: digest, issued: issued)
    }

    /// One line without its end: version, digest in hexadecimal, day of issue.
    package var text: String { "\(version) \(digest.hex) \(issued.text)" }
}
