/// A statement in its envelope, with signatures that have not been checked.
package struct SignedStatement: Equatable, Sendable {
    /// The envelope as it was read, or as it grows.
    package private(set) var envelope: SignatureEnvelope
    /// What it claims; not to be believed yet.
    package let claim: Statement

    /// A statement that nobody has signed yet.
    package init(_ statement: Statement) {
        claim = statement
        envelope = SignatureEnvelope(
            payloadType: Statement.payloadType, payload: statement.encoded)
    }

    /// Reads a signed statement.
    ///
    /// - Throws: ``StatementError/malformedEnvelope``, ``StatementError/malformedStatement``.
    package init(_ bytes: [UInt8]) throws(StatementError) {
        envelope = try SignatureEnvelope(bytes)
        guard envelope.payloadType == Statement.payloadType else { throw .malformedStatement }
        claim = try Statement(envelope.payload)
    }

    /// The envelope as JSON.
    package var encoded: [UInt8] { envelope.encoded }

    /// SHA-256 of the signed payload: the name of the statement, however many signed it.
    package var digest: Hash { Hash(sha256: envelope.payload) }

    /// Adds the signature of `key`.
    package mutating func sign(with key: borrowing SigningKey) {
        envelope.sign(with: key)
    }

    /// Adds a signature made elsewhere over the envelope's `signedBytes`.
    package mutating func add(_ signature: SignatureEnvelope.Signature) {
        envelope.add(signature)
    }

    /// Checks every signature against `roster`.
    ///
    /// All must be good, each by another key of another person; `threshold` persons at least.
    ///
    /// - Throws: ``StatementError``: which key or person was refused, or how many are missing.
    package func verified(
        by roster: Roster, threshold: Int = 2
    ) throws(StatementError) -> VerifiedStatement {
        precondition(threshold >= 1, "a statement needs a signature")
        var persons: [String] = []
        var keyIDs: Set<String> = []
        for signature in envelope.signatures {
            guard keyIDs.insert(signature.keyID).inserted else {
                throw .repeatedKey(signature.keyID)
            }
            guard let member = roster.member(keyID: signature.keyID) else {
                throw .unknownKey(signature.keyID)
            }
            guard member.key.verifies(signature.bytes, over: envelope.signedBytes) else {
                throw .badSignature(signature.keyID)
            }
            guard !persons.contains(member.person) else { throw .repeatedPerson(member.person) }
            persons.append(member.person)
        }
        guard persons.count >= threshold else {
            throw .tooFewPersons(signed: persons.count, needed: threshold)
        }
        return VerifiedStatement(signed: self, persons: persons)
    }
}

/// A statement that enough different persons of the roster signed.
///
/// Only ``SignedStatement/verified(by:threshold:)`` makes one.
package struct VerifiedStatement: Equatable, Sendable {
    /// The envelope and the statement.
    package let signed: SignedStatement
    /// Who signed, each once.
    package let persons: [String]

    /// What they signed.
    package var statement: Statement { signed.claim }
    /// SHA-256 of the signed payload.
    package var digest: Hash { signed.digest }

    fileprivate init(signed: SignedStatement, persons: [String]) {
        self.signed = signed
        self.persons = persons
    }
}
