internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips
internal import Wire

/// A frame in a carried folder, checked while it is copied.
///
/// A frame that breaks a reporter's rule is recorded and confirmed, after which dispatch deletes its
/// copy. So what a stick merely damaged must be told apart here, before anything is confirmed.
struct CarriedFrame: ~Copyable {
    private let entry: DeskInbox.Entry
    private let name: String
    private let source: OpenFile

    /// The frame of a signed inbox's entry.
    ///
    /// - Throws: ``DeskError/carried(file:why:)``.
    init(_ entry: DeskInbox.Entry, in folder: String) throws(DeskError) {
        self.entry = entry
        name = CarriedFile.frame(entry.envelope).path
        let path = "\(folder)/\(name)"
        guard Durable.exists(path) else {
            throw .carried(file: name, why: "not there, though dispatch's signed list names it")
        }
        do throws(FileError) {
            source = try OpenFile(reading: path)
        } catch {
            throw .file(error)
        }
    }

    /// All of it, for a frame that is small enough; nothing of it is checked yet.
    func bytes() throws(FileError) -> [UInt8] {
        try source.read(at: 0, count: entry.byteCount)
    }

    /// Copies it to `path`; nothing is there unless every byte is what the envelope says.
    func copy(to path: String, telling watcher: Desk.Watcher) throws {
        let start = try source.read(at: 0, count: FrameHead.byteLimit)
        guard try source.regularFileLength() == entry.byteCount,
            let head = try? FrameHead.parse(prefix: start.span),
            head.frameByteCount == entry.byteCount,
            Hash(sha256: head.envelope.encoded) == entry.envelope
        else { throw damaged("its length or its head") }
        var copy = try NewFile(at: path, mode: 0o660)
        try copy.write(start.span.extracting(..<head.byteCount))
        for place in head.layout {
            let header = try source.read(at: place.header.lowerBound, count: place.header.count)
            guard place.part.accepts(header: header.span, with: NativePrimitives.self) else {
                throw damaged("the header of a part")
            }
            try copy.write(header.span)
            try copyPayload(place, to: &copy, watcher)
        }
        try copy.commit(.replace)
    }

    private func copyPayload(
        _ place: FramePart, to copy: inout NewFile, _ watcher: Desk.Watcher
    ) throws {
        let digest = NativePrimitives.Digest()
        var position = place.payload.lowerBound
        while position < place.payload.upperBound {
            let count = min(PartFile.pieceBytes, place.payload.upperBound - position)
            let piece = try source.read(at: position, count: count)
            guard piece.count == count else { throw damaged("it was cut short") }
            digest.update(piece.span)
            try copy.write(piece.span)
            position += count
            watcher("Reading", position - place.payload.lowerBound, place.payload.count)
        }
        guard digest.finish() == place.part.payloadDigest.bytes else {
            throw damaged("the bytes of a part")
        }
    }

    private func damaged(_ what: String) -> DeskError {
        .carried(file: name, why: "damaged on the way (\(what)); nothing of it was taken")
    }
}
