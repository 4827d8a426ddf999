internal import Agencies
internal import Custody
internal import NativePrimitives
package import Tips

/// The checks of what only the office can open, before anything is handed to people.
///
/// 1. The predicate is in its one form and is the one that the statement commits to.
/// 2. It is for the statement's office and of the statement's tip.
/// 3. It lists the statement's parts, in order, with the same headers and payloads.
/// 4. The consent leaf is for this office, of this tip's key, and signed by it.
/// 5. Consent covers the class of every part and everything that the part really contains.
package enum PredicateCheck {
    /// Checks the opened `predicate.age` of `release`.
    ///
    /// - Throws: ``BundleRefusal``, the first step that fails.
    package static func verified(
        _ bytes: [UInt8], of release: VerifiedRelease
    ) throws(BundleRefusal) -> VerifiedPredicate {
        let predicate = try BundlePredicate(decoding: bytes)
        let statement = release.statement
        guard predicate.commitment == statement.sealedPredicateDigest else {
            throw .otherPredicate
        }
        guard predicate.office == release.office.id else {
            throw .wrongOffice(stated: predicate.office.text, expected: release.office.id)
        }
        guard TipID(predicate.tipKey, with: NativePrimitives.self) == statement.tip else {
            throw .otherTip
        }
        let listed = predicate.parts.map { [$0.header, $0.payload] }
        guard listed == statement.parts.map({ [$0.headerDigest, $0.payloadDigest] }) else {
            throw .partsDisagree
        }
        let consent = try consent(of: predicate)
        try checkCoverage(of: predicate, by: consent.leaf)
        return VerifiedPredicate(predicate: predicate, consent: consent, release: release)
    }

    // Step 4.
    private static func consent(
        of predicate: BundlePredicate
    ) throws(BundleRefusal) -> VerifiedConsent {
        let unverified: UnverifiedConsent
        do throws(FormatError) {
            unverified = try UnverifiedConsent(
                decoding: predicate.consent, signature: predicate.consentSignature)
        } catch {
            throw .badConsent
        }
        guard unverified.leaf.tipKey == predicate.tipKey else { throw .consentOfAnotherTip }
        guard unverified.leaf.office == predicate.office.text else {
            throw .consentForAnotherOffice
        }
        do throws(FormatError) {
            return try unverified.verified(for: predicate.tipKey, with: NativePrimitives.self)
        } catch {
            throw .badConsentSignature
        }
    }

    // Step 5.
    private static func checkCoverage(
        of predicate: BundlePredicate, by leaf: ConsentLeaf
    ) throws(BundleRefusal) {
        for (index, part) in predicate.parts.enumerated() {
            let missing = part.contents.subtracting(leaf.classes).sorted()
            guard missing.isEmpty else {
                throw .notConsented(
                    part: BundleNames.part(index),
                    contains: missing.map(\.name).joined(separator: ", "))
            }
        }
    }
}

/// A predicate that belongs to its release, and whose consent is the reporter's.
///
/// Only ``PredicateCheck`` makes one.
package struct VerifiedPredicate: Equatable, Sendable {
    /// What it says.
    package let predicate: BundlePredicate
    /// The consent.
    package let consent: VerifiedConsent
    /// The release.
    package let release: VerifiedRelease

    fileprivate init(
        predicate: BundlePredicate, consent: VerifiedConsent, release: VerifiedRelease
    ) {
        self.predicate = predicate
        self.consent = consent
        self.release = release
    }

    /// The parts with the names of their files.
    package var parts: [(name: String, part: BundlePredicate.Part)] {
        predicate.parts.enumerated().map { (BundleNames.part($0), $1) }
    }
}
