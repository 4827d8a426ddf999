internal import Terminal
internal import Verification

extension LinkOptions {
    /// The newest checkpoint, so that office and desk can compare what the log showed them. A
    /// release is prepared without one when dispatch is down.
    func checkpoint(_ desk: Desk) async -> String? {
        do {
            return try await self.link(desk).checkpoint()
        } catch {
            Say.note(
                "note: dispatch was not asked for its newest checkpoint: \(DeskWords.of(error))")
            return nil
        }
    }
}
