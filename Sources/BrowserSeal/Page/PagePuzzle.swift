import Sealing
import Tips

/// Begins the puzzle of a challenge (its hexadecimal text), bound to what was made last.
@c(page_puzzle) public func pagePuzzle(_ challenge: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let text = unsafe lent(challenge, count)
    guard let challenge = PuzzleChallenge(digits: text.span), let digest = unsafe page.digest else {
        return PageCode.wrongInput.rawValue
    }
    unsafe page.puzzle = PagePuzzle(
        challenge: text, solver: PuzzleSolver(challenge, envelope: digest))
    return PageCode.done.rawValue
}

/// Tries so many counts; when one solves the puzzle, the result is the field to send with it.
@c(page_puzzle_run) public func pagePuzzleRun(_ attempts: Int32) -> Int32 {
    guard var puzzle = unsafe page.puzzle else { return PageCode.wrongInput.rawValue }
    guard let counter = puzzle.solver.run(attempts: Int(attempts)) else {
        unsafe page.puzzle = puzzle
        return PageCode.nothing.rawValue
    }
    unsafe pageResult.set(puzzle.challenge + [0x2E] + decimalDigits(counter))
    unsafe page.puzzle = nil
    return PageCode.done.rawValue
}

/// A number in decimal digits, without a leading zero.
func decimalDigits(_ number: UInt64) -> [UInt8] {
    var digits: [UInt8] = []
    var left = number
    repeat {
        digits.insert(0x30 + UInt8(truncatingIfNeeded: left % 10), at: 0)
        left /= 10
    } while left > 0
    return digits
}
