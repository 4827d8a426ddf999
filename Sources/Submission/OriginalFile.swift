internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// An original on the reporter's device, read piece by piece (DESIGN §4, *Resuming*).
///
/// First pass: each piece is hashed. Later passes: each piece is read, its hash compared, and *that
/// buffer* used; one that changed ends the upload, so that no key ever seals two contents.
struct OriginalFile: ~Copyable {
    let path: String
    let byteCount: Int
    private let file: OpenFile

    /// Opens a regular file.
    ///
    /// - Throws: ``OriginalError``, `FileError`.
    init(_ path: String) throws {
        let opened = try OpenFile(reading: path)
        guard let length = try opened.regularFileLength() else {
            throw OriginalError.notAFile(path)
        }
        guard length > 0 else { throw OriginalError.empty(path) }
        guard length <= Limits.evidenceBytes else { throw OriginalError.tooLarge }
        file = opened
        self.path = path
        byteCount = length
    }

    /// How many pieces the file has.
    var chunkCount: Int { (byteCount + Limits.chunkBytes - 1) / Limits.chunkBytes }

    /// The digests of all pieces; `body` sees each piece once, in order.
    func survey(_ body: (Span<UInt8>) throws -> Void) throws -> ChunkDigests {
        var digests = ChunkDigests()
        for index in 0..<chunkCount {
            let chunk = try read(index)
            try digests.add(chunk.span, with: NativePrimitives.self)
            try body(chunk.span)
        }
        return digests
    }

    /// The piece at `index`, shown to be the one that was surveyed.
    ///
    /// - Throws: ``OriginalError/changed(_:)``.
    func chunk(_ index: Int, matching digests: ChunkDigests) throws -> [UInt8] {
        let chunk = try read(index)
        guard digests.matches(chunk.span, at: index, with: NativePrimitives.self) else {
            throw OriginalError.changed(path)
        }
        return chunk
    }

    private func read(_ index: Int) throws -> [UInt8] {
        let start = index * Limits.chunkBytes
        let count = min(Limits.chunkBytes, byteCount - start)
        let chunk = try file.read(at: start, count: count)
        guard chunk.count == count else { throw OriginalError.changed(path) }
        return chunk
    }
}
