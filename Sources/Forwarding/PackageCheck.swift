internal import Agencies
internal import Custody
internal import Sealing

/// What dispatch checks before it stores a release, and again before it offers one.
extension ReleaseCheck {
    /// Checks a package: the statement, then that every file is the one that was signed.
    ///
    /// Payloads are not here; that they have the digests and lengths named is for who holds them.
    /// - Throws: ``BundleRefusal``.
    package func package(_ package: ReleasePackage) throws(BundleRefusal) -> VerifiedRelease {
        let release = try statement(package.statement, for: nil)
        try checkParts(of: package, against: release.statement)
        let sums = try checkSums(package.sums, of: release, signatures: package.signatures)
        guard sums.predicate == Hash(sha256: package.predicate) else {
            throw .sumsMismatch(BundleNames.predicate)
        }
        guard sums.cover == Hash(sha256: package.cover) else {
            throw .sumsMismatch(BundleNames.cover)
        }
        if let recall = release.statement.notice?.recall {
            // A plan holds what is in it.
            guard package.plan == nil else { throw .badStatement("a recall is in no plan") }
            try recall.check(predicate: package.predicate, cover: package.cover)
        }
        return release
    }

    private func checkParts(
        of package: ReleasePackage, against statement: ReleaseStatement
    ) throws(BundleRefusal) {
        guard package.parts.count == statement.parts.count else { throw .wrongPartCount }
        for (index, (part, signed)) in zip(package.parts, statement.parts).enumerated() {
            guard signed.name == BundleNames.part(index) else { throw .wrongPartCount }
            guard part.payload == signed.payloadDigest,
                Payload.plaintextLength(of: part.payloadBytes) != nil
            else { throw .alteredPayload(signed.name) }
            guard part.headerDigest == signed.headerDigest, Self.isWholeHeader(part.header) else {
                throw .alteredHeader(signed.name)
            }
        }
    }

    private static func isWholeHeader(_ bytes: [UInt8]) -> Bool {
        guard let parsed = try? Header.parse(bytes.span) else { return false }
        return parsed.byteCount == bytes.count
    }

    /// Checks the form of SHA256SUMS, that it lists the statement's parts, and that exactly the
    /// persons who signed the statement signed it too.
    func checkSums(
        _ bytes: [UInt8], of release: VerifiedRelease, signatures: [PersonID: [UInt8]]
    ) throws(BundleRefusal) -> Sums {
        guard let sums = Sums(decoding: bytes) else { throw .sumsMismatch(BundleNames.sums) }
        guard sums.parts.count == release.statement.parts.count else { throw .wrongPartCount }
        guard signatures.keys.sorted() == release.persons else { throw .otherSumsSigners }
        // In the order of names, so that the same bundle is always refused in the same words.
        for (person, signature) in signatures.sorted(by: { $0.key < $1.key }) {
            guard let key = key(of: person), key.verifies(signature, over: bytes) else {
                throw .badSumsSignature(person)
            }
        }
        return sums
    }
}
