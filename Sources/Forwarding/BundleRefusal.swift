package import Agencies
package import Tips

/// Why a bundle, a release package, or what was opened from one is refused: each its own reason.
package enum BundleRefusal: Error, Equatable, Sendable {
    // The container.
    /// The tar is not one that this gateway writes.
    case badArchive(TarError)
    /// A file that a bundle must have is not there.
    case missingMember(String)
    /// A file that a bundle cannot have is there.
    case unexpectedMember(String)
    /// A file that is larger than any real one.
    case memberTooLarge(String)
    /// The bundle is sound but not the one that was asked for.
    case otherBundle

    // The statement.
    /// The statement or its envelope cannot be read.
    case badStatement(String)
    /// A signature over the statement is not of these bytes: they, or it, were altered.
    case badStatementSignature(PersonID)
    /// A signature over the statement by a key that no person of the roster has.
    case unknownSigner
    /// Fewer than two persons signed.
    case onlyOnePerson(PersonID)
    /// Nobody signed.
    case unsigned
    /// One person signed twice.
    case samePersonTwice(PersonID)

    // The office and the time.
    /// The bundle is for another office.
    case wrongOffice(stated: String, expected: OfficeID)
    /// The directory does not know the office.
    case unknownOffice(OfficeID)
    /// The bundle is sealed to a key that is not the office's in the directory.
    case wrongOfficeKey(OfficeID)
    /// A key of the office was revoked.
    case revokedOfficeKey(OfficeID)
    /// The statement's expiry has passed.
    case expired(String)
    /// The statement's not-before has not come.
    case notYetValid(String)
    /// The directory has expired.
    case directoryExpired(String)
    /// The directory is older than one that was seen before.
    case directoryOlder(version: Int, seen: Int)
    /// The statement was made under another directory.
    case otherDirectory
    /// The statement was made under another routing policy.
    case policyMismatch
    /// Another release with this number was seen before.
    case replayed(sequence: UInt64)
    /// The desk has recalled it, by the bundle of this number.
    case recalled(by: String)

    // The files.
    /// A part's payload is not the one that was signed.
    case alteredPayload(String)
    /// A part's header is not the one that was signed.
    case alteredHeader(String)
    /// The number of parts is not the statement's.
    case wrongPartCount
    /// SHA256SUMS does not list the files of the bundle with their digests.
    case sumsMismatch(String)
    /// A signature over SHA256SUMS is not of these bytes.
    case badSumsSignature(PersonID)
    /// The persons who signed SHA256SUMS are not those who signed the statement.
    case otherSumsSigners

    // The custody log.
    /// The release event cannot be read.
    case badEvent
    /// The release event is of something else than this bundle's release.
    case otherEvent
    /// The proof cannot be read, or its checkpoint is not the log's.
    case badProof(String)
    /// The proof does not show that the log holds the release event.
    case notInLog
    /// The log has shown the desk and this office different histories.
    case forkedLog

    // What was inside.
    /// The predicate cannot be read.
    case badPredicate(String)
    /// The predicate is not the one that was signed.
    case otherPredicate
    /// The predicate is of another tip.
    case otherTip
    /// The predicate does not list the parts as the statement does.
    case partsDisagree
    /// The consent leaf cannot be read.
    case badConsent
    /// The consent leaf belongs to another tip.
    case consentOfAnotherTip
    /// The consent leaf is for another office.
    case consentForAnotherOffice
    /// The tip's key did not sign the consent leaf.
    case badConsentSignature
    /// The consent was transcribed, and not by the rules.
    case badTranscription(String)
    /// The reporter did not agree to something that the part contains.
    case notConsented(part: String, contains: String)
    /// An opened part is not the one that was signed.
    case alteredPlaintext(String)
    /// An opened evidence tar is not the one form that the gateway writes.
    case badEvidence(String, EvidenceTarError)
    /// An opened part's original is not the one the predicate names.
    case alteredOriginal(String)
    /// A file could not be opened with the identity.
    case cannotOpen(String, String)
}

extension BundleRefusal: CustomStringConvertible {
    /// The reason in one plain sentence.
    package var description: String {
        switch self {
        case .badArchive, .missingMember, .unexpectedMember, .memberTooLarge, .otherBundle:
            archiveWords
        case .badStatement, .badStatementSignature, .unknownSigner, .onlyOnePerson, .unsigned,
            .samePersonTwice:
            statementWords
        case .wrongOffice, .unknownOffice, .wrongOfficeKey, .revokedOfficeKey: officeWords
        case .expired, .notYetValid, .directoryExpired, .directoryOlder, .otherDirectory,
            .policyMismatch, .replayed, .recalled:
            timeWords
        case .alteredPayload, .alteredHeader, .wrongPartCount, .sumsMismatch, .badSumsSignature,
            .otherSumsSigners:
            fileWords
        case .badEvent, .otherEvent, .badProof, .notInLog, .forkedLog: logWords
        default: innerWords
        }
    }

    private var archiveWords: String {
        switch self {
        case .badArchive(let error):
            "the bundle is not a tar as this gateway writes it: \(error.words)"
        case .missingMember(let name): "the bundle has no \(name)"
        case .unexpectedMember(let name): "the bundle holds \(name), which no bundle has"
        case .memberTooLarge(let name): "\(name) is larger than it can be in any bundle"
        case .otherBundle: "the bundle is another one than dispatch listed under this name"
        default: ""
        }
    }

