internal import Custody
internal import Sealing

/// A recall's two files are named in its statement, header by header and payload by payload.
extension ReleaseStatement.Recall {
    /// Checks that `predicate` and `cover` are the two files that were signed.
    ///
    /// - Throws: ``BundleRefusal/alteredHeader(_:)``, ``BundleRefusal/alteredPayload(_:)``.
    func check(predicate: [UInt8], cover: [UInt8]) throws(BundleRefusal) {
        try Self.check(self.predicate, predicate)
        try Self.check(self.cover, cover)
    }

    private static func check(
        _ signed: ReleaseStatement.Part, _ file: [UInt8]
    ) throws(BundleRefusal) {
        guard let count = try? Header.parse(file.span).byteCount,
            Hash(sha256: Array(file[..<count])) == signed.headerDigest
        else { throw .alteredHeader(signed.name) }
        guard Hash(sha256: Array(file[count...])) == signed.payloadDigest else {
            throw .alteredPayload(signed.name)
        }
    }
}
