internal import Custody
internal import NativePrimitives
internal import Sealing
internal import Tips

/// What a frame holds, everything in it opened and compared with what its sender signed. Nothing is
/// changed by looking.
struct FrameContents {
    let envelope: VerifiedEnvelope
    /// The payload that holds the manifest.
    let manifestPayload: Hash
    let manifest: Manifest
    let originals: [ReceivedFrame.Original]
    /// A file in the report that was sealed without the page.
    private(set) var drop: Drop?
    private(set) var withdrawal: WithdrawalPart?
    private(set) var urgency: UrgencyPart?
    private(set) var place: PlacePart?
    /// The content of every text that could be read.
    let texts: [TipContent]
    /// The texts at which a worker of their own ended: nobody reads them.
    let unread: [Hash]
    /// Whether one of them is a withdrawal.
    let isUnreadWithdrawal: Bool

    /// Opens and compares everything.
    ///
    /// - Parameters:
    ///   - firstEnvelope: the case's first envelope, if there is a case.
    ///   - unread: payloads that nobody may read (``TextTrial``).
    /// - Throws: ``DeskError/badFrame(_:)``, and errors of the formats.
    init(
        of envelope: VerifiedEnvelope, firstEnvelope: [UInt8]?, in parts: any FrameParts,
        unread: Set<Hash>
    ) throws {
        self.envelope = envelope
        let found = try envelope.envelope.parts.filter { !unread.contains($0.payloadDigest) }
            .compactMap { try Self.manifest(in: $0, of: envelope, parts) }
        guard found.count == 1 else {
            throw DeskError.badFrame(
                found.isEmpty && !unread.isEmpty
                    ? "its manifest could not be read: a worker ended at it"
                    : "it has \(found.count) manifests instead of one")
        }
        (manifestPayload, manifest) = found[0]
        if let first = manifest.firstEnvelope, let tip = firstEnvelope {
            guard Hash(sha256: tip) == first else {
                throw DeskError.badFrame("the supplement names another tip's envelope")
            }
        }
        var originals: [ReceivedFrame.Original] = []
        var contents: [TipContent] = []
        for part in manifest.parts {
            let digests = try Self.check(part, of: envelope, parts)
            guard part.partClass != .evidence else {
                originals.append(
                    ReceivedFrame.Original(
                        payload: digests.payload, digest: digests.original,
                        byteCount: digests.originalBytes))
                continue
            }
            guard !unread.contains(part.payloadDigest) else { continue }
            contents.append(
                try parts.text(part.payloadDigest).withBytes { (text) throws(ContentError) in
                    try TipContent.decode(text, as: part.partClass)
                })
        }
        self.originals = originals
        texts = contents
        let unread = manifest.parts.filter {
            $0.partClass != .evidence && unread.contains($0.payloadDigest)
        }
        self.unread = unread.map(\.payloadDigest)
        isUnreadWithdrawal = unread.contains { $0.partClass == .withdrawal }
        for content in contents { note(content) }
    }

    /// The frame as the journal keeps it.
    func received(_ drop: ReceivedFrame.Drop?) -> ReceivedFrame {
        ReceivedFrame(
            envelope: envelope.encoded, signature: envelope.signature, manifest: manifestPayload,
            originals: originals, drop: drop, unread: unread)
    }

    private mutating func note(_ content: TipContent) {
        switch content {
        case .withdrawal(let withdrawal): self.withdrawal = withdrawal
        case .report(let report): drop = report.drop ?? drop
        case .urgency(let urgency): self.urgency = urgency
        case .place(let place): self.place = place
        default: break
        }
    }

    /// The manifest, if this part is one that belongs to the envelope.
    private static func manifest(
        in part: SealedPart, of envelope: VerifiedEnvelope, _ parts: any FrameParts
    ) throws -> (payload: Hash, manifest: Manifest)? {
        guard part.payloadLength <= Payload.sealedLength(of: Limits.textPartBytes) else {
            return nil
        }
        let text = try parts.text(part.payloadDigest)
        guard
            let manifest = text.withBytes({
                try? OpenedManifest<NativePrimitives>.decode($0).manifest
            })
        else { return nil }
        let verified = try manifest.check(
            against: envelope, ownPayload: part.payloadDigest, with: NativePrimitives.self)
        return (part.payloadDigest, verified.manifest)
    }

    /// Opens a part as what the manifest says it is.
    private static func check(
        _ part: Manifest.Part, of envelope: VerifiedEnvelope, _ parts: any FrameParts
    ) throws -> PartFile.Digests {
        try checkLength(part, envelope)
        let digests = try parts.digests(part.payloadDigest, as: part.partClass)
        guard digests.payload == part.payloadDigest, digests.plaintext == part.plaintextDigest
        else {
            throw DeskError.badFrame(
                "the \(part.partClass.name) part is not what its manifest says")
        }
        return digests
    }

    /// Only evidence may be large: all else is read into memory whole.
    private static func checkLength(_ part: Manifest.Part, _ envelope: VerifiedEnvelope) throws {
        guard part.partClass != .evidence else { return }
        let limit = Payload.sealedLength(of: Limits.textPartBytes)
        guard
            envelope.envelope.parts.allSatisfy({
                $0.payloadDigest != part.payloadDigest || $0.payloadLength <= limit
            })
        else {
            throw DeskError.badFrame("the \(part.partClass.name) part is larger than any can be")
        }
    }
}
