package import Custody
package import Sealing

/// What kind of organisation an office belongs to; shown to reporters, decides nothing by itself.
package enum OfficeKind: String, CaseIterable, Sendable {
    /// An embassy or consulate.
    case embassy
    /// A police unit.
    case policeUnit = "police-unit"
    /// A prosecutor's office.
    case prosecutor
    /// A task force of several authorities.
    case taskForce = "task-force"
    /// A labour or social authority.
    case authority
    /// A non-governmental organisation.
    case ngo
    /// An international organisation.
    case international

    /// The kind in words, with its article.
    package var words: String {
        switch self {
        case .embassy: "an embassy or consulate"
        case .policeUnit: "a police unit"
        case .prosecutor: "a prosecutor's office"
        case .taskForce: "a task force of several authorities"
        case .authority: "a labour or social authority"
        case .ngo: "a non-governmental organisation"
        case .international: "an international organisation"
        }
    }
}

/// One office of one agency: never "a country", always people behind one key.
package struct Office: Equatable, Sendable {
    /// Its name in leaves, statements and paths.
    package var id: OfficeID
    /// Its name for people, at most ``PlainText/nameLimit`` bytes.
    package var name: String
    /// ISO 3166-1 alpha-2 code in capitals (`UN` and `EU` for bodies of several states).
    package var country: String
    /// What kind of organisation it belongs to.
    package var kind: OfficeKind
    /// Whether it belongs to, or reports to, a military. See ``isOfferedByDefault``.
    package var isMilitaryLinked: Bool
    /// What parts and predicates for this office are sealed to.
    package var recipient: Recipient
    /// What it signs acknowledgements and requests with.
    package var signingKey: VerifyingKey
    /// How to reach it, for people; at most ``PlainText/contactLimit`` bytes.
    package var contact: String
    /// By BCP 47 language tag, in plain words, what the office does and to whom it answers.
    package var descriptions: [String: String]

    /// An office as the root's holder vouches for it; ``DirectoryContents`` checks it.
    package init(
        id: OfficeID, name: String, country: String, kind: OfficeKind, isMilitaryLinked: Bool,
        recipient: Recipient, signingKey: VerifyingKey, contact: String,
        descriptions: [String: String]
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.kind = kind
        self.isMilitaryLinked = isMilitaryLinked
        self.recipient = recipient
        self.signingKey = signingKey
        self.contact = contact
        self.descriptions = descriptions
    }

    /// Whether a form may show the office without being asked for it.
    ///
    /// Occupied compounds have been bombed: an office linked to a military is off by default, and
    /// a reporter has to look for it before consenting.
    package var isOfferedByDefault: Bool { !isMilitaryLinked }

    /// The fingerprint of the recipient: what a release statement names, and what is revoked.
    package var fingerprint: Hash { recipient.fingerprint }

    /// The fingerprint of the signing key; revoking it revokes the office's recipient as well.
    package var signingFingerprint: Hash { signingKey.fingerprint }
}

/// Rules for text that a directory shows to people.
package enum PlainText {
    /// Longest name of an office or a person, in bytes of UTF-8.
    package static let nameLimit = 200
    /// Longest contact text, in bytes of UTF-8.
    package static let contactLimit = 500
    /// Longest description, in bytes of UTF-8.
    package static let descriptionLimit = 1_000

    /// Whether `text` is one non-empty line without control or direction-changing characters,
    /// which could make one office look like another.
    package static func isValid(_ text: String, byteLimit: Int) -> Bool {
        guard (1...byteLimit).contains(text.utf8.count) else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                false
            default: true
            }
        }
    }

    /// Whether `tag` looks like a BCP 47 tag: subtags of 1 to 8 letters or digits with hyphens.
    package static func isLanguageTag(_ tag: String) -> Bool {
        guard (2...35).contains(tag.utf8.count) else { return false }
        return tag.utf8.split(separator: 0x2D, omittingEmptySubsequences: false).allSatisfy {
            (1...8).contains($0.count)
                && $0.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
        }
    }

    /// Whether `code` is two capital letters.
    package static func isCountry(_ code: String) -> Bool {
        code.utf8.count == 2 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
}
