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
        guard !recent.withLock({ $0.contains(digest, at: now) }) else { return counts.repeated() }
        guard let terms = epochs.terms else { throw Refusal.busy }
        let frame: Frame
        do throws(BuildError) {
            frame = try DropBuilder.build(
                file, language: language, terms: terms, with: NativePrimitives.self)
        } catch {
            throw error == .tooLong ? DropOutcome.large : DropOutcome.damaged
        }
        try await store(frame.encoded, within: .drops, at: now)
        recent.withLock { $0.insert(digest, at: now) }
        counts.accepted()
    }
}
