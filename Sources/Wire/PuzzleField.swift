package import Tips

/// The value of `Sallyport-Puzzle`: a challenge, a dot, and the decimal count that solves it.
///
/// What the solution is bound to: for a frame, or the head of one, SHA-256 of its envelope; for a
/// parked state, SHA-256 of the request's body.
package struct PuzzleField: Equatable, Sendable {
    /// The challenge, whose author nobody has checked yet.
    package let challenge: PuzzleChallenge
    /// The count that is said to solve it.
    package let counter: UInt64

    /// The field of a solved challenge.
    package init(challenge: PuzzleChallenge, counter: UInt64) {
        self.challenge = challenge
        self.counter = counter
    }

    /// Reads a field's value; nil for anything that ``text`` would not write.
    package init?(_ text: String) {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, let challenge = PuzzleChallenge(text: String(halves[0])),
            let counter = UInt64(halves[1]), String(counter) == halves[1]
        else { return nil }
        self.init(challenge: challenge, counter: counter)
    }

    /// The field's value.
    package var text: String { "\(challenge.text).\(counter)" }
}
