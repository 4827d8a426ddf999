/// A signed checkpoint that has been read but not checked.
package struct UnverifiedCheckpoint: Hashable, Sendable {
    /// The longest signed checkpoint accepted, in bytes.
    package static let maximumByteCount = 16_384

    /// The note that carries it.
    package let note: UnverifiedNote
    /// What it claims; not to be believed yet.
    package let claim: Checkpoint

    /// Reads a signed checkpoint.
    ///
    /// - Throws: ``NoteError/tooLong``, ``NoteError/tooManySignatures``,
    ///   ``NoteError/malformedNote``, ``NoteError/malformedCheckpoint``.
    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong }
        note = try UnverifiedNote(bytes)
        claim = try Checkpoint(text: note.text)
    }

    /// Checks the checkpoint against `policy`: a signature of the log of that origin, and
    /// cosignatures of witnesses that make up the quorum.
    ///
    /// - Throws: ``NoteError/wrongOrigin(_:)``, ``NoteError/badSignature(_:)``,
    ///   ``NoteError/unsigned``, ``NoteError/quorumMissing``.
    package func verified(by policy: LogPolicy) throws(NoteError) -> VerifiedCheckpoint {
        let logs = policy.logs.filter { $0.name == claim.origin }
        guard !logs.isEmpty else { throw .wrongOrigin(claim.origin.description) }
        let verified = try note.verified(by: logs + policy.witnesses)
        let signers = verified.signers.map(\.verifier)
        guard signers.contains(where: logs.contains) else { throw .unsigned }
        guard policy.isSatisfied(by: signers) else { throw .quorumMissing }
        return VerifiedCheckpoint(checkpoint: claim, note: verified)
    }

    /// Checks the checkpoint against the one log with this key, without witnesses.
    ///
    /// - Throws: as ``verified(by:)-(LogPolicy)``.
    package func verified(by log: NoteVerifier) throws(NoteError) -> VerifiedCheckpoint {
        try verified(by: LogPolicy(log: log))
    }
}

/// A checkpoint whose log signature, and whose quorum of witnesses, have been checked.
///
/// Only ``UnverifiedCheckpoint/verified(by:)-(LogPolicy)`` makes one.
package struct VerifiedCheckpoint: Hashable, Sendable {
    /// What the log says.
    package let checkpoint: Checkpoint
    /// The note that says it.
    package let note: VerifiedNote

    fileprivate init(checkpoint: Checkpoint, note: VerifiedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }

    /// The signed checkpoint as bytes, to pass on.
    package var bytes: [UInt8] { note.note.bytes }
}
