package import Agencies
package import Custody
internal import Forwarding

/// A bundle of a case that left for an office, and what became of it.
package struct SentBundle: Sendable {
    /// The office.
    package let office: OfficeID
    /// What names it: its statement, and its number for the office.
    package let bundle: ReleaseStatement.Earlier
    /// The payloads that the office got with it.
    package let payloads: [Hash]
    /// Whether a recall of it has left.
    package let isRecalled: Bool
    /// Whether the office has ever answered about it.
    package let isAnswered: Bool
}

extension OpenedCase {
    /// Every bundle with something of the case in it that left, by office and number; recalls are none.
    package func sentBundles() throws(DeskError) -> [SentBundle] {
        try Verification.desk {
            let left = try record.prepared.filter { record.released.contains($0.digest) }
                .map { (digest: $0.digest, claim: try $0.claim()) }
            let recalled = Set(
                left.flatMap { $0.claim.notice?.recall?.bundles ?? [] }.map(\.release))
            let answered = Set(
                record.acknowledgements.compactMap {
                    try? Acknowledgement.verified($0, by: desk.directory).bundle
                })
            let bundles: [SentBundle] = left.compactMap { digest, claim in
                guard claim.notice?.recall == nil, let office = OfficeID(claim.office) else {
                    return nil
                }
                return SentBundle(
                    office: office, bundle: .init(release: digest, sequence: claim.sequence),
                    payloads: claim.parts.map(\.payloadDigest),
                    isRecalled: recalled.contains(digest), isAnswered: answered.contains(digest))
            }
            return bundles.sorted {
                ($0.office, $0.bundle.sequence) < ($1.office, $1.bundle.sequence)
            }
        }
    }

    /// The same for one office.
    func sent(to office: OfficeID) throws(DeskError) -> [SentBundle] {
        try sentBundles().filter { $0.office == office }
    }

    /// What the office was sent and may still use.
    func standing(at office: OfficeID) throws(DeskError) -> [SentBundle] {
        try sent(to: office).filter { !$0.isRecalled }
    }
}

extension OpenedCase {
    /// Whether a recall is prepared and not sent.
    package var hasRecallPrepared: Bool { record.open.contains { (try? $0.recall) != nil } }

    /// Whether a release was begun, and dispatch may have it.
    package var isBeingSent: Bool { !record.sending.isEmpty }

    /// What whoever destroys the case must know first: afterwards nothing can be recalled. Nil when no
    /// office has anything.
    package var destroyWarning: String? {
        guard let sent = try? sentBundles() else {
            return "It cannot be read which offices have something of this case."
        }
        let offices = Set(sent.filter { !$0.isRecalled }.map(\.office))
        guard !offices.isEmpty else { return nil }
        return "Something of this case is still with "
            + offices.sorted().map(\.text).joined(separator: ", ")
            + ". Recall it first: once the case is destroyed, nothing tells what they have."
    }
}

extension PreparedRelease {
    /// What it recalls; nil for a release of parts.
    var recall: ReleaseStatement.Recall? {
        get throws { try claim().notice?.recall }
    }
}

extension CaseRecord {
    /// Why what is prepared may not go; nil while it may. A recall carries nothing of the reporter's,
    /// and goes out of a case that is stopped: that is when it is needed.
    var stoppedRelease: String? {
        guard let stopped else { return nil }
        let open = open
        return !open.isEmpty && open.allSatisfy { (try? $0.recall) != nil } ? nil : stopped
    }
}
