/// A signed note, or what it says, was refused.
package enum NoteError: Error, Hashable {
    /// A vkey is not in the form of the specification, or of a type this program does not know.
    case malformedKey
    /// The note is longer than ``UnverifiedNote/maximumByteCount``.
    case tooLong
    /// The note has more than ``UnverifiedNote/maximumSignatureCount`` signatures.
    case tooManySignatures
    /// The bytes are not a signed note.
    case malformedNote
    /// A known key's signature is wrong: the note was altered, or is someone else's.
    case badSignature(NoteKeyName)
    /// No known key signed the note.
    case unsigned
    /// The text of the note is not a checkpoint.
    case malformedCheckpoint
    /// The checkpoint is of another log.
    case wrongOrigin(String)
    /// Too few witnesses cosigned the checkpoint for the policy's quorum.
    case quorumMissing
}