    private var statementWords: String {
        switch self {
        case .badStatement(let why): "the release statement cannot be read: \(why)"
        case .badStatementSignature(let person):
            "the signature of \(person) over the release statement is wrong: "
                + "the statement or the signature was altered"
        case .unknownSigner: "the release statement is signed by a key that is not in the roster"
        case .onlyOnePerson(let person): "only one person (\(person)) signed the release; two must"
        case .unsigned: "nobody signed the release; two persons must"
        case .samePersonTwice(let person):
            "the release carries two signatures of one person (\(person)); two persons must sign"
        default: ""
        }
    }

    private var officeWords: String {
        switch self {
        case .wrongOffice(let stated, let expected):
            "the bundle is for the office \(stated), not for \(expected)"
        case .unknownOffice(let office): "the signed directory does not know the office \(office)"
        case .wrongOfficeKey(let office):
            "the bundle is sealed to a key that is not the one of \(office) in the signed directory"
        case .revokedOfficeKey(let office): "a key of the office \(office) has been revoked"
        default: ""
        }
    }

    private var timeWords: String {
        switch self {
        case .expired(let time): "the release expired at \(time)"
        case .notYetValid(let time): "the release is not valid before \(time)"
        case .directoryExpired(let day): "the signed directory expired on \(day); get the newest"
        case .directoryOlder(let version, let seen):
            "the directory has version \(version), but version \(seen) was seen before"
        case .otherDirectory:
            "the release was made under another directory than any that is known here"
        case .policyMismatch:
            "the release was made under another routing policy than the directory's"
        case .recalled(let number): "the desk has recalled it, with bundle number \(number)"
        case .replayed(let sequence):
            "the release has number \(sequence), which another release for this office had before"
        default: ""
        }
    }

    private var fileWords: String {
        switch self {
        case .alteredPayload(let name): "the payload of \(name) is not the one that was signed"
        case .alteredHeader(let name): "the header of \(name) is not the one that was signed"
        case .wrongPartCount: "the bundle does not have the parts that its statement lists"
        case .sumsMismatch(let name): "SHA256SUMS does not fit \(name)"
        case .badSumsSignature(let person): "the signature of \(person) over SHA256SUMS is wrong"
        case .otherSumsSigners:
            "SHA256SUMS is not signed by the same persons as the release statement"
        default: ""
        }
    }

    private var logWords: String {
        switch self {
        case .badEvent: "the release event cannot be read"
        case .otherEvent: "the release event is not the one of this release"
        case .badProof(let why): "the proof of the custody log is refused: \(why)"
        case .notInLog: "the proof does not show that the custody log holds this release"
        case .forkedLog:
            "the custody log showed the desk another history than this proof does: tell the desk"
        default: ""
        }
    }

    private var innerWords: String {
        switch self {
        case .badPredicate(let why): "the sealed predicate cannot be read: \(why)"
        case .otherPredicate: "the sealed predicate is not the one that was signed"
        case .otherTip: "the sealed predicate is of another tip than the statement"
        case .partsDisagree: "the sealed predicate and the statement list different parts"
        case .badConsent: "the reporter's consent cannot be read"
        case .consentOfAnotherTip: "the consent belongs to another tip"
        case .consentForAnotherOffice: "the consent is for another office"
        case .badConsentSignature: "the consent is not signed by the key of the tip"
        case .badTranscription(let why): "the consent was not transcribed as it must be: \(why)"
        case .notConsented(let part, let contains):
            "\(part) contains \(contains), which the reporter did not agree to share with this office"
        case .alteredPlaintext(let name): "what \(name) holds is not what was signed"
        case .badEvidence(let name, let error):
            "\(name) is not evidence as the gateway seals it: \(error.words)"
        case .alteredOriginal(let name): "the original in \(name) is not the one that was signed"
        case .cannotOpen(let name, let why): "\(name) cannot be opened: \(why)"
        default: ""
        }
    }
}

extension EvidenceTarError {
    /// The reason in words, to follow a colon.
    package var words: String {
        switch self {
        case .wrongLength: "it is cut short, or goes on after its end"
        case .notAFile: "it holds a link or something else that is no plain file"
        case .otherName: "its file has another name, perhaps a path"
        case .badHeader: "its tar header is not in canonical form"
        case .secondMember: "it holds a second file"
        case .nonZeroTail: "bytes are hidden after the end of its file"
        }
    }
}

extension TarError {
    /// The reason in words, to follow a colon.
    package var words: String {
        switch self {
        case .badName: "a name that could lead out of the bundle's folder"
        case .memberTooLarge: "a file that is too large"
        case .badHeader: "an entry that is not a plain file in canonical form (a link, for example)"
        case .badFilling: "bytes hidden after the end of a file"
        case .badEnd: "it does not end where it should, or something follows its end"
        case .truncated: "it is cut short"
        case .duplicate(let name): "\(name) is in it twice"
        case .tooManyMembers: "too many files"
        case .unreadable: "it cannot be read"
        }
    }
}
