internal import Agents
internal import Custody
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// The parts of a frame, to be opened one by one while it is checked.
protocol FrameParts {
    /// The whole plaintext of a part that is small enough for a text.
    func text(_ payload: Hash) throws -> Secret
    /// What opening the whole part as one of this class shows.
    func digests(_ payload: Hash, as partClass: PartClass) throws -> PartFile.Digests
}

/// Parts that are in the case's folder.
struct StoredParts: FrameParts {
    let desk: Desk
    let tip: TipID

    func text(_ payload: Hash) throws -> Secret { try desk.part(payload, of: tip).text() }

    func digests(_ payload: Hash, as partClass: PartClass) throws -> PartFile.Digests {
        try desk.part(payload, of: tip).open(as: partClass)
    }
}

/// Parts of a frame that is held in memory, opened by what the agent gave for them.
struct HeldParts: FrameParts {
    private let parts: [Hash: (payload: [UInt8], adopted: AdoptedPart)]

    init(_ frame: Frame, _ adopted: AdoptedFrame) {
        let pairs = zip(frame.parts, adopted.parts).map { part, adopted in
            (Hash(sha256: part.payload), (part.payload, adopted))
        }
        parts = Dictionary(pairs) { first, _ in first }
    }

    func text(_ payload: Hash) throws -> Secret {
        var plaintext: [UInt8] = []
        try open(payload) { plaintext += $0 }
        return Secret(consuming: &plaintext)
    }

    func digests(_ payload: Hash, as partClass: PartClass) throws -> PartFile.Digests {
        let digests = RunningDigests()
        var evidence = partClass == .evidence ? EvidenceTarReader() : nil
        var total = 0
        try open(payload) { bytes in
            total += bytes.count
            var bytes = bytes
            try digests.take(&bytes, &evidence) { _ in }
        }
        if let evidence { try evidence.finish() }
        return try digests.finish(
            payload: payload, payloadBytes: parts[payload]?.payload.count ?? 0)
    }

    /// Opens a part and lends its plaintext, whole.
    private func open(_ payload: Hash, _ body: ([UInt8]) throws -> Void) throws {
        guard let part = parts[payload] else {
            throw DeskError.badFrame("its manifest names a part that is not in it")
        }
        var opener = part.adopted.opener()
        var plaintext: [UInt8] = []
        plaintext.reserveCapacity(part.payload.count)
        defer { NativePrimitives.wipe(&plaintext) }
        try opener.update(part.payload.span, into: &plaintext)
        try opener.finish(into: &plaintext)
        try body(plaintext)
    }
}
