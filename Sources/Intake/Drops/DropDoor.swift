internal import Composing
internal import NativePrimitives
internal import Sealing
internal import Synchronization
internal import Tips
internal import Wire

extension PublicDoor {
    /// Takes a file that was sealed without the page: inside a tip that looks like any other.
    ///
    /// When this returns, it is in the spool and survives a power cut.
    /// - Parameter file: an age file without armor.
    /// - Throws: ``Refusal/busy`` when there is no room or no directory; ``DropOutcome/large``.
    func take(drop file: [UInt8], in language: String) async throws {
        let now = now
        let digest = SHA256Digest.of(file.span, with: NativePrimitives.self)
        // First, so that a used up budget answers alike whether the file came before.
        try budgets.take(Limits.tipFrameBytes, from: .drops, at: now)
        guard !recent.withLock({ $0.contains(digest, at: now) }) else { return counts.repeated() }
        do {
            try await store(sealing(file, language), leaving: uploads.limits.reserveBytes)
        } catch {
            budgets.putBack(Limits.tipFrameBytes, into: .drops, at: now)
            throw error
        }
        recent.withLock { $0.insert(digest, at: now) }
        counts.accepted()
    }

    private func sealing(_ file: [UInt8], _ language: String) throws -> [UInt8] {
        guard let terms = epochs.terms else { throw Refusal.busy }
        do throws(BuildError) {
            return try DropBuilder.build(
                file, language: language, terms: terms, with: NativePrimitives.self
            ).encoded
        } catch {
            throw error == .tooLong ? DropOutcome.large : DropOutcome.damaged
        }
    }
}
