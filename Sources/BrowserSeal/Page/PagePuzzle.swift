import Sealing
import Tips

/// Begins the puzzle of a challenge (its hexadecimal text), bound to what was made last.
@c(page_puzzle) public func pagePuzzle(_ challenge: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let text = unsafe String(decoding: lent(challenge, count), as: UTF8.self)
    guard let challenge = PuzzleChallenge(text: text), let digest = unsafe page.digest else {
        return PageCode.wrongInput.rawValue
    }
    unsafe page.puzzle = PagePuzzle(
        challenge: challenge, solver: PuzzleSolver(challenge, envelope: digest))
    return PageCode.done.rawValue
}

/// Tries so many counts; when one solves the puzzle, the result is the field to send with it.
@c(page_puzzle_run) public func pagePuzzleRun(_ attempts: Int32) -> Int32 {
    guard unsafe page.puzzle != nil else { return PageCode.wrongInput.rawValue }
    guard let counter = unsafe page.puzzle?.solver.run(attempts: Int(attempts)) else {
        return PageCode.nothing.rawValue
    }
    guard let challenge = unsafe page.puzzle?.challenge else {
        return PageCode.wrongInput.rawValue
    }
    unsafe pageResult.set([UInt8](challenge.text.utf8) + [0x2E] + [UInt8](counter.description.utf8))
    unsafe page.puzzle = nil
    return PageCode.done.rawValue
}
