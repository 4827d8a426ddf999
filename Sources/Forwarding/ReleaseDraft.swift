package import Agencies
package import Custody

/// A release for one office while its signatures are collected.
///
/// Two texts are signed by each person: the statement (through its DSSE envelope) and SHA256SUMS.
/// Both are fixed by the draft, so that all persons sign identical bytes.
package struct ReleaseDraft: Equatable, Sendable {
    /// One part, with the digest of its whole age file.
    package struct Part: Equatable, Sendable {
        /// Header and payload.
        package let part: ReleasePackage.Part
        /// SHA-256 of header and payload together.
        package let file: Hash

        /// A part.
        package init(_ part: ReleasePackage.Part, file: Hash) {
            self.part = part
            self.file = file
        }
    }

    /// The statement without signatures.
    package let statement: ReleaseStatement
    /// `predicate.age`: header and payload.
    package let predicate: [UInt8]
    /// `cover.age`: header and payload.
    package let cover: [UInt8]
    /// The parts, in the order of the statement.
    package let parts: [Part]

    /// A draft of these files.
    ///
    /// - Throws: ``BundleRefusal/partsDisagree`` when the statement lists other parts.
    package init(
        statement: ReleaseStatement, predicate: [UInt8], cover: [UInt8], parts: [Part]
    ) throws(BundleRefusal) {
        let listed = statement.parts.map { [$0.headerDigest, $0.payloadDigest] }
        guard listed == parts.map({ [$0.part.headerDigest, $0.part.payload] }) else {
            throw .partsDisagree
        }
        self.statement = statement
        self.predicate = predicate
        self.cover = cover
        self.parts = parts
    }

    /// The statement to sign.
    package var unsigned: SignedStatement { SignedStatement(statement.statement) }

    /// SHA256SUMS, whose exact bytes each person signs.
    package var sums: [UInt8] {
        Sums(
            predicate: Hash(sha256: predicate), cover: Hash(sha256: cover),
            parts: parts.map(\.file)
        ).encoded
    }

    /// The package for dispatch; ``ReleaseCheck`` says whether it holds.
    package func package(
        signed: SignedStatement, sumsSignatures: [PersonID: [UInt8]],
        plan: ReleasePackage.Plan? = nil
    ) -> ReleasePackage {
        ReleasePackage(
            statement: signed.encoded, predicate: predicate, cover: cover, sums: sums,
            signatures: sumsSignatures, parts: parts.map(\.part), plan: plan)
    }
}
