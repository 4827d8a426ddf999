internal import DurableFiles
internal import Glibc

/// Files and folders that somebody else put where we read and write: no link is followed, and no
/// pipe waited for.
enum CarriedReading {
    /// A whole file of at most `limit` bytes.
    static func all(of path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try OpenFile(readingFromOthers: path)
        guard let length = try file.regularFileLength() else {
            throw FileError("read", path, code: EINVAL)
        }
        guard length <= limit else { throw FileError("read", path, code: EFBIG) }
        return try file.read(at: 0, count: length)
    }

    /// Up to `count` bytes at `offset`.
    static func piece(of path: String, at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        try OpenFile(readingFromOthers: path).read(at: offset, count: count)
    }

    /// The length of a regular file; nil for anything else.
    static func length(of path: String) throws(FileError) -> Int? {
        try OpenFile(readingFromOthers: path).regularFileLength()
    }

    /// Refuses a link in the place of a folder: what is written through it, or read, would be
    /// somewhere else.
    ///
    /// - Parameter folder: below the carried folder `root`.
    /// - Throws: ``CarriedRefusal``.
    static func refuseLink(_ folder: String, in root: String) throws(CarriedRefusal) {
        var status = stat()
        guard unsafe lstat("\(root)/\(folder)", &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw CarriedRefusal(
                folder, "a link, or no folder: nothing is written or read through it")
        }
    }
}
