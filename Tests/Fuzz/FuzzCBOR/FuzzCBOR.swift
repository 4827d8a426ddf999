import Tips

/// libFuzzer's entry point: what parses as CBOR is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let value = try? CBORValue(decoding: input.span, limit: 64 * 1024) {
        precondition(value.encoded == input, "another encoding of the same item was accepted")
    }
    return 0
}
