internal import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
package import Tips

/// A case as it stands, read and verified anew: the journal, and every envelope and manifest with
/// its signature and consents.
package final class OpenedCase {
    /// The tip's name.
    package let tip: TipID
    let desk: Desk
    /// Everything that happened to it, in order.
    let events: [CaseEvent]
    let record: CaseRecord
    let tipKey: TipKey
    /// The tip's own manifest.
    let first: VerifiedManifest
    /// The manifests of supplements, in the order in which they came.
    let supplements: [VerifiedManifest]

    /// One part of the reporter's.
    struct Part {
        let payload: Hash
        let partClass: PartClass
        let plaintext: Hash
        /// What the file was called on the reporter's device; for people only.
        let name: String
        let hour: Hour
    }

    /// Every part of the reporter's but manifests: by envelope, then by class. A dropped file stands
    /// in the place of the report that it came in.
    let parts: [Part]
    /// The parts but the texts that nobody reads.
    var readable: [Part] { parts.filter { !record.unread.contains($0.payload) } }
    /// What lets verifiers transcribe consent; nil for what was sent with the page.
    let drop: OpenedDrop?

    /// Opens the case of `tip`.
    ///
    /// - Throws: ``DeskError``; ``DeskError/altered(_:)`` when anything does not verify.
    package init(_ tip: TipID, of desk: Desk) throws(DeskError) {
        do {
            self.tip = tip
            self.desk = desk
            guard Durable.exists(desk.caseFolder(tip)) else { throw DeskError.noCase(tip.hex) }
            events = try desk.journal(of: tip).entries().map { try CaseEvent($0) }
            record = CaseRecord(events)
            var manifests: [(VerifiedManifest, Hour)] = []
            for received in record.received {
                manifests.append((try Self.manifest(received.frame, tip, desk), received.hour))
            }
            guard let first = manifests.first, first.0.manifest.sequence == 0 else {
                throw DeskError.altered("a case begins with a tip")
            }
            self.first = first.0
            tipKey = first.0.manifest.tipKey
            supplements = manifests.dropFirst().map(\.0)
            let drop = try OpenedDrop(record, first.0.manifest, desk)
            self.drop = drop
            parts = manifests.flatMap { manifest, hour in
                manifest.manifest.parts.sorted { $0.partClass < $1.partClass }.map { part in
                    let dropped = drop.flatMap { $0.carrier == part.payloadDigest ? $0 : nil }
                    return Part(
                        payload: dropped?.payload ?? part.payloadDigest, partClass: part.partClass,
                        plaintext: dropped?.plaintext ?? part.plaintextDigest, name: part.name,
                        hour: hour)
                }
            }
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private static func manifest(
        _ received: ReceivedFrame, _ tip: TipID, _ desk: Desk
    ) throws -> VerifiedManifest {
        let envelope = try UnverifiedEnvelope(
            decoding: received.envelope.span, signature: received.signature
        ).verified(with: NativePrimitives.self)
        guard envelope.tipID == tip else {
            throw DeskError.altered("an envelope in the journal is of another tip")
        }
        let text = try desk.part(received.manifest, of: tip).text()
        let manifest = try text.withBytes { (bytes) throws(FormatError) in
            try OpenedManifest<NativePrimitives>.decode(bytes).manifest
        }
        return try manifest.check(
            against: envelope, ownPayload: received.manifest, with: NativePrimitives.self)
    }

    /// The key of the reporter's mailbox, from the tip's own manifest.
    func mailboxKey() throws -> Secret {
        guard let received = record.received.first?.frame else {
            throw DeskError.altered("a case begins with a tip")
        }
        let text = try desk.part(received.manifest, of: tip).text()
        let opened = try text.withBytes { (bytes) throws(FormatError) in
            try OpenedManifest<NativePrimitives>.decode(bytes)
        }
        return opened.mailboxKey.duplicate()
    }

    /// The file of a part or derivative.
    func file(_ payload: Hash) -> PartFile { desk.part(payload, of: tip) }

    /// The case's short name.
    package var name: String { String(tip.hex.prefix(12)) }

    /// Adds to the journal.
    func append(_ action: CaseAction, by person: String = "") throws {
        try desk.append(action, to: tip, by: person)
    }

    /// The part that `name` means: its number in the list, its class when there is only one of it,
    /// or the first digits of its payload's digest.
    func part(named name: String) throws(DeskError) -> Part {
        if let number = Int(name), parts.indices.contains(number - 1) { return parts[number - 1] }
        if let partClass = PartClass(name: name) {
            let found = parts.filter { $0.partClass == partClass }
            if found.count == 1 { return found[0] }
        }
        let found = parts.filter { name.utf8.count >= 8 && $0.payload.hex.hasPrefix(name) }
        guard found.count == 1 else { throw .noPart(name) }
        return found[0]
    }

    /// The part made at the desk that `name` means: the first digits of its payload's digest.
    func derivative(named name: String) throws(DeskError) -> Derivative {
        let found = record.derivatives.filter {
            name.utf8.count >= 8 && $0.payload.hex.hasPrefix(name)
        }
        guard found.count == 1 else { throw .noPart(name) }
        return found[0]
    }

    /// The payload of the part, of the reporter's or the desk's, that `name` means.
    func payload(named name: String) throws(DeskError) -> Hash {
        if let derivative = try? derivative(named: name) { return derivative.payload }
        return try part(named: name).payload
    }
}

extension Desk {
    func journal(of tip: TipID) -> SealedJournal {
        SealedJournal(folder: caseFolder(tip) + "/journal", tip: tip, agent: agent)
    }

    func part(_ payload: Hash, of tip: TipID) -> PartFile {
        PartFile(
            path: "\(caseFolder(tip))/parts/\(payload.hex).age", tip: tip, agent: agent,
            watcher: watcher)
    }

    func append(_ action: CaseAction, to tip: TipID, by person: String = "") throws {
        try journal(of: tip).append(CaseEvent(hour: now, person: person, action: action).json)
        try rememberHour()
    }

    /// Every case.
    func tips() throws(DeskError) -> [TipID] {
        try Verification.desk {
            try Durable.list(folder + "/cases").compactMap { TipID(hex: $0) }.filter {
                Durable.exists(caseFolder($0) + "/journal") || Durable.exists(erasingFile($0))
            }
        }
    }

    /// The case whose name begins with `name`.
    package func openCase(_ name: String) throws(DeskError) -> OpenedCase {
        try OpenedCase(try tip(named: name), of: self)
    }

    /// The name of the case that begins with `name`; the case itself may be unreadable.
    package func tip(named name: String) throws(DeskError) -> TipID {
        guard (4...64).contains(name.utf8.count) else { throw .noCase(name) }
        let found = try tips().filter { $0.hex.hasPrefix(name) }
        guard let tip = found.first else { throw .noCase(name) }
        guard found.count == 1 else { throw .ambiguousCase(name) }
        return tip
    }
}
