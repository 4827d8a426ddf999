internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// Takes one frame into its case: everything is checked again, opened and compared.
///
/// Order of effects, and what a crash in between means: parts on disk (they are overwritten next
/// time), *frozen* if the reporter withdraws (harmless when it comes twice), *received* in the
/// journal (from now on the frame is in the case). Only then may dispatch be told.
struct FrameIntake {
    let desk: Desk

    enum Outcome {
        /// It is in the case now, or was before.
        case received(TipID, isNew: Bool)
        /// It broke a rule and was recorded; the sealed frame is kept in `refused/`.
        case refused(why: String)
        /// A supplement whose tip has not come yet.
        case waitsForTip
    }

    /// Takes the frame in the file `path`.
    func take(_ path: String) throws -> Outcome {
        let start = try OpenFile(reading: path).read(at: 0, count: FrameHead.byteLimit)
        do {
            guard let head = try FrameHead.parse(prefix: start.span) else {
                throw DeskError.badFrame("the frame ends too early")
            }
            let envelope = try head.envelope.verified(with: NativePrimitives.self)
            return try take(path, head, envelope)
        } catch let error as FormatError {
            return .refused(why: CleanText.brief("the envelope is not a reporter's: \(error)"))
        }
    }

    private func take(
        _ path: String, _ head: FrameHead, _ envelope: VerifiedEnvelope
    ) throws -> Outcome {
        let tip = envelope.tipID
        let isTip = envelope.envelope.kind == .tip
        let exists = Durable.exists(desk.caseFolder(tip) + "/journal")
        guard exists || isTip else { return .waitsForTip }
        try Durable.createDirectory(desk.caseFolder(tip), mode: 0o770)
        let lock = try FolderLock(desk.caseFolder(tip))
        defer { withExtendedLifetime(lock) {} }
        let record = CaseRecord(try desk.journal(of: tip).entries().map { try CaseEvent($0) })
        if record.received.contains(where: { $0.frame.envelope == envelope.encoded }) {
            return .received(tip, isNew: false)
        }
        let kept = try payloads(of: record)
        do {
            guard !isTip || record.received.isEmpty else {
                throw DeskError.badFrame("a second tip under the key of an earlier one")
            }
            // Its sender has no key to it; whoever has one is somebody else.
            guard record.received.first?.frame.drop == nil else {
                throw DeskError.badFrame("nobody can add to what was sealed without the page")
            }
            // Before anything is stored: its copy, under another header, would replace the first.
            guard !envelope.envelope.parts.contains(where: { kept.contains($0.payloadDigest) })
            else { throw DeskError.badFrame("it sends a part again that the case has already") }
            try store(path, head, envelope)
            let contents = try contents(of: envelope, record)
            if let withdrawal = contents.withdrawal { try freeze(withdrawal, tip) }
            if contents.isUnreadWithdrawal {
                try desk.append(
                    .frozen(why: "withdrawn, in words that could not be read"), to: tip)
            }
            let intake = DropIntake(desk: desk, manifest: contents.manifest)
            let drop = try contents.drop.map(intake.take)
            var received = contents.received(drop?.drop)
            if let drop, !drop.isRead { received.unread.append(drop.drop.payload) }
            try desk.append(.received(received), to: tip)
            return .received(tip, isNew: true)
        } catch AgentError.refused(.unknownEpoch) {
            throw DeskError.notYet(
                "this desk's directory does not know epoch \(envelope.envelope.epoch) yet: bring "
                    + "the newer directory")
        } catch {
            guard let why = Self.rule(brokenBy: error).map(CleanText.brief) else { throw error }
            try removeParts(of: envelope, keeping: kept)
            if exists {
                try desk.append(.refused(envelope: envelope.digest, why: why), to: tip)
            }
            return .refused(why: why)
        }
    }

    /// Opens what was stored, once a worker has come through its texts.
    private func contents(
        of envelope: VerifiedEnvelope, _ record: CaseRecord
    ) throws -> FrameContents {
        let parts = StoredParts(desk: desk, tip: envelope.tipID)
        var trial = try TextTrial(desk)
        try trial.add(envelope, in: parts)
        return try FrameContents(
            of: envelope, firstEnvelope: record.received.first?.frame.envelope, in: parts,
            unread: try trial.unread()[envelope.tipID] ?? [])
    }

