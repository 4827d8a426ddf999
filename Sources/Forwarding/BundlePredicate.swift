package import Agencies
package import Custody
package import Tips

/// What only the office learns about a bundle: the plaintext of `predicate.age`.
///
/// The statement, which dispatch can read, carries only ``commitment`` of it. The salt in
/// it makes that digest say nothing to who cannot open it.
package struct BundlePredicate: Equatable, Sendable {
    /// Where a part comes from.
    package enum Origin: Equatable, Sendable {
        /// Sealed by the reporter's device, untouched.
        case original
        /// Made at the desk from something the office does not get; `note` says how, in words.
        case derivative(DerivativeKind, note: String)
    }

    /// One part of the bundle; the order is that of the files.
    package struct Part: Equatable, Sendable {
        /// The class it is filed under.
        package let partClass: PartClass
        /// The classes of information that it really contains, as verifiers labelled it.
        package let labels: Set<PartClass>
        /// Where it comes from.
        package let origin: Origin
        /// The file's name on the reporter's device, for people to read; may be empty. Never used
        /// as a path.
        package let givenName: String
        /// SHA-256 of the age header for this office.
        package let header: Hash
        /// SHA-256 of the payload.
        package let payload: Hash
        /// SHA-256 of what `age -d` yields.
        package let plaintext: Hash
        /// SHA-256 of the file inside the evidence tar; for other classes the same as
        /// ``plaintext``.
        package let original: Hash

        /// A part.
        package init(
            partClass: PartClass, labels: Set<PartClass>, origin: Origin, givenName: String,
            header: Hash, payload: Hash, plaintext: Hash, original: Hash
        ) {
            self.partClass = partClass
            self.labels = labels
            self.origin = origin
            self.givenName = givenName
            self.header = header
            self.payload = payload
            self.plaintext = plaintext
            self.original = original
        }

        /// All that consent must cover.
        package var contents: Set<PartClass> { labels.union([partClass]) }
    }

    /// Most bytes of the JSON text.
    package static let byteLimit = 256 * 1024
    /// Most bytes of one text for people in it.
    package static let textLimit = 8 * 1024

    /// The tip's public key, whose hash is the tip id of the statement.
    package let tipKey: TipKey
    /// The office that the bundle is for.
    package let office: OfficeID
    /// What the desk concluded, in one short line.
    package let verdict: String
    /// How sure it is.
    package let assessment: Assessment
    /// How the office must treat the bundle.
    package let handling: Handling
    /// The parts.
    package let parts: [Part]
    /// The consent for this office, and what shows that it is the reporter's.
    package let consent: ConsentProof
    /// 32 random bytes.
    package let salt: Hash

    /// A predicate.
    package init(
        tipKey: TipKey, office: OfficeID, verdict: String, assessment: Assessment,
        handling: Handling, parts: [Part], consent: ConsentProof, salt: Hash
    ) {
        self.tipKey = tipKey
        self.office = office
        self.verdict = verdict
        self.assessment = assessment
        self.handling = handling
        self.parts = parts
        self.consent = consent
        self.salt = salt
    }

    /// What the statement carries of this predicate.
    package var commitment: Hash {
        ReleaseStatement.sealedPredicateDigest(salt: salt.bytes, predicate: encoded)
    }
}
