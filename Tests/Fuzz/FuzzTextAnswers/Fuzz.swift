import Examination

/// libFuzzer's entry point: the first byte says of how many texts the rest are a worker's answers. Read
/// whole or byte by byte, they mean the same; and there are never more answers than texts.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    guard let first = input.first else { return 0 }
    let count = Int(first)
    let output = Array(input.dropFirst())
    var whole = TextAnswers(count: count)
    let isWell = (try? whole.take(output)) != nil
    var pieces = TextAnswers(count: count)
    var isWellInPieces = true
    for byte in output where isWellInPieces {
        isWellInPieces = (try? pieces.take([byte])) != nil
    }
    precondition(isWell == isWellInPieces && whole.answers == pieces.answers)
    precondition(whole.answers.count <= count, "more answers than texts")
    precondition(whole.isGreeted || whole.answers.isEmpty, "answers before the greeting")
    if isWell && whole.isGreeted {
        let again =
            TextAnswers.greeting
            + whole.answers.map { $0 ? TextAnswers.accepted : TextAnswers.refused }
        precondition(again == output, "another form was accepted")
    }
    return 0
}
