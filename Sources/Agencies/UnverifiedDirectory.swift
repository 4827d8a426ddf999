package import Custody

/// A directory as it came over the network or from a stick: nothing in it may be believed yet.
///
/// ```
/// sallyport-directory/1
/// {"desk":{…},"expires":"2027-02-21","issued":"2026-11-23",…,"version":7}
///
/// — sallyport-root+… base64
/// ```
package struct UnverifiedDirectory: Sendable {
    /// The longest signed note accepted, in bytes.
    package static let byteLimit = 786_432
    /// The first line of the text.
    package static let label = "sallyport-directory/1"

    private let note: UnverifiedNote
    private let bytes: [UInt8]

    /// Reads the outer form only: a signed note within the limit.
    ///
    /// - Throws: ``DirectoryRefusal/tooLarge``, ``DirectoryRefusal/notANote``.
    package init(_ bytes: [UInt8]) throws(DirectoryRefusal) {
        guard bytes.count <= Self.byteLimit else { throw .tooLarge }
        do throws(NoteError) {
            note = try UnverifiedNote(bytes)
        } catch {
            throw .notANote
        }
        self.bytes = bytes
    }

    /// Checks everything and gives the directory.
    ///
    /// 1. The root's signature is on the note.
    /// 2. The text is the one form of contents that keep every rule.
    /// 3. The version is not older than `newest`, nor the same with another digest.
    /// 4. It has not expired on the later of `clock`, its own day of issue and `newest`'s.
    ///
    /// - Parameters:
    ///   - root: the root's key, pinned in the program's configuration.
    ///   - clock: today by the machine's clock, which nobody vouches for.
    ///   - newest: what the program remembers; nil only on its very first directory.
    /// - Throws: ``DirectoryRefusal``.
    package func verified(
        root: NoteVerifier, clock: Day, newest: DirectoryMark?
    ) throws(DirectoryRefusal) -> Directory {
        let directory = try signed(by: root)
        if let newest {
            guard directory.version >= newest.version else {
                throw .older(version: directory.version, newest: newest.version)
            }
            guard directory.version > newest.version || directory.digest == newest.digest else {
                throw .forked(version: directory.version)
            }
        }
        let today = Self.today(clock: clock, directory: directory, newest: newest)
        guard !directory.isExpired(on: today) else {
            throw .expired(on: directory.contents.expires, today: today)
        }
        return directory
    }

    /// Steps 1 and 2 only, for the record: an auditor reads a directory that was in force once.
    ///
    /// - Throws: ``DirectoryRefusal``; nothing about age or version is checked.
    package func signed(by root: NoteVerifier) throws(DirectoryRefusal) -> Directory {
        let verified: VerifiedNote
        do throws(NoteError) {
            verified = try note.verified(by: [root])
        } catch {
            throw .notSignedByRoot
        }
        let contents: DirectoryContents
        do throws(DirectoryFault) {
            contents = try DirectoryContents(text: verified.text)
        } catch {
            throw .badContents(error)
        }
        return Directory(
            contents: contents, note: bytes, digest: Hash(sha256: verified.text), root: root)
    }

    /// The later of the clock and every signed day known: a clock set back gains nothing.
    private static func today(clock: Day, directory: Directory, newest: DirectoryMark?) -> Day {
        max(clock, directory.contents.issued, newest?.issued ?? clock)
    }
}

/// Why a directory is refused; nothing of it is used.
package enum DirectoryRefusal: Error, Equatable, Sendable {
    /// More than ``UnverifiedDirectory/byteLimit`` bytes.
    case tooLarge
    /// Not a signed note.
    case notANote
    /// The root's signature is missing or wrong.
    case notSignedByRoot
    /// The root signed it, but it breaks a rule: written by a program that is not this one.
    case badContents(DirectoryFault)
    /// Older than the newest version seen.
    case older(version: Int, newest: Int)
    /// The newest version seen, with other contents: the root signed two.
    case forked(version: Int)
    /// Past its last day.
    case expired(on: Day, today: Day)

    /// The refusal in plain words.
    package var message: String {
        switch self {
        case .tooLarge:
            "the directory is larger than \(UnverifiedDirectory.byteLimit) bytes"
        case .notANote: "the directory is not a signed note"
        case .notSignedByRoot: "the directory is not signed by the root key, or was altered"
        case .badContents(let fault):
            "the directory is signed but breaks a rule: \(fault.message)"
        case .older(let version, let newest):
            "the directory is older than one seen before: version \(version), "
                + "but version \(newest) is known"
        case .forked(let version):
            "there are two different directories with version \(version): "
                + "tell the keepers of the root key"
        case .expired(let day, let today):
            "the directory expired on \(day.text), and today is \(today.text) or later"
        }
    }
}
