internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// Takes a dropped file out of the report that carries it: under a header for the case's key, with the
/// payload as the sender's tool sealed it.
struct DropIntake {
    let desk: Desk
    let manifest: Manifest

    /// Stores and opens the file.
    ///
    /// - Throws: ``DeskError/badFrame(_:)`` when it breaks a rule; then it is not stored.
    func take(_ drop: Drop) throws -> ReceivedFrame.Drop {
        // Whoever put it in could not ask the sender for consent.
        guard manifest.sequence == 0, manifest.consents.isEmpty, manifest.never.isEmpty,
            manifest.withdrawal == nil, manifest.wishes.isEmpty
        else { throw DeskError.badFrame("a file sealed without the page brings consent along") }
        guard
            drop.mandate(for: manifest.tipKey).isSigned(
                by: drop.mandate, with: NativePrimitives.self)
        else { throw DeskError.badFrame("its key did not sign the sealed file in it") }
        let (_, count) = try Header.parse(drop.file.span)
        let tip = TipID(manifest.tipKey, with: NativePrimitives.self)
        let payload = [UInt8](drop.file[count...])
        let adopted = try adopt([UInt8](drop.file[..<count]), tip)
        let part = desk.part(Hash(sha256: payload), of: tip)
        try Durable.write((adopted + payload).span, to: part.path, mode: 0o660, .replace)
        do {
            let digests = try part.open(as: .report)
            return ReceivedFrame.Drop(payload: digests.payload, plaintext: digests.plaintext)
        } catch {
            try Durable.remove(part.path)
            throw error
        }
    }

    /// The newest key of the desk's that opens it: a sender without the page does not say which.
    private func adopt(_ header: [UInt8], _ tip: TipID) throws -> [UInt8] {
        for epoch in try desk.agent.status().epochs.sorted(by: >) {
            do throws(AgentError) {
                return try desk.agent.adopt(header, epoch: epoch, tip: tip)
            } catch {
                switch error {
                case .refused(.notForThisDesk), .refused(.unknownEpoch), .refused(.deadEpoch),
                    .refused(.destroyedEpoch), .refused(.noEpochKey):
                    continue
                default: throw error
                }
            }
        }
        throw DeskError.badFrame("the sealed file in it is for no key of this desk")
    }
}

extension Drop {
    func mandate(for tipKey: TipKey) -> TranscriptionMandate {
        TranscriptionMandate(tipKey: tipKey, file: digest(with: NativePrimitives.self))
    }
}
