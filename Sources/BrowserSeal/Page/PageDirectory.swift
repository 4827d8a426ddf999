import Composing
import Sealing
import Tips

// The directory is a signed note (C2SP signed-note). The signature of the root, whose key the page
// was built with, is all that makes it believed; that its contents keep every rule is the affair of
// who signs it, and of the desk and the doors, which check it. So the script reads it, and says what
// to seal to.

/// Verifies the directory; the result is its JSON text.
///
/// - Returns: ``PageCode/directory`` unless the root of this vkey signed it.
@c(page_directory) public func pageDirectory(
    _ note: UnsafePointer<UInt8>, _ noteCount: Int, _ root: UnsafePointer<UInt8>, _ rootCount: Int
) -> Int32 {
    let label = ascii("sallyport-directory/1\n")
    guard let text = signedText(unsafe lent(note, noteCount), by: unsafe lent(root, rootCount)),
        text.count > label.count, [UInt8](text[..<label.count]) == label
    else { return PageCode.directory.rawValue }
    unsafe pageResult.set([UInt8](text[label.count...]))
    return PageCode.done.rawValue
}

/// Names a key as the directory's list of revoked ones does: the result is the SHA-256 of these
/// bytes (a recipient's text, or a key's 32 bytes) in hexadecimal digits.
@c(page_fingerprint) public func pageFingerprint(
    _ bytes: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    let digest = SHA256Digest.of(unsafe lent(bytes, count).span, with: BoringPrimitives.self)
    unsafe pageResult.set(digest.hexDigits)
    return PageCode.done.rawValue
}

/// Seals from now on to this recipient of the desk's `epoch`, from this version of the directory.
///
/// - Returns: ``PageCode/directory`` unless it is a post-quantum recipient that can be sealed to.
@c(page_terms) public func pageTerms(
    _ epoch: Int32, _ version: Int32, _ recipient: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
    do throws(SealingError) {
        let recipient = try Recipient(parsing: unsafe lent(recipient, count).span)
        guard recipient.isPostQuantum else { throw .badRecipient }
        try recipient.prove(with: BoringPrimitives.self)
        unsafe page.terms = DeskTerms(
            epoch: Int(epoch), recipient: recipient, directoryVersion: Int(version), offices: [])
        return PageCode.done.rawValue
    } catch {
        return PageCode.directory.rawValue
    }
}
