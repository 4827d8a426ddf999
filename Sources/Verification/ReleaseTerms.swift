internal import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Sealing
internal import Tips

/// What a release states beside what the case itself gives.
struct ReleaseTerms {
    let sequence: UInt64
    let notBefore: Hour
    let expires: Hour
    let checkpoint: String?
}

/// The names of one draft's files.
struct DraftNames {
    let tip: TipID
    let draft: Hash
    let office: OfficeID

    func name(_ file: String) -> PreparedName {
        PreparedName(tip: tip, draft: draft, office: office, file: file)
    }
}

extension OpenedCase {
    /// The statement for these facts.
    func statement(
        _ facts: ReleaseFacts, files: [PreparedFile], predicate: BundlePredicate,
        _ terms: ReleaseTerms
    ) throws -> ReleaseStatement {
        try ReleaseStatement(
            tip: tip, office: facts.office.id.text,
            officeKeyFingerprint: facts.office.fingerprint,
            parts: zip(facts.parts, files).map { part, file in
                ReleaseStatement.Part(
                    name: file.file, payloadDigest: part.digests.payload,
                    headerDigest: file.header)
            },
            sequence: terms.sequence, notBefore: terms.notBefore, expires: terms.expires,
            directoryVersion: UInt64(desk.directory.version),
            directoryDigest: desk.directory.digest, policyDigest: desk.directory.policyDigest,
            sealedPredicateDigest: predicate.commitment, deskCheckpoint: terms.checkpoint,
            notice: facts.earlier.isEmpty ? nil : .supplement(to: facts.earlier))
    }
}

extension DeskAgentClient {
    /// Prepares a part on disk.
    func prepare(
        _ name: PreparedName, _ part: PartFile, classes: [PartClass]
    ) throws -> PreparedFile {
        let header = try part.header()
        let file = try OpenFile(reading: part.path)
        let total = try file.regularFileLength() ?? 0
        var position = header.count
        return try prepare(name, header: header, classes: classes) {
            let piece = try file.read(at: position, count: PartFile.pieceBytes)
            position += piece.count
            part.watcher("Preparing", position, total)
            return piece.isEmpty ? nil : piece
        }
    }

    /// Prepares a small file in memory.
    func prepare(
        _ name: PreparedName, _ sealed: SealedContainer, classes: [PartClass]
    ) throws -> PreparedFile {
        var rest: [UInt8]? = sealed.payload
        return try prepare(name, header: sealed.header, classes: classes) {
            defer { rest = nil }
            return rest
        }
    }
}
