internal import DurableFiles
internal import Glibc
package import Quarantine

/// The directory between the two doors: `new/`, which intake fills, and `corrupt/`, where files go
/// that are no frame. Whatever else intake has there (`tmp/`, `uploads/`) is its own.
///
/// Intake is another user, and may be in other hands: what is no regular file is left alone, so that
/// no link makes us read, or move, what is ours.
package struct FileSpool: Spool {
    private let directory: String

    /// The spool at `directory`.
    ///
    /// - Throws: ``StoreFailure`` when its two folders are not there and cannot be made.
    package init(directory: String) throws(StoreFailure) {
        self.directory = directory
        try mapped("open the spool") {
            try Durable.createDirectory(directory, exactly: 0o2750)
            try Durable.createDirectory("\(directory)/new", exactly: 0o2770)
            try Durable.createDirectory("\(directory)/corrupt", exactly: 0o700)
        }
    }

    private func path(_ name: String) -> String { "\(directory)/new/\(name)" }

    package func names() throws(StoreFailure) -> [String] {
        try mapped("list the spool") {
            try Durable.list("\(directory)/new").filter { BlobName($0) != nil }
        }
    }

    package func byteCount(of name: String) throws(StoreFailure) -> Int? {
        try skipping("look at a spool file") { () throws(FileError) in
            try OpenFile(readingFromOthers: path(name)).regularFileLength()
        }
    }

    package func read(_ name: String, at offset: Int, count: Int) throws(StoreFailure) -> [UInt8]? {
        try skipping("read a spool file") { () throws(FileError) in
            try OpenFile(readingFromOthers: path(name)).read(at: offset, count: count)
        }
    }

    /// Nil for what cannot be opened because of what it is, or is no longer there. A disk that fails
    /// says something else.
    private func skipping<Result>(
        _ operation: String, _ body: () throws(FileError) -> Result?
    ) throws(StoreFailure) -> Result? {
        do throws(FileError) {
            return try body()
        } catch {
            switch error.code {
            case ENOENT, ELOOP, EACCES, EPERM, ENXIO, EISDIR: return nil
            default: throw StoreFailure("\(operation): \(error.operation)", code: error.code)
            }
        }
    }

    package func remove(_ name: String) throws(StoreFailure) {
        try mapped("remove a spool file") { try Durable.remove(path(name)) }
    }

    package func park(_ name: String) throws(StoreFailure) {
        try mapped("park a spool file") {
            do throws(FileError) {
                try Durable.move(path(name), to: "\(directory)/corrupt/\(name)", .replace)
            } catch {
                guard error.isNotThere else { throw error }
            }
        }
    }
}
