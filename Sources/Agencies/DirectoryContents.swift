package import Custody

/// What the root signs: everyone's public keys, the dates, the digest of the policy.
///
/// A value that exists has passed every rule of ``DirectoryRules``; whether the root signed it is
/// another question, which ``UnverifiedDirectory`` answers.
package struct DirectoryContents: Equatable, Sendable {
    /// Most epochs, living and dead.
    package static let epochLimit = 32
    /// Most offices.
    package static let officeLimit = 64
    /// Most persons on the roster.
    package static let verifierLimit = 32
    /// Most witnesses of the log.
    package static let witnessLimit = 16
    /// Most revoked key fingerprints.
    package static let revokedLimit = 1_024
    /// Longest life of one version, in days.
    package static let lifeLimitDays = 366

    /// The version, from 1, always rising.
    package let version: Int
    /// The day it was signed.
    package let issued: Day
    /// The last day on which it may be used.
    package let expires: Day
    /// The desk's keys over time, by rising number.
    package let epochs: [DeskEpoch]
    /// What the desk's machine signs its requests and mailbox batches with.
    package let deskKey: VerifyingKey
    /// The offices, by name.
    package let offices: [Office]
    /// The persons who may sign releases, by handle.
    package let verifiers: [Verifier]
    /// The custody log's key; its name is the log's origin.
    package let log: NoteVerifier
    /// The witnesses whose cosignatures count.
    package let witnesses: [NoteVerifier]
    /// The digest of the policy that goes with this version.
    package let policyDigest: Hash
    /// Fingerprints of keys (recipients and signing keys alike) that must not be used any more.
    package let revoked: Set<Hash>

    /// Contents that pass every rule; lists are put in order.
    ///
    /// - Throws: ``DirectoryFault``, the first rule broken and where.
    package init(
        version: Int, issued: Day, expires: Day, epochs: [DeskEpoch], deskKey: VerifyingKey,
        offices: [Office], verifiers: [Verifier], log: NoteVerifier, witnesses: [NoteVerifier],
        policyDigest: Hash, revoked: Set<Hash>
    ) throws(DirectoryFault) {
        self.version = version
        self.issued = issued
        self.expires = expires
        self.epochs = epochs.sorted { $0.number < $1.number }
        self.deskKey = deskKey
        self.offices = offices.sorted { $0.id < $1.id }
        self.verifiers = verifiers.sorted { $0.person < $1.person }
        self.log = log
        self.witnesses = witnesses
        self.policyDigest = policyDigest
        self.revoked = revoked
        try DirectoryRules.check(self)
    }

    /// The same with another version and other dates.
    ///
    /// - Throws: ``DirectoryFault`` when the version or the dates break a rule.
    package func renewed(
        version: Int, issued: Day, expires: Day
    ) throws(DirectoryFault) -> DirectoryContents {
        try DirectoryContents(
            version: version, issued: issued, expires: expires, epochs: epochs, deskKey: deskKey,
            offices: offices, verifiers: verifiers, log: log, witnesses: witnesses,
            policyDigest: policyDigest, revoked: revoked)
    }
}

/// A rule that the contents of a directory break.
package struct DirectoryFault: Error, Equatable, Sendable {
    /// Which kind of rule.
    package enum Rule: String, Sendable {
        /// Not the one JSON text of these contents.
        case malformed
        /// More of something than the limit.
        case tooMany
        /// A text, number or date that its place does not allow.
        case badValue
        /// Two entries with one name, or one person with two.
        case duplicate
        /// One key in two places.
        case sharedKey
    }

    /// The kind of rule.
    package let rule: Rule
    /// Where in the directory, for example `offices.office-a.name`.
    package let place: String
    /// What is wrong there, in plain words.
    package let problem: String

    /// A fault of kind `rule` at `place`.
    package init(_ rule: Rule, _ place: String, _ problem: String) {
        self.rule = rule
        self.place = place
        self.problem = problem
    }

    /// The fault in plain words.
    package var message: String { "\(place): \(problem)" }
}
