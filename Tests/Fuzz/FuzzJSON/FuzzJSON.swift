import Tips

/// libFuzzer's entry point: what parses as JSON is written so that it parses again and is then
/// written as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let value = try? JSON.parse(input.span, limit: 64 * 1024) else { return 0 }
    let written = value.encoded
    guard let again = try? JSON.parse(written.span, trailing: .nothing) else {
        preconditionFailure("what was written does not parse")
    }
    precondition(again.encoded == written, "what was written is written otherwise")
    return 0
}
