import Sealing

/// libFuzzer's entry point: a header that parses is written again as the same bytes.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let (header, count) = try? Header.parse(input.span) else { return 0 }
    precondition(header.encoded == [UInt8](input[..<count]), "another form was accepted")
    precondition(count <= Header.byteLimit && header.stanzas.count <= Header.stanzaLimit)
    return 0
}
