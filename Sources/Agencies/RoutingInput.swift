package import Tips

/// One thing of a case that could go to an office: an original part or an approved derivative.
package struct RoutablePart: Equatable, Sendable {
    /// Its payload digest.
    package var id: SHA256Digest
    /// The class it is filed under.
    package var partClass: PartClass
    /// What classes of information it really contains, as verifiers labelled it; nil while nobody
    /// has looked, and then it goes nowhere.
    package var labels: Set<PartClass>?
    /// Where it comes from.
    package var origin: Origin

    /// A part as the case holds it.
    package init(
        id: SHA256Digest, partClass: PartClass, labels: Set<PartClass>?, origin: Origin
    ) {
        self.id = id
        self.partClass = partClass
        self.labels = labels
        self.origin = origin
    }

    /// Where a part comes from.
    package enum Origin: Equatable, Sendable {
        /// Sealed by the reporter's device.
        case original
        /// Made at the desk from the original with this payload digest, and approved.
        case derivative(DerivativeKind, of: SHA256Digest)
    }

    /// Its class and its labels together: everything that consent and clearance must cover.
    package var contents: Set<PartClass> { (labels ?? []).union([partClass]) }
}

/// What the desk made from an original.
package enum DerivativeKind: String, CaseIterable, Sendable {
    /// The same text or picture with passages covered.
    case redaction
    /// A new file rendered from the old one, without its metadata.
    case safeCopy = "safe copy"
    /// A new text that says less.
    case summary
    /// A new text in another language.
    case translation
}

/// All that routing looks at. Everything in it has been verified by its own type.
package struct RoutingInput: Sendable {
    /// The verified directory.
    package var directory: Directory
    /// The policy that this directory names.
    package var policy: Policy
    /// The later of the clock and the newest signed time known.
    package var today: Day
    /// By office, the part classes that the reporter consented to: from verified leaves only.
    package var consents: [OfficeID: Set<PartClass>]
    /// The offices that must never get anything.
    package var never: Set<OfficeID>
    /// The parts of the case and the approved derivatives.
    package var parts: [RoutablePart]

    /// Collects what routing looks at.
    package init(
        directory: Directory, policy: Policy, today: Day,
        consents: [OfficeID: Set<PartClass>], never: Set<OfficeID>, parts: [RoutablePart]
    ) {
        self.directory = directory
        self.policy = policy
        self.today = today
        self.consents = consents
        self.never = never
        self.parts = parts
    }
}
