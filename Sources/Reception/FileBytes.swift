internal import DurableFiles
package import Forwarding

/// A bundle's file, read at any place.
package final class FileBytes: SeekableBytes {
    private let file: OpenFile
    package let byteCount: Int

    /// Opens the regular file at `path`.
    ///
    /// - Throws: ``ReceptionError/file(_:)``, or ``ReceptionError/refused(_:)`` for a pipe or a
    ///   folder.
    package init(_ path: String) throws(ReceptionError) {
        let file = try filing { () throws(FileError) in try OpenFile(reading: path) }
        let length = try filing { () throws(FileError) in try file.regularFileLength() }
        guard let length else { throw .refused(.badArchive(.unreadable)) }
        byteCount = length
        self.file = file
    }

    package func read(at offset: Int, count: Int) throws(TarError) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
            throw .truncated
        }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try file.read(at: offset, count: count)
        } catch {
            throw .unreadable
        }
        guard bytes.count == count else { throw .truncated }
        return bytes
    }
}
