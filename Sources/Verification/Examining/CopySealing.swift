internal import Agents
internal import Containers
internal import Custody
internal import DurableFiles
internal import Examination
internal import Glibc
internal import Sealing
internal import Tips

/// Seals a safe copy to the key of its case, in the form of evidence, so that it can be released and
/// opened like any.
struct CopySealing {
    let desk: Desk
    let tip: TipID

    /// - Returns: what the journal must know of it; the file is durable under its payload's digest.
    func seal(_ copy: SafeCopy) throws -> Examined.Copy {
        let lock = try JournalLock.adding(to: tip, of: desk)
        defer { withExtendedLifetime(lock) {} }
        let folder = desk.caseFolder(tip) + "/parts"
        // Its digest is known only when it is sealed.
        let working = "\(folder)/copy-\(String(UInt64.random(in: .min ... .max), radix: 16)).age"
        var file = try NewFile(at: working, mode: 0o660)
        var source = try ArchivedCopy(copy.file)
        try ContainerSealing(to: [try desk.agent.caseRecipient(tip)]).run(&source, into: &file)
        try file.commit()
        let part = PartFile(path: working, tip: tip, agent: desk.agent, watcher: { _, _, _ in })
        let digests = try part.open(as: .evidence)
        try Durable.move(working, to: desk.part(digests.payload, of: tip).path, .replace)
        return Examined.Copy(
            payload: digests.payload, plaintext: digests.plaintext,
            payloadBytes: digests.payloadBytes, kind: copy.kind, path: copy.path,
            sketch: try Self.sketch(of: copy))
    }

    private static func sketch(of copy: SafeCopy) throws -> PictureSketch? {
        guard copy.kind == .picture, copy.file.byteCount <= PictureSketch.copyBytes else {
            return nil
        }
        return try PictureSketch(of: copy.file.read(at: 0, count: copy.file.byteCount))
    }
}

/// A copy in memory as the archive of one member that evidence is, byte by byte.
private struct ArchivedCopy: ~Copyable, ByteSource {
    private let file: MemoryFile
    private let header: [UInt8]
    private let total: Int
    private var position = 0

    init(_ file: MemoryFile) throws {
        self.file = file
        let size = ByteCount(file.byteCount)
        guard let header = EvidenceTar.header(size: size) else {
            throw DeskError.badInput("The copy is larger than any evidence.")
        }
        self.header = header
        total = Int(EvidenceTar.totalLength(size: size))
    }

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int {
        let piece = try next(buffer.count)
        for index in piece.indices { buffer[index] = piece[index] }
        position += piece.count
        return piece.count
    }

    private func next(_ count: Int) throws(FileError) -> [UInt8] {
        if position < header.count { return Array(header[position...].prefix(count)) }
        let offset = position - header.count
        guard offset < file.byteCount else {
            return [UInt8](repeating: 0, count: min(count, total - position))
        }
        do throws(MemoryFileError) {
            return try file.read(at: offset, count: count)
        } catch {
            throw FileError("pread", "a copy in memory", code: EIO)
        }
    }
}
