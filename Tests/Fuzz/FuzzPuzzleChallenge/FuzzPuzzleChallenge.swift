import NativePrimitives
import Sealing
import Tips

/// libFuzzer's entry point: any challenge, as bytes and as text; what is read is written back
/// alike.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let input = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
    if let challenge = PuzzleChallenge(parsing: input) {
        precondition(challenge.encoded == input, "another challenge was read")
        precondition(PuzzleChallenge(text: challenge.text) == challenge, "its text is another's")
        let isSolved = Puzzle.accepts(
            0, challenge: challenge, envelope: .of(input.span, with: NativePrimitives.self),
            with: NativePrimitives.self)
        precondition(!isSolved || challenge.difficulty <= Limits.puzzleBits, "it is too hard")
    }
    if let text = String(validating: input, as: UTF8.self),
        let challenge = PuzzleChallenge(text: text)
    {
        precondition(challenge.text == text, "another challenge was read")
    }
    return 0
}
