internal import Agencies
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
    /// - Returns: how it is stored, and whether a worker could read it.
    /// - Throws: ``DeskError/badFrame(_:)`` when it breaks a rule; then it is not stored.
    func take(_ drop: Drop) throws -> (drop: ReceivedFrame.Drop, isRead: Bool) {
        // Whoever put it in could not ask the sender for consent.
        guard manifest.sequence == 0, manifest.consents.isEmpty, manifest.never.isEmpty,
            manifest.withdrawal == nil, manifest.wishes.isEmpty
        else { throw DeskError.badFrame("a file sealed without the page brings consent along") }
        guard
            drop.mandate(for: manifest.tipKey).isSigned(
                by: drop.mandate, with: NativePrimitives.self)
        else { throw DeskError.badFrame("its key did not sign the sealed file in it") }
        let nothing = Hash(sha256: try ReportPart().encoded())
        guard
            manifest.parts.allSatisfy({ $0.partClass == .report || $0.plaintextDigest == nothing })
        else { throw DeskError.badFrame("something stands beside a file sealed without the page") }
        let (_, count) = try Header.parse(drop.file.span)
        let tip = TipID(manifest.tipKey, with: NativePrimitives.self)
        let payload = [UInt8](drop.file[count...])
        guard !manifest.parts.contains(where: { $0.payloadDigest == Hash(sha256: payload) }) else {
            throw DeskError.badFrame("the sealed file in it is another part of it as well")
        }
        let adopted = try adopt([UInt8](drop.file[..<count]), tip)
        let part = desk.part(Hash(sha256: payload), of: tip)
        try Durable.write((adopted + payload).span, to: part.path, mode: 0o660, .replace)
        do {
            let digests = try part.open(as: .report)
            var trial = try TextTrial(desk)
            try trial.add(try part.text(), as: .dropped, of: digests.payload, tip)
            return (
                ReceivedFrame.Drop(payload: digests.payload, plaintext: digests.plaintext),
                try trial.unread().isEmpty
            )
        } catch {
            try Durable.remove(part.path)
            throw error
        }
    }

    /// The newest key of the desk's that opens it: a sender without the page does not say which.
    ///
    /// - Throws: ``DeskError/notYet(_:)`` when it may be for a key that is not here, and is still good.
    private func adopt(_ header: [UInt8], _ tip: TipID) throws -> [UInt8] {
        var lacks: Int?
        for epoch in desk.directory.contents.epochs.map(\.number).reversed() {
            do throws(AgentError) {
                return try desk.agent.adopt(header, epoch: epoch, tip: tip)
            } catch {
                switch error {
                case .refused(.noEpochKey): lacks = epoch
                case .refused(.notForThisDesk), .refused(.deadEpoch), .refused(.destroyedEpoch):
                    continue
                default: throw error
                }
            }
        }
        guard let lacks else {
            throw DeskError.badFrame("the sealed file in it is for no key of this desk")
        }
        throw DeskError.notYet("the desk agent has no key of epoch \(lacks): bring it")
    }
}

extension Drop {
    func mandate(for tipKey: TipKey) -> TranscriptionMandate {
        TranscriptionMandate(tipKey: tipKey, file: digest(with: NativePrimitives.self))
    }
}
