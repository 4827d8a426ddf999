import Composing
import Sealing
import Tips

/// What the module holds for the one tip that its worker serves.
final class PageSession {
    /// What everything is sealed to.
    var terms: DeskTerms?
    /// The keys of the tip, from its receipt or random.
    var keys: PageKeys?
    /// The tip that is being composed.
    var tip = TipComposition()
    /// The digest that the next puzzle is bound to.
    var digest: SHA256Digest?
    /// The puzzle that is being solved.
    var puzzle: PagePuzzle?
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
    let challenge: [UInt8]
    var solver: PuzzleSolver<BoringPrimitives>
}
