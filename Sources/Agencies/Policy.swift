package import Custody
package import Tips

/// What each office may ever be given: the root's decision, whatever a reporter consents to.
///
/// Default deny: an office that is not named, or a class that is not listed, is not cleared. A
/// clearance counts for a part's own class and for every label (what the part really contains).
package struct Policy: Equatable, Sendable {
    /// The longest policy text, in bytes.
    package static let byteLimit = 65_536

    /// The classes each office is cleared for.
    package let clearances: [OfficeID: Set<PartClass>]

    /// A policy of exactly these clearances.
    ///
    /// - Throws: ``PolicyFault/deskOnly(_:_:)``, ``PolicyFault/tooLarge``.
    package init(clearances: [OfficeID: Set<PartClass>]) throws(PolicyFault) {
        for (office, classes) in clearances {
            if let part = classes.sorted().first(where: \.isDeskOnly) {
                throw .deskOnly(office, part)
            }
        }
        guard clearances.count <= DirectoryContents.officeLimit else { throw .tooLarge }
        self.clearances = clearances
    }

    /// Whether `office` is cleared for `part` class.
    package func clears(_ office: OfficeID, for part: PartClass) -> Bool {
        clearances[office]?.contains(part) ?? false
    }

    /// SHA-256 of ``encoded``: what the directory pins and statements name.
    package var digest: Hash { Hash(sha256: encoded) }
}

/// Why bytes are not the policy of a directory.
package enum PolicyFault: Error, Equatable, Sendable {
    /// More than ``Policy/byteLimit`` bytes, or more offices than a directory holds.
    case tooLarge
    /// Not the one JSON text of a policy.
    case malformed(String)
    /// An office cleared for a class that never leaves the desk.
    case deskOnly(OfficeID, PartClass)
    /// The text is not the one the directory names.
    case notThisDirectorys

    /// The fault in plain words.
    package var message: String {
        switch self {
        case .tooLarge: "the routing policy is larger than any that the root would sign"
        case .malformed(let problem): "the routing policy is malformed: \(problem)"
        case .deskOnly(let office, let part):
            "the routing policy clears \(office) for \(part.name), which never leaves the desk"
        case .notThisDirectorys:
            "the routing policy is not the one the signed directory names (its digest differs)"
        }
    }
}

extension PartClass {
    /// Whether parts of this class never leave the desk: they hold keys and code words.
    package var isDeskOnly: Bool { !Self.releasable.contains(self) }
}
