internal import Agencies
internal import Agents
internal import Custody
internal import Forwarding

/// What a recall at one office consists of: all of the case that it was sent and that was not recalled
/// before. Preparing and approving use the same code; approving compares the two results.
struct RecallFacts {
    let office: Office
    let bundles: [ReleaseStatement.Earlier]
    /// How many more there are than one recall can name: the next names them.
    let rest: Int

    /// - Throws: ``DeskError/badInput(_:)`` when the office has nothing of the case, or the directory
    ///   does not know it any more.
    init(_ opened: OpenedCase, at office: OfficeID) throws {
        let standing = try opened.standing(at: office).map(\.bundle)
        guard !standing.isEmpty else {
            throw DeskError.badInput("\(office) has nothing of this case that could be recalled.")
        }
        guard let known = opened.desk.directory.office(office),
            !opened.desk.directory.isRevoked(known)
        else {
            throw DeskError.badInput(
                "The directory has no key of \(office) any more: tell it yourselves.")
        }
        self.office = known
        let limit = ReleaseStatement.Notice.earlierLimit
        bundles = Array(standing.prefix(limit))
        rest = standing.count - bundles.count
    }

    func cover(_ notice: RecallNotice, _ sequence: UInt64) -> String {
        CoverSheet.text(for: notice, of: bundles, to: office, sequence: sequence)
    }
}

extension OpenedCase {
    /// The statement of a recall whose two files the agent keeps.
    func statement(
        _ facts: RecallFacts, predicate: PreparedFile, cover: PreparedFile,
        commitment: Hash, _ terms: ReleaseTerms
    ) throws -> ReleaseStatement {
        func part(_ file: PreparedFile) -> ReleaseStatement.Part {
            ReleaseStatement.Part(
                name: file.file, payloadDigest: file.payload, headerDigest: file.header)
        }
        return try ReleaseStatement(
            tip: tip, office: facts.office.id.text,
            officeKeyFingerprint: facts.office.fingerprint, parts: [],
            sequence: terms.sequence, notBefore: terms.notBefore, expires: terms.expires,
            directoryVersion: UInt64(desk.directory.version),
            directoryDigest: desk.directory.digest, policyDigest: desk.directory.policyDigest,
            sealedPredicateDigest: commitment, deskCheckpoint: terms.checkpoint,
            notice: .recall(
                ReleaseStatement.Recall(
                    bundles: facts.bundles, predicate: part(predicate), cover: part(cover))))
    }
}
