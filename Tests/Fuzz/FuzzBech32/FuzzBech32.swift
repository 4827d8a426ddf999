import Sealing

/// libFuzzer's entry point: what decodes is encoded again as the same text, in lower case.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let text = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let (prefix, bytes) = Bech32.decode(text.span) else { return 0 }
    let lower = text.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    precondition(Bech32.encode(prefix: prefix, bytes.span) == lower, "another form was accepted")
    if let recipient = try? Recipient(parsing: text.span) {
        precondition(recipient.text == lower, "another form of a recipient was accepted")
    }
    return 0
}
