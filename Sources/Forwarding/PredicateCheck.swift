internal import Agencies
internal import Custody
internal import NativePrimitives
package import Tips

/// The checks of what only the office can open, before anything is handed to people.
///
/// 1. The predicate is in its one form and is the one that the statement commits to.
/// 2. It is for the statement's office and of the statement's tip.
/// 3. It lists the statement's parts, in order, with the same headers and payloads.
/// 4. The consent leaf is for this office, of this tip's key, and signed by it; or that key allows
///    transcription of one file, and two persons of the roster signed what they read in it.
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
        let consent = try consent(of: predicate, roster: release.roster)
        try checkCoverage(of: predicate, by: consent)
        return VerifiedPredicate(predicate: predicate, consent: consent, release: release)
    }

    // Step 4.
    private static func consent(
        of predicate: BundlePredicate, roster: [Verifier]
    ) throws(BundleRefusal) -> ConsentLeaf {
        let leaf: ConsentLeaf
        do throws(FormatError) {
            leaf = try ConsentLeaf.decode(predicate.consent.leaf.span)
        } catch {
            throw .badConsent
        }
        guard leaf.tipKey == predicate.tipKey else { throw .consentOfAnotherTip }
        guard leaf.office == predicate.office.text else { throw .consentForAnotherOffice }
        switch predicate.consent {
        case .signed(let bytes, let signature):
            do throws(FormatError) {
                _ = try UnverifiedConsent(decoding: bytes, signature: signature)
                    .verified(for: predicate.tipKey, with: NativePrimitives.self)
            } catch {
                throw .badConsentSignature
            }
        case .transcribed(_, let transcription): try transcription.check(leaf, roster: roster)
        }
        return leaf
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
    package let consent: ConsentLeaf
    /// The release.
    package let release: VerifiedRelease

    fileprivate init(
        predicate: BundlePredicate, consent: ConsentLeaf, release: VerifiedRelease
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
