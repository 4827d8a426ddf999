internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips

/// A part of a case on disk: a header for the case's key, and the payload as the reporter's device
/// (or the desk, for a derivative) sealed it.
struct PartFile {
    /// Bytes read at a time: few enough that memory is used again and stays in the processor's cache.
    static let pieceBytes = 64 * 1024

    let path: String
    let tip: TipID
    let agent: DeskAgentClient
    let watcher: Desk.Watcher

    /// What opening the whole part shows.
    struct Digests: Equatable {
        /// Of the payload.
        let payload: Hash
        /// Bytes of the payload.
        let payloadBytes: Int
        /// Of the plaintext.
        let plaintext: Hash
        /// Of the original: of the file in the evidence tar, of the plaintext for other classes.
        let original: Hash
        /// Bytes of the original.
        let originalBytes: Int
    }

    /// The header for the case's key, exactly as stored.
    func header() throws -> [UInt8] {
        let start = try OpenFile(reading: path).read(at: 0, count: Header.byteLimit)
        let (_, count) = try Header.parse(start.span)
        return Array(start[..<count])
    }

    /// Opens the part and gives the original's bytes piece by piece; nothing is kept on disk.
    ///
    /// The pieces are known to be whole and authentic only when this returns.
    func open(
        as partClass: PartClass, each: ([UInt8]) throws -> Void = { _ in }
    ) throws -> Digests {
        let header = try header()
        var opener = PayloadOpener(fileKey: try agent.unwrap(header, ofCase: tip))
        let digests = RunningDigests()
        var evidence = partClass == .evidence ? EvidenceTarReader() : nil
        let total = try eachPiece(from: header.count, "Checking") { piece in
            digests.payload.update(piece.span)
            var plaintext: [UInt8] = []
            try opener.update(piece.span, into: &plaintext)
            try digests.take(&plaintext, &evidence, each)
        }
        var last: [UInt8] = []
        try opener.finish(into: &last)
        try digests.take(&last, &evidence, each)
        if let evidence { try evidence.finish() }
        return try digests.finish(payloadBytes: total)
    }

    /// The whole plaintext of a small part.
    func text(limit: Int = Limits.textPartBytes) throws -> Secret {
        let header = try header()
        let length = try OpenFile(reading: path).regularFileLength() ?? 0
        guard length - header.count <= Payload.sealedLength(of: limit) else {
            throw DeskError.altered("a text part is larger than any can be")
        }
        let payload = try OpenFile(reading: path).read(
            at: header.count, count: length - header.count)
        return try OpenedContainer.open(
            payload: payload.span, fileKey: try agent.unwrap(header, ofCase: tip))
    }

    /// The same, if it is what was signed for it or recorded of it: whoever works at the desk can put
    /// another file into a case's folder.
    ///
    /// - Throws: ``DeskError/altered(_:)``.
    func text(payload: Hash, plaintext: Hash) throws -> Secret {
        let text = try text()
        let digests = try open(as: .report)
        guard digests.payload == payload, digests.plaintext == plaintext,
            Hash(text.withBytes { NativePrimitives.sha256($0) }) == plaintext
        else { throw DeskError.altered("a part is not what was sent") }
        return text
    }

    /// Reads the file piece by piece from `offset` on; returns how many bytes came.
    ///
    /// - Parameter what: the work in a word, for the desk's watcher.
    func eachPiece(
        from offset: Int, _ what: String, _ body: ([UInt8]) throws -> Void
    ) throws -> Int {
        let file = try OpenFile(reading: path)
        let total = try file.regularFileLength() ?? 0
        var position = offset
        while true {
            let piece = try file.read(at: position, count: Self.pieceBytes)
            if piece.isEmpty { return position - offset }
            try body(piece)
            position += piece.count
            watcher(what, position, total)
        }
    }
}

/// What passes by while a part is opened, digested.
final class RunningDigests {
    let payload = NativePrimitives.Digest()
    private let plaintext = NativePrimitives.Digest()
    private let original = NativePrimitives.Digest()
    private var originalBytes = 0

    func take(
        _ bytes: inout [UInt8], _ evidence: inout EvidenceTarReader?,
        _ each: ([UInt8]) throws -> Void
    ) throws {
        defer { NativePrimitives.wipe(&bytes) }
        plaintext.update(bytes.span)
        var file: [UInt8] = []
        if evidence != nil { try evidence?.push(bytes.span, into: &file) } else { file = bytes }
        defer { NativePrimitives.wipe(&file) }
        original.update(file.span)
        originalBytes += file.count
        try each(file)
    }

    func finish(payloadBytes: Int) throws -> PartFile.Digests {
        guard let payload = Hash(payload.finish()) else {
            throw DeskError.altered("a digest could not be made")
        }
        return try finish(payload: payload, payloadBytes: payloadBytes)
    }

    /// - Parameter payload: the payload's digest, where it is known already.
    func finish(payload: Hash, payloadBytes: Int) throws -> PartFile.Digests {
        guard let plaintext = Hash(plaintext.finish()),
            let original = Hash(original.finish())
        else { throw DeskError.altered("a digest could not be made") }
        return PartFile.Digests(
            payload: payload, payloadBytes: payloadBytes, plaintext: plaintext,
            original: original, originalBytes: originalBytes)
    }
}
