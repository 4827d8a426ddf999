/// A private key with the name under which it signs notes.
///
/// It makes signatures of type 0x01 only: this program runs logs and roots, not witnesses.
package struct NoteSigner: ~Copyable {
    private let key: SigningKey
    /// What others check the signatures with.
    package let verifier: NoteVerifier

    /// The signer called `name` with `key`.
    package init(name: NoteKeyName, key: consuming SigningKey) {
        verifier = NoteVerifier(name: name, key: key.publicKey)
        self.key = key
    }

    /// Signs `text`.
    ///
    /// - Parameter text: UTF-8 that ends in a newline and has no other control character.
    /// - Returns: the whole note with this one signature.
    /// - Throws: ``NoteError/malformedNote`` or ``NoteError/tooLong`` when no note can carry `text`.
    package borrowing func sign(_ text: [UInt8]) throws(NoteError) -> [UInt8] {
        let signature = NoteSignature(
            name: verifier.name, keyID: verifier.keyID, signature: key.sign(text))
        let note = UnverifiedNote(text: text, signatures: [signature])
        let bytes = note.bytes
        // What was written must be what a reader reads: this also refuses a bad text.
        guard try UnverifiedNote(bytes) == note, text.last == 0x0A else { throw .malformedNote }
        return bytes
    }
}
