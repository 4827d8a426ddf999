package import Agencies
package import Custody

/// The checks of a release that need no payload: the statement, its signers, office and time.
///
/// 1. The statement's envelope and statement are in their one form.
/// 2. At least two different persons of the roster signed exactly these bytes; every signature on
///    it is good; no person signed twice; revoked keys are not on the roster.
/// 3. It is for the expected office, which the directory knows, sealed to that office's key, and
///    no key of the office is revoked.
/// 4. The directory is in force, is not older than the statement's, and the statement's directory
///    and policy are ones that the root signed.
/// 5. The release is in force (see ``Purpose``).
package struct ReleaseCheck: Sendable {
    /// Who asks, which decides about time.
    package enum Purpose: Sendable {
        /// Dispatch takes a release in: its not-before may lie ahead.
        case storing
        /// Somebody is about to serve or use it now.
        case using
        /// An auditor looks back: dates and later revocations do not matter, signatures do.
        case auditing
    }

    /// The newest directory known (for ``Purpose/auditing``: the one in force then).
    package let directory: Directory
    /// Older directories that the root signed and that are kept, for releases made under them.
    package let earlier: [Directory]
    /// The later of the clock and the newest signed time known.
    package let now: Hour
    /// Why it is checked.
    package let purpose: Purpose
    /// Which log and witnesses are believed.
    package let logPolicy: LogPolicy

    /// A check against `directory` at `now`.
    ///
    /// - Parameter logPolicy: which log and witnesses are believed; nil for the log of `directory`.
    package init(
        directory: Directory, earlier: [Directory] = [], now: Hour, purpose: Purpose,
        logPolicy: LogPolicy? = nil
    ) {
        self.logPolicy = logPolicy ?? LogPolicy(log: directory.log)
        self.directory = directory
        self.earlier = earlier
        self.now = now
        self.purpose = purpose
    }

    /// Checks a signed statement.
    ///
    /// - Parameter office: the office it must be for; nil for any office of the directory.
    /// - Throws: ``BundleRefusal``, the first step that fails.
    package func statement(
        _ bytes: [UInt8], for office: OfficeID?
    ) throws(BundleRefusal) -> VerifiedRelease {
        let verified = try signatures(of: bytes)
        let statement: ReleaseStatement
        do {
            statement = try verified.release()
        } catch {
            throw .badStatement("it is not a release")
        }
        let addressee = try addressee(of: statement, expected: office)
        try checkDirectory(of: statement)
        try checkTime(of: statement)
        let persons = verified.persons.compactMap(PersonID.init)
        return VerifiedRelease(
            statement: statement, digest: verified.digest, persons: persons.sorted(),
            office: addressee, roster: signers)
    }

    /// The keys of persons who may sign, without revoked ones.
    private var signers: [Verifier] {
        guard purpose != .auditing else { return directory.verifiers }
        return directory.verifiers.filter { !directory.isRevoked($0.key.fingerprint) }
    }

    /// The key of `person`; nil when the roster has no such person.
    func key(of person: PersonID) -> VerifyingKey? {
        signers.first { $0.person == person }?.key
    }

    // Steps 1 and 2.
    private func signatures(of bytes: [UInt8]) throws(BundleRefusal) -> VerifiedStatement {
        do throws(StatementError) {
            let roster = try Roster(signers.map { .init(person: $0.person.text, key: $0.key) })
            return try SignedStatement(bytes).verified(by: roster)
        } catch {
            throw refusal(for: error, in: bytes)
        }
    }

    private func refusal(for error: StatementError, in bytes: [UInt8]) -> BundleRefusal {
        func person(_ keyID: String) -> PersonID? {
            signers.first { $0.key.keyID == keyID }?.person
        }
        switch error {
        case .malformedEnvelope: return .badStatement("its envelope is malformed")
        case .malformedStatement: return .badStatement("it is malformed")
        case .ambiguousRoster: return .badStatement("the roster gives one key to two persons")
        case .unknownKey: return .unknownSigner
        case .badSignature(let keyID):
            return person(keyID).map { .badStatementSignature($0) } ?? .unknownSigner
        case .repeatedKey(let keyID):
            return person(keyID).map { .samePersonTwice($0) } ?? .unknownSigner
        case .repeatedPerson(let name):
            return PersonID(name).map { .samePersonTwice($0) } ?? .unknownSigner
        case .tooFewPersons:
            let keyID = try? SignatureEnvelope(bytes).signatures.first?.keyID
            return keyID.flatMap(person).map { .onlyOnePerson($0) } ?? .unsigned
        }
    }

    // Step 3.
    private func addressee(
        of statement: ReleaseStatement, expected: OfficeID?
    ) throws(BundleRefusal) -> Office {
        if let expected, statement.office != expected.text {
            throw .wrongOffice(stated: statement.office, expected: expected)
        }
        guard let id = OfficeID(statement.office) else {
            throw .badStatement("it names no office")
        }
        guard let office = directory.office(id) else { throw .unknownOffice(id) }
        if purpose != .auditing {
            guard !directory.isRevoked(office),
                !directory.isRevoked(statement.officeKeyFingerprint)
            else { throw .revokedOfficeKey(id) }
        }
        guard office.fingerprint == statement.officeKeyFingerprint else {
            throw .wrongOfficeKey(id)
        }
        return office
    }

    // Step 4.
    private func checkDirectory(of statement: ReleaseStatement) throws(BundleRefusal) {
        if purpose != .auditing, let today = Day(now.day), directory.isExpired(on: today) {
            throw .directoryExpired(directory.contents.expires.text)
        }
        guard let version = Int(exactly: statement.directoryVersion) else { throw .otherDirectory }
        guard version <= directory.version else {
            throw .directoryOlder(version: directory.version, seen: version)
        }
        guard
            let then = ([directory] + earlier).first(where: {
                $0.version == version && $0.digest == statement.directoryDigest
            })
        else { throw .otherDirectory }
        guard then.policyDigest == statement.policyDigest else { throw .policyMismatch }
    }

    // Step 5.
    private func checkTime(of statement: ReleaseStatement) throws(BundleRefusal) {
        guard purpose != .auditing else { return }
        guard now < statement.expires else { throw .expired(statement.expires.text) }
        guard purpose == .storing || statement.notBefore <= now else {
            throw .notYetValid(statement.notBefore.text)
        }
    }
}

/// A release whose statement, signers, office and time have been checked.
///
/// Only ``ReleaseCheck`` makes one.
package struct VerifiedRelease: Equatable, Sendable {
    /// What was signed.
    package let statement: ReleaseStatement
    /// SHA-256 of the signed bytes: the bundle's name.
    package let digest: Hash
    /// Who signed, by handle.
    package let persons: [PersonID]
    /// The office it is for.
    package let office: Office
    /// The persons whose signatures counted when it was checked.
    let roster: [Verifier]

    fileprivate init(
        statement: ReleaseStatement, digest: Hash, persons: [PersonID], office: Office,
        roster: [Verifier]
    ) {
        self.statement = statement
        self.digest = digest
        self.persons = persons
        self.office = office
        self.roster = roster
    }
}
