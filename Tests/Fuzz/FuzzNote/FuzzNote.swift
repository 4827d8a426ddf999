import Custody

/// A log that signed nothing here.
private let stranger: NoteVerifier = {
    guard let name = NoteKeyName("log.test/custody"),
        let key = VerifyingKey([UInt8](repeating: 3, count: 32))
    else { preconditionFailure("no name or no key") }
    return NoteVerifier(name: name, key: key)
}()

/// libFuzzer's entry point: what parses as a signed note, as a signed checkpoint or as the text of
/// one is written again as the same bytes; what nobody signed is never verified.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let note = try? UnverifiedNote(input) {
        precondition(note.bytes == input, "another form of a note was accepted")
        precondition(note.text.last == 0x0A, "the text does not end in a newline")
        let count = note.signatures.count
        precondition((1...UnverifiedNote.maximumSignatureCount).contains(count), "signatures")
        precondition((try? note.verified(by: [stranger])) == nil, "a note nobody signed")
    }
    if let signed = try? UnverifiedCheckpoint(input) {
        precondition(signed.note.bytes == input, "another form of a checkpoint was accepted")
        precondition(signed.claim.text == signed.note.text, "the claim is not the text")
        let log = NoteVerifier(name: signed.claim.origin, key: stranger.key)
        precondition((try? signed.verified(by: log)) == nil, "a checkpoint nobody signed")
    }
    if let checkpoint = try? Checkpoint(text: input) {
        precondition(checkpoint.text == input, "another form of a text was accepted")
    }
    return 0
}
