import Tips

/// libFuzzer's entry point: what parses as a desk message is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let signature = [UInt8](repeating: 0, count: 64)
    if let read = try? UnverifiedMessage(decoding: input, signature: signature) {
        precondition(read.message.encoded == input, "another encoding was accepted")
    }
    return 0
}
