package import Tips

/// Why a part does not go to an office. Each case explains itself in ``words``.
package enum WithholdReason: Equatable, Hashable, Sendable {
    /// The reporter put the office on the *never* list: beats everything.
    case never
    /// The verified directory does not know the office.
    case unknownOffice
    /// A key of the office is on the directory's list of revoked keys.
    case revokedKey
    /// The directory is past its expiry.
    case directoryExpired
    /// The policy is not the one that the directory names.
    case policyMismatch
    /// The reporter's consent does not name the office.
    case noConsent
    /// The class never leaves the desk.
    case deskOnly
    /// No verifier has said yet what the part contains.
    case unlabelled
    /// The reporter's consent for this office leaves out these classes, which the part contains.
    case notConsented(Set<PartClass>)
    /// The office is not cleared for these classes, which the part contains.
    case notCleared(Set<PartClass>)
    /// The office's key is not post-quantum, and the part contains these classes.
    case notPostQuantum(Set<PartClass>)
    /// A derivative, and the original itself goes.
    case originalGoes
    /// A derivative of something that is not in this case.
    case originalMissing

    /// The reason in plain words, to follow "withheld: ".
    package var words: String {
        switch self {
        case .never: "the reporter said never"
        case .unknownOffice: "the signed directory does not know this office"
        case .revokedKey: "a key of this office has been revoked"
        case .directoryExpired: "the signed directory has expired"
        case .policyMismatch: "the routing policy is not the one the signed directory names"
        case .noConsent: "the reporter did not agree to this office"
        case .deskOnly: "parts of this kind never leave the desk"
        case .unlabelled: "no verifier has labelled what this part contains"
        case .notConsented(let classes):
            "the reporter did not agree that this office sees \(Self.list(classes)), "
                + "which this part contains"
        case .notCleared(let classes):
            "the office is not cleared for \(Self.list(classes)), which this part contains"
        case .notPostQuantum(let classes):
            "the office's key is not post-quantum, and this part contains \(Self.list(classes))"
        case .originalGoes: "the original itself goes"
        case .originalMissing: "what it was made from is not in this case"
        }
    }

    /// The names of `classes` in the order of their codes: "place", "reporter and place".
    private static func list(_ classes: Set<PartClass>) -> String {
        let names = classes.sorted().map(\.name)
        guard names.count > 1, let last = names.last else { return names.first ?? "nothing" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}

/// What routing decided for one part and one office.
package struct RoutingDecision: Equatable, Sendable {
    /// The part.
    package let part: RoutablePart
    /// The decision.
    package let outcome: Outcome

    /// Release, or every reason against it.
    package enum Outcome: Equatable, Sendable {
        /// The part goes to the office.
        case release
        /// The part stays; `instead` are the approved derivatives of it that go.
        case withhold([WithholdReason], instead: [RoutablePart])
    }

    /// Whether the part goes.
    package var isRelease: Bool { outcome == .release }

    /// The decision in plain words.
    package var words: String {
        guard case .withhold(let reasons, let instead) = outcome else { return "released" }
        let why = "withheld: " + reasons.map(\.words).joined(separator: "; ")
        let kinds = instead.compactMap { part -> String? in
            guard case .derivative(let kind, _) = part.origin else { return nil }
            return "an approved \(kind.rawValue)"
        }
        guard !kinds.isEmpty else { return why }
        return why + "; " + kinds.joined(separator: " and ")
            + (kinds.count == 1 ? " goes instead" : " go instead")
    }
}

/// What routing decided for one office, part by part, in the order of the parts.
package struct OfficeRouting: Equatable, Sendable {
    /// The office.
    package let office: OfficeID
    /// Why nothing at all goes to the office; empty when parts are decided one by one.
    package let barred: [WithholdReason]
    /// One decision for each part.
    package let decisions: [RoutingDecision]

    /// The parts that go, in the order of the parts.
    package var released: [RoutablePart] { decisions.filter(\.isRelease).map(\.part) }
}
