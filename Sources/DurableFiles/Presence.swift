internal import Glibc

extension Durable {
    /// Whether there is something at `path`; a link counts as itself.
    ///
    /// Only `ENOENT` means no. A disk that cannot answer must not pass for an empty one: an upload
    /// would be called finished, or a newer directory forgotten.
    /// - Throws: ``FileError``.
    package static func isPresent(_ path: String) throws(FileError) -> Bool {
        var status = stat()
        if unsafe lstat(path, &status) == 0 { return true }
        guard errno == ENOENT else { throw FileError("lstat", path) }
        return false
    }

    /// All bytes of a file of at most `limit` bytes; nil only when there is none.
    ///
    /// - Throws: ``FileError``, as ``read(_:limit:)`` does.
    package static func readIfPresent(
        _ path: String, limit: Int
    ) throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try read(path, limit: limit)
        } catch {
            guard error.isNotThere else { throw error }
            return nil
        }
    }
}
