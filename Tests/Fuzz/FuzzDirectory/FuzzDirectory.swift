import Agencies
import Custody
import Sealing
import Tips

/// A root key that signed nothing here.
private let root: NoteVerifier = {
    guard let name = NoteKeyName("root.test/sallyport"),
        let key = VerifyingKey([UInt8](repeating: 2, count: 32))
    else { preconditionFailure("no name or no key") }
    return NoteVerifier(name: name, key: key)
}()

/// libFuzzer's entry point: what parses as a directory's contents is written again as the same
/// bytes and keeps the limits; a note that the root did not sign is no directory.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let contents = try? DirectoryContents(text: input) {
        precondition(contents.text == input, "another form of the contents was accepted")
        precondition(contents.offices.count <= DirectoryContents.officeLimit, "too many offices")
        precondition(contents.issued <= contents.expires, "it expires before it is issued")
        precondition(contents.epochs.allSatisfy { $0.recipient.isPostQuantum }, "a weak epoch")
        for epoch in contents.epochs { _ = epoch.state(on: contents.expires) }
    }
    if let note = try? UnverifiedDirectory(input) {
        precondition(size <= UnverifiedDirectory.byteLimit, "it is too large")
        precondition((try? note.signed(by: root)) == nil, "a directory nobody signed was accepted")
    }
    return 0
}
