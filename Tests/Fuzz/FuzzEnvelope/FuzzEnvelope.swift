import Tips

/// libFuzzer's entry point: what parses as an envelope is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let signature = [UInt8](repeating: 0, count: 64)
    if let read = try? UnverifiedEnvelope(decoding: input.span, signature: signature) {
        precondition(read.envelope.encoded == input, "another encoding was accepted")
    }
    return 0
}
