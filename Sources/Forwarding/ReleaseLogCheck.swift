package import Custody
internal import Tips

/// Whether the custody log holds the event of a release.
package struct ReleaseLogCheck: Sendable {
    private let policy: LogPolicy

    /// A check by the logs and witnesses of `policy`.
    package init(policy: LogPolicy) {
        self.policy = policy
    }

    /// Checks that `event` is the release's own and that `proof` shows it in the log.
    ///
    /// The desk's checkpoint in the statement, if there is one, must fit: an older or another
    /// history than the desk saw is refused.
    /// - Throws: ``BundleRefusal``.
    package func verified(
        event: [UInt8], proof: [UInt8], of release: VerifiedRelease
    ) throws(BundleRefusal) -> VerifiedLogProof {
        guard let leaf = try? SaltedLeaf(event) else { throw .badEvent }
        guard leaf.event.kind == .released, leaf.event.tip == release.statement.tip,
            leaf.event.object == release.digest, leaf.event.office == release.statement.office
        else { throw .otherEvent }
        let verified: VerifiedLogProof
        do throws(LogProofError) {
            let unverified = try UnverifiedLogProof(proof)
            verified = try unverified.verified(
                entry: leaf.commitment.bytes, by: policy)
        } catch {
            throw Self.refusal(for: error)
        }
        try compare(verified.checkpoint, with: release.statement.deskCheckpoint)
        return verified
    }

    private func compare(
        _ shown: VerifiedCheckpoint, with desk: String?
    ) throws(BundleRefusal) {
        guard let desk else { return }
        let seen: VerifiedCheckpoint
        do throws(NoteError) {
            seen = try UnverifiedCheckpoint([UInt8](desk.utf8)).verified(by: policy)
        } catch {
            throw .badProof("the desk's checkpoint in the statement is not the log's")
        }
        guard seen.checkpoint.size <= shown.checkpoint.size else { throw .forkedLog }
        if seen.checkpoint.size == shown.checkpoint.size,
            seen.checkpoint.root != shown.checkpoint.root
        {
            throw .forkedLog
        }
    }

    private static func refusal(for error: LogProofError) -> BundleRefusal {
        switch error {
        case .tooLong: .badProof("it is too long")
        case .malformed: .badProof("it is malformed")
        case .checkpoint: .badProof("its checkpoint is not signed by the log, or was altered")
        case .notIncluded: .notInLog
        }
    }
}
