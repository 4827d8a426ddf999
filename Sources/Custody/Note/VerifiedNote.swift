/// A note that at least one known key signed, and about which no known key's signature is wrong.
///
/// Only ``UnverifiedNote/verified(by:)`` makes one.
package struct VerifiedNote: Hashable, Sendable {
    /// A known key that signed.
    package struct Signer: Hashable, Sendable {
        /// The key.
        package let verifier: NoteVerifier
        /// Seconds since 1970 that a witness vouches for; nil for a key of another type.
        package let time: UInt64?
    }

    /// The note as it was read, unknown signatures included.
    package let note: UnverifiedNote
    /// The known keys that signed, each once, in the order of the note.
    package let signers: [Signer]

    /// The signed text with its last newline.
    package var text: [UInt8] { note.text }

    fileprivate init(note: UnverifiedNote, signers: [Signer]) {
        self.note = note
        self.signers = signers
    }
}

extension UnverifiedNote {
    /// Checks the signatures of `known` keys (C2SP signed-note, "Signatures"); those of other keys
    /// are ignored.
    ///
    /// - Throws: ``NoteError/badSignature(_:)`` when one known key's signature is wrong, however
    ///   many others are right; ``NoteError/unsigned`` when no known key signed.
    package func verified(by known: [NoteVerifier]) throws(NoteError) -> VerifiedNote {
        var signers: [VerifiedNote.Signer] = []
        for signature in signatures {
            guard
                let verifier = known.first(where: {
                    $0.name == signature.name && $0.keyID == signature.keyID
                })
            else { continue }
            guard let signer = verifier.check(signature.signature, over: text) else {
                throw .badSignature(signature.name)
            }
            if !signers.contains(where: { $0.verifier == verifier }) { signers.append(signer) }
        }
        guard !signers.isEmpty else { throw .unsigned }
        return VerifiedNote(note: self, signers: signers)
    }
}

extension NoteVerifier {
    /// The signer, if `signature` is this key's over `text`.
    fileprivate func check(_ signature: [UInt8], over text: [UInt8]) -> VerifiedNote.Signer? {
        switch type {
        case .ed25519:
            guard key.verifies(signature, over: text) else { return nil }
            return VerifiedNote.Signer(verifier: self, time: nil)
        case .cosignature:
            guard signature.count == 8 + VerifyingKey.signatureByteCount else { return nil }
            let time = signature.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
            guard time <= UInt64(Int64.max) else { return nil }
            let message = Self.cosignedMessage(time: time, text: text)
            guard key.verifies(Array(signature.dropFirst(8)), over: message) else { return nil }
            return VerifiedNote.Signer(verifier: self, time: time)
        }
    }

    /// What a witness signs (C2SP tlog-cosignature).
    static func cosignedMessage(time: UInt64, text: [UInt8]) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}
