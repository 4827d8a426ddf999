import NativePrimitives
import Tips

/// libFuzzer's entry point: any inside of a slot. What is read from it is the canonical encoding of
/// a message, and as the trusted key signed nothing here, none may pass for the desk's.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let inside = [UInt8](input.prefix(MailboxSlot.insideBytes))
    let zeros = [UInt8](repeating: 0, count: MailboxSlot.insideBytes - inside.count)
    guard let read = try? MailboxSlot.decode((inside + zeros).span) else { return 0 }
    precondition(read.message.encoded == read.encoded, "another encoding was accepted")
    let trusted = NativePrimitives.ed25519PublicKey(
        seed: [UInt8](repeating: 1, count: 32).span)
    let verified = try? read.verified(byOneOf: [trusted], with: NativePrimitives.self)
    precondition(verified == nil, "a message nobody signed was accepted")
    return 0
}
