package import Agencies
internal import Custody

/// The names of a bundle's members: there are no others.
package enum BundleNames {
    /// The signed release statement.
    package static let statement = "statement.dsse.json"
    /// The sealed predicate, for the agency's program.
    package static let predicate = "predicate.age"
    /// The sealed cover sheet, for people.
    package static let cover = "cover.age"
    /// Digests of the age files, for `sha256sum -c`.
    package static let sums = "SHA256SUMS"
    /// Salt and event of the release in the custody log.
    package static let event = "custody/release.event"
    /// Proof that the custody log holds that event.
    package static let proof = "custody/release.tlog-proof"

    /// The name of part `index`, which counts from 0: `parts/00.age`.
    package static func part(_ index: Int) -> String {
        ReleaseStatement.partName(index)
    }

    /// The name of a person's signature over ``sums``.
    package static func signature(by person: PersonID) -> String {
        sums + "." + person.text + ".sig"
    }

    /// The person whose signature has this name; nil for any other name.
    package static func person(ofSignature name: String) -> PersonID? {
        guard name.hasPrefix(sums + "."), name.hasSuffix(".sig"),
            name.utf8.count > sums.utf8.count + 5
        else { return nil }
        return PersonID(String(name.dropFirst(sums.count + 1).dropLast(4)))
    }
}

/// The sizes that a bundle keeps to.
package enum BundleLimits {
    /// Most parts of one bundle.
    package static let parts = 100
    /// Fewest and most persons who sign one.
    package static let signatures = 2...8
    /// Most bytes of the statement with its signatures.
    package static let statementBytes = 256 * 1024
    /// Most bytes of the sealed predicate.
    package static let predicateBytes = 512 * 1024
    /// Most bytes of the sealed cover sheet.
    package static let coverBytes = 256 * 1024
    /// Most bytes of SHA256SUMS.
    package static let sumsBytes = 32 * 1024
    /// Most bytes of a part's header: one recipient needs under 2 KiB.
    package static let headerBytes = 8 * 1024
    /// Most bytes of a part's payload: with its header it must fit a member of the tar.
    package static let payloadBytes = TarHeader.memberLimit - headerBytes
    /// Bytes of an Ed25519 signature.
    package static let signatureBytes = 64
    /// Most bytes of a custody event with its salt.
    package static let eventBytes = 1024
    /// Most bytes of a tlog-proof.
    package static let proofBytes = 32 * 1024
    /// Most members of a bundle's tar.
    package static let members = parts + signatures.upperBound + 6
}
