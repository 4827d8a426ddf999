internal import Composing
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// An original on the reporter's device, read piece by piece.
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

    /// The first pass over all of it.
    ///
    /// - Parameter progress: is told how many bytes have been read.
    func survey(progress: (Int) -> Void) throws -> SurveyedEvidence<NativePrimitives> {
        var survey = try EvidenceSurvey<NativePrimitives>(byteCount: byteCount)
        for index in 0..<chunkCount {
            let chunk = try read(index)
            try survey.add(chunk.span)
            progress(min(byteCount, (index + 1) * Limits.chunkBytes))
        }
        return try survey.finish()
    }

    /// The piece at `index`.
    ///
    /// - Throws: ``OriginalError/changed(_:)`` when the file has become shorter, or longer when its last
    ///   piece is read: what was sent would not be all of it.
    func read(_ index: Int) throws -> [UInt8] {
        let start = index * Limits.chunkBytes
        let count = min(Limits.chunkBytes, byteCount - start)
        let chunk = try file.read(at: start, count: count)
        guard chunk.count == count else { throw OriginalError.changed(path) }
        if index == chunkCount - 1, try file.regularFileLength() != byteCount {
            throw OriginalError.changed(path)
        }
        return chunk
    }
}
