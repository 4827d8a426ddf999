import Composing
import Sealing
import Tips

/// What the module holds for the one tip that its worker serves.
final class PageSession {
    /// The newest directory that was verified.
    var terms: DeskTerms?
    /// The keys that may sign messages of the desk.
    var deskKeys: [[UInt8]] = []
    /// The keys of the tip, from its receipt or random.
    var keys: PageKeys?
    /// The digest that the next puzzle is bound to.
    var digest: SHA256Digest?
    /// The puzzle that is being solved.
    var puzzle: PagePuzzle?
    /// The file that is being sent.
    var evidence = PageEvidence()
}

nonisolated(unsafe) var page = PageSession()

/// The keys of a tip, shared by reference: they are not copied.
final class PageKeys {
    let keys: ReceiptKeys<BoringPrimitives>

    init(_ keys: consuming ReceiptKeys<BoringPrimitives>) {
        self.keys = keys
    }
}

/// A puzzle under work, and what its solution is to be sent with.
struct PagePuzzle {
    let challenge: PuzzleChallenge
    var solver: PuzzleSolver<BoringPrimitives>
}
