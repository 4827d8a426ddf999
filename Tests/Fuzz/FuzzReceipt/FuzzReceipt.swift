import NativePrimitives
import Sealing
import Tips

/// libFuzzer's entry point: what parses as a receipt is shown as a text that parses to the same;
/// and what parses as a puzzle's challenge or its text is written again as it was.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let challenge = PuzzleChallenge(parsing: input) {
        precondition(challenge.encoded == input, "another challenge was read")
    }
    let text = String(decoding: input, as: UTF8.self)
    if let challenge = PuzzleChallenge(text: text) {
        precondition([UInt8](challenge.text.utf8) == input, "another challenge was read")
    }
    if let first = try? shown(input) {
        precondition(first.count == 24, "a receipt is shown in 24 characters")
        let second = try? shown(first)
        precondition(second == first, "a receipt is read otherwise than it is shown")
    }
    return 0
}

private func shown(_ text: [UInt8]) throws(ReceiptError) -> [UInt8] {
    let receipt = try Receipt<NativePrimitives>(parsing: text.span)
    return receipt.formatted().withBytes { [UInt8](copying: $0) }
}
