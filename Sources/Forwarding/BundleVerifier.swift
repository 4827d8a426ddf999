package import Agencies
package import Custody
internal import NativePrimitives
internal import Sealing
internal import Tips

/// Checks all of a bundle that can be checked without an identity.
///
/// 1. The tar is in our one form, with exactly the files that its statement calls for.
/// 2. The statement passes ``ReleaseCheck``.
/// 3. SHA256SUMS is signed by the statement's persons, and its digests are right.
/// 4. Each part's header and payload are the ones that were signed, and so are those of a recall's
///    two files.
/// 5. The custody log holds the event of this release, by the log key of the directory
///    (or by another policy, see ``ReleaseCheck/logPolicy``).
package struct BundleVerifier<Source: SeekableBytes> {
    private let tar: TarReader<Source>
    private let check: ReleaseCheck

    /// A verifier of the bundle in `source`.
    ///
    /// - Throws: ``BundleRefusal/badArchive(_:)``.
    package init(_ source: Source, check: ReleaseCheck) throws(BundleRefusal) {
        do throws(TarError) {
            tar = try TarReader(source, memberLimit: BundleLimits.members)
        } catch {
            throw .badArchive(error)
        }
        self.check = check
    }

    /// Checks the bundle.
    ///
    /// - Parameters:
    ///   - office: the office it must be for; nil for any office of the directory.
    ///   - progress: told the bytes read since the last call.
    /// - Throws: ``BundleRefusal``, the first thing that is wrong.
    package func verified(
        for office: OfficeID?, progress: (Int) -> Void = { _ in }
    ) throws(BundleRefusal) -> VerifiedBundle<Source> {
        let statement = try small(BundleNames.statement, BundleLimits.statementBytes)
        let release = try check.statement(statement, for: office)
        try checkNames(of: release.statement)
        let sums = try checkSums(of: release)
        let predicate = try small(
            BundleNames.predicate, BundleLimits.predicateBytes, is: sums.predicate)
        let cover = try small(BundleNames.cover, BundleLimits.coverBytes, is: sums.cover)
        try release.statement.notice?.recall?.check(predicate: predicate, cover: cover)
        for (part, digest) in zip(release.statement.parts, sums.parts) {
            try checkPart(part, whole: digest, progress: progress)
        }
        let proof = try checkLog(of: release)
        return VerifiedBundle(release: release, sums: sums, proof: proof, tar: tar)
    }

    // Step 1.
    private func checkNames(of statement: ReleaseStatement) throws(BundleRefusal) {
        var wanted: Set<String> = [
            BundleNames.statement, BundleNames.predicate, BundleNames.cover, BundleNames.sums,
            BundleNames.event, BundleNames.proof,
        ]
        for (index, part) in statement.parts.enumerated() {
            guard part.name == BundleNames.part(index) else { throw .wrongPartCount }
            wanted.insert(part.name)
        }
        for name in wanted.sorted() where tar.member(name) == nil { throw .missingMember(name) }
        for name in tar.names where !wanted.contains(name) {
            guard BundleNames.person(ofSignature: name) != nil else {
                throw .unexpectedMember(name)
            }
        }
    }

    // Step 3.
    private func checkSums(of release: VerifiedRelease) throws(BundleRefusal) -> Sums {
        let bytes = try small(BundleNames.sums, BundleLimits.sumsBytes)
        var signatures: [PersonID: [UInt8]] = [:]
        for name in tar.names {
            guard let person = BundleNames.person(ofSignature: name) else { continue }
            signatures[person] = try small(name, BundleLimits.signatureBytes)
        }
        for person in release.persons where signatures[person] == nil {
            throw .missingMember(BundleNames.signature(by: person))
        }
        return try check.checkSums(bytes, of: release, signatures: signatures)
    }

    private func small(
        _ name: String, _ limit: Int, is digest: Hash
    ) throws(BundleRefusal) -> [UInt8] {
        let bytes = try small(name, limit)
        guard Hash(sha256: bytes) == digest else { throw .sumsMismatch(name) }
        return bytes
    }

    // Step 4.
    private func checkPart(
        _ part: ReleaseStatement.Part, whole: Hash, progress: (Int) -> Void
    ) throws(BundleRefusal) {
        let header = try header(of: part.name)
        guard Hash(sha256: header) == part.headerDigest else {
            throw .alteredHeader(part.name)
        }
        let payload = LibcryptoSHA256()
        let file = LibcryptoSHA256()
        var skip = header.count
        try stream(part.name) { piece in
            file.update(piece.span)
            let skipped = min(skip, piece.count)
            payload.update(piece.span.extracting(skipped..<piece.count))
            skip -= skipped
            progress(piece.count)
        }
        guard payload.finish() == part.payloadDigest.bytes else {
            throw .alteredPayload(part.name)
        }
        guard file.finish() == whole.bytes else { throw .sumsMismatch(part.name) }
    }

    /// The header at the start of a part, found by its own form: where it ends is not signed, but
    /// its digest is.
    private func header(of name: String) throws(BundleRefusal) -> [UInt8] {
        let start = try reading { () throws(TarError) in
            try tar.bytes(of: name, at: 0, count: BundleLimits.headerBytes)
        }
        guard let start else { throw .missingMember(name) }
        do throws(HeaderError) {
            return [UInt8](start[..<(try Header.parse(start.span).byteCount)])
        } catch {
            throw .alteredHeader(name)
        }
    }

    // Step 5.
    private func checkLog(of release: VerifiedRelease) throws(BundleRefusal) -> VerifiedLogProof {
        try ReleaseLogCheck(policy: check.logPolicy).verified(
            event: try small(BundleNames.event, BundleLimits.eventBytes),
            proof: try small(BundleNames.proof, BundleLimits.proofBytes), of: release)
    }

    private func small(_ name: String, _ limit: Int) throws(BundleRefusal) -> [UInt8] {
        guard let member = tar.member(name) else { throw .missingMember(name) }
        guard member.byteCount <= limit else { throw .memberTooLarge(name) }
        let bytes = try reading { () throws(TarError) in try tar.bytes(of: name, limit: limit) }
        guard let bytes else { throw .missingMember(name) }
        return bytes
    }

    private func stream(
        _ name: String, _ body: ([UInt8]) throws(TarError) -> Void
    ) throws(BundleRefusal) {
        let found = try reading { () throws(TarError) in try tar.forEachPiece(of: name, body) }
        guard found else { throw .missingMember(name) }
    }

    private func reading<Result>(
        _ body: () throws(TarError) -> Result
    ) throws(BundleRefusal) -> Result {
        do throws(TarError) {
            return try body()
        } catch {
            throw .badArchive(error)
        }
    }
}

/// A bundle of which everything was checked that can be checked without an identity.
///
/// Only ``BundleVerifier`` makes one. What is read from it later is compared again with what was
/// signed, since the file may change meanwhile.
package struct VerifiedBundle<Source: SeekableBytes> {
    /// The release.
    package let release: VerifiedRelease
    /// The digests of its age files.
    package let sums: Sums
    /// Where the custody log holds the release.
    package let proof: VerifiedLogProof
    /// The bundle's files.
    package let tar: TarReader<Source>

    fileprivate init(
        release: VerifiedRelease, sums: Sums, proof: VerifiedLogProof, tar: TarReader<Source>
    ) {
        self.release = release
        self.sums = sums
        self.proof = proof
        self.tar = tar
    }
}
