internal import NativePrimitives
internal import Sealing
package import Custody
package import Tips
package import Wire

/// How hard a puzzle is, in leading zero bits, for each kind of request when there is no load.
package struct PuzzleSettings: Sendable {
    /// For a tip.
    package var tipBits: Int
    /// For a small supplement.
    package var supplementBits: Int
    /// For an upload of at most a MiB; one bit more for each doubling, up to 8 MiB.
    package var uploadBits: Int
    /// For parking a state.
    package var parkedBits: Int

    /// Bits for phones of a decade ago; each can be set.
    ///
    /// Measured in Chromium with its CPU throttled 6 times (`Tests/Browser/puzzle.mjs`), the page's
    /// module: 16 bits take 0.5 s in the mean and under 2 s in 95 of 100 cases, 14 bits 0.13 and 0.4 s.
    /// Each bit doubles that: by the same rate, the largest uploads (17 bits) take 1 and 3 s.
    package init(
        tipBits: Int = 14, supplementBits: Int = 16, uploadBits: Int = 14, parkedBits: Int = 14
    ) {
        self.tipBits = tipBits
        self.supplementBits = supplementBits
        self.uploadBits = uploadBits
        self.parkedBits = parkedBits
    }

    /// The least bits for `purpose`.
    package func bits(for purpose: PuzzlePurpose) -> Int {
        switch purpose {
        case .tip: tipBits
        case .supplement: supplementBits
        case .upload(let bytes): Puzzle.difficulty(base: uploadBits, frameBytes: bytes)
        case .parked: parkedBits
        }
    }
}

/// Gives out puzzles and checks solutions, without remembering either.
///
/// A solution is bound to what it is sent with, so using one twice gets the same answer twice.
package final class PuzzleDesk: Sendable {
    private let key: Secret
    private let settings: PuzzleSettings

    /// A desk whose challenges only the holder of `secret` can make.
    package init(secret: DoorSecret, settings: PuzzleSettings) {
        key = secret.key(for: "sallyport.puzzle-key/1")
        self.settings = settings
    }

    /// Bits by which a solution may fall short of what is asked at the moment it comes: one step of
    /// the load, which may have risen while an honest sender was solving.
    package static let tolerance = 2

    /// A fresh challenge, harder by up to six bits as the budget of its kind runs out.
    ///
    /// - Parameter load: how much of the budget is used, 0 to 1.
    package func challenge(
        for purpose: PuzzlePurpose, load: Double, at now: Hour
    ) -> PuzzleChallenge {
        .make(
            hour: UInt32(clamping: now.number),
            difficulty: settings.bits(for: purpose) + Self.extraBits(load), secret: key)
    }

    private static func extraBits(_ load: Double) -> Int {
        switch load {
        case ..<0.5: 0
        case ..<0.75: 2
        case ..<0.9: 4
        default: 6
        }
    }

    /// Checks the solution that came with a request.
    ///
    /// What counts is the load of now, not that of when the challenge was fetched: else one fetched
    /// in a quiet moment would buy a flood at the quiet moment's price.
    /// - Parameters:
    ///   - field: the value of `Sallyport-Puzzle`; nil when there was none.
    ///   - digest: what the solution must be bound to.
    ///   - load: how much of the budget is used, 0 to 1.
    /// - Throws: ``Refusal/puzzle`` unless it is live, hard enough and solved.
    package func check(
        _ field: String?, for purpose: PuzzlePurpose, boundTo digest: SHA256Digest, load: Double,
        at now: Hour
    ) throws(Refusal) {
        let least = settings.bits(for: purpose)
        guard let puzzle = field.flatMap(PuzzleField.init),
            puzzle.challenge.difficulty >= least + max(0, Self.extraBits(load) - Self.tolerance),
            puzzle.challenge.isLive(now: UInt32(clamping: now.number), secret: key),
            Puzzle.accepts(
                puzzle.counter, challenge: puzzle.challenge, envelope: digest,
                with: NativePrimitives.self)
        else { throw .puzzle }
    }
}
