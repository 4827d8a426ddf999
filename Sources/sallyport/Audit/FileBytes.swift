internal import DurableFiles
internal import Forwarding

/// A bundle's file, readable at any place.
final class FileBytes: SeekableBytes {
    private let file: OpenFile
    let byteCount: Int

    /// Opens a regular file.
    ///
    /// - Throws: `FileError`, with `EINVAL` for what is no regular file.
    init(_ path: String) throws(FileError) {
        file = try OpenFile(reading: path)
        guard let length = try file.regularFileLength() else {
            throw FileError("read", path, code: 22)
        }
        byteCount = length
    }

    func read(at offset: Int, count: Int) throws(TarError) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
            throw .truncated
        }
        let bytes = try? file.read(at: offset, count: count)
        guard let bytes else { throw .unreadable }
        guard bytes.count == count else { throw .truncated }
        return bytes
    }
}
