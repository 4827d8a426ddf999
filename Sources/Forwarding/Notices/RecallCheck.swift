internal import Agencies
package import Custody

/// The check of what only the office can open of a recall, before anything is handed to people.
///
/// 1. The release is a recall.
/// 2. The notice is in its one form and is the one that the statement commits to.
/// 3. It is for the statement's office.
package enum RecallCheck {
    /// Checks the opened `predicate.age` of `release`.
    ///
    /// - Throws: ``BundleRefusal``, the first step that fails.
    package static func verified(
        _ bytes: [UInt8], of release: VerifiedRelease
    ) throws(BundleRefusal) -> VerifiedRecall {
        guard let recall = release.statement.notice?.recall else { throw .otherPredicate }
        let notice = try RecallNotice(decoding: bytes)
        guard notice.commitment == release.statement.sealedPredicateDigest else {
            throw .otherPredicate
        }
        guard notice.office == release.office.id else {
            throw .wrongOffice(stated: notice.office.text, expected: release.office.id)
        }
        return VerifiedRecall(notice: notice, bundles: recall.bundles)
    }
}

/// A recall whose reason is the one that two persons signed.
///
/// Only ``RecallCheck`` makes one.
package struct VerifiedRecall: Equatable, Sendable {
    /// Why.
    package let notice: RecallNotice
    /// The bundles that it recalls.
    package let bundles: [ReleaseStatement.Earlier]

    fileprivate init(notice: RecallNotice, bundles: [ReleaseStatement.Earlier]) {
        self.notice = notice
        self.bundles = bundles
    }
}
