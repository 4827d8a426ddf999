import Sealing

/// libFuzzer's entry point: what decodes is the same however it is cut, and decodes again after it
/// was encoded.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let text = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    let whole = decode(text, pieceBytes: max(1, text.count))
    precondition(decode(text, pieceBytes: 5) == whole, "pieces make a difference")
    guard let binary = whole else { return 0 }
    var encoder = ArmorEncoder()
    var again: [UInt8] = []
    encoder.update(binary.span, into: &again)
    encoder.finish(into: &again)
    precondition(decode(again, pieceBytes: 64) == binary, "what was encoded does not decode")
    return 0
}

private func decode(_ text: [UInt8], pieceBytes: Int) -> [UInt8]? {
    var decoder = ArmorDecoder()
    var binary: [UInt8] = []
    do throws(ArmorError) {
        for start in stride(from: 0, to: text.count, by: pieceBytes) {
            let end = min(start + pieceBytes, text.count)
            try decoder.update(text.span.extracting(start..<end), into: &binary)
        }
        try decoder.finish(into: &binary)
        return binary
    } catch {
        return nil
    }
}