    /// Stores every part under a header for the case's key.
    private func store(_ path: String, _ head: FrameHead, _ envelope: VerifiedEnvelope) throws {
        let file = try OpenFile(reading: path)
        guard try file.regularFileLength() == head.frameByteCount else {
            throw DeskError.badFrame("the frame does not have the length its envelope gives")
        }
        let tip = envelope.tipID
        try Durable.createDirectory(desk.caseFolder(tip) + "/parts", mode: 0o770)
        for place in head.layout {
            let header = try file.read(at: place.header.lowerBound, count: place.header.count)
            guard place.part.accepts(header: header.span, with: NativePrimitives.self) else {
                throw DeskError.badFrame("a part's header is not the one that was signed")
            }
            let adopted = try desk.agent.adopt(
                header, epoch: envelope.envelope.epoch, tip: tip)
            try copy(
                place, from: file, under: adopted, to: desk.part(place.part.payloadDigest, of: tip))
        }
    }

    private func copy(
        _ place: FramePart, from file: borrowing OpenFile, under header: [UInt8], to part: PartFile
    ) throws {
        let digest = NativePrimitives.Digest()
        var copy = try NewFile(at: part.path, mode: 0o660)
        try copy.write(header.span)
        var position = place.payload.lowerBound
        while position < place.payload.upperBound {
            let count = min(PartFile.pieceBytes, place.payload.upperBound - position)
            let piece = try file.read(at: position, count: count)
            guard piece.count == count else { throw DeskError.badFrame("the frame was cut short") }
            digest.update(piece.span)
            try copy.write(piece.span)
            position += count
            desk.watcher("Storing", position - place.payload.lowerBound, place.payload.count)
        }
        guard digest.finish() == place.part.payloadDigest.bytes else {
            throw DeskError.badFrame("a payload does not have the digest that was signed")
        }
        try copy.commit(.replace)
    }

    /// A withdrawal freezes the case, whoever sent it; the code word decides about destruction only.
    private func freeze(_ withdrawal: WithdrawalPart, _ tip: TipID) throws {
        let lock = try OpenedCase(tip, of: desk).first.manifest.withdrawal
        let word = [UInt8](withdrawal.codeWord.utf8)
        let isRight = try lock?.opens(with: word.span, NativePrimitives.self)
        let why =
            switch isRight {
            case .none: "withdrawn, and no code word was set"
            case .some(true): CaseAction.rightCodeWord
            case .some(false): "withdrawn without the right code word"
            }
        try desk.append(.frozen(why: why), to: tip)
    }

    /// Everything that the case has by now.
    private func payloads(of record: CaseRecord) throws -> Set<Hash> {
        let received = try record.received.flatMap {
            try UnverifiedEnvelope(
                decoding: $0.frame.envelope.span, signature: $0.frame.signature
            ).envelope.parts.map(\.payloadDigest)
        }
        return Set(received).union(record.derivatives.map(\.payload))
            .union(record.received.compactMap(\.frame.drop?.payload))
    }

    private func removeParts(of envelope: VerifiedEnvelope, keeping kept: Set<Hash>) throws {
        for part in envelope.envelope.parts where !kept.contains(part.payloadDigest) {
            try Durable.remove(desk.part(part.payloadDigest, of: envelope.tipID).path)
        }
    }

    /// The rule that the frame broke; nil when the failure is this machine's own.
    static func rule(brokenBy error: any Error) -> String? {
        switch error {
        case DeskError.badFrame(let why): why
        case AgentError.refused(.destroyedEpoch): AgentRefusal.destroyedEpoch.message
        case AgentError.refused(.notForThisDesk): AgentRefusal.notForThisDesk.message
        case let error as ManifestMismatch:
            "the manifest does not belong to the envelope it came in (\(error))"
        case let error as HeaderError: "a sealed file in it is malformed (\(error))"
        case let error as FormatError: "a structure in it is malformed (\(error))"
        case let error as ContentError: "a text part is malformed (\(error))"
        case let error as EvidenceTarError: "the evidence is not in its one form (\(error))"
        case let error as OpeningError: "a part does not open (\(error))"
        default: nil
        }
    }
}
