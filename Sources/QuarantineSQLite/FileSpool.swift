internal import DurableFiles
package import Quarantine

/// The directory between the two doors: `new/`, which intake fills, and `corrupt/`, where files go
/// that are no frame.
package struct FileSpool: Spool {
    private let directory: String

    /// The spool at `directory`.
    ///
    /// - Throws: ``StoreFailure`` when its two folders are not there and cannot be made.
    package init(directory: String) throws(StoreFailure) {
        self.directory = directory
        try mapped("open the spool") {
            try Durable.createDirectory("\(directory)/new")
            try Durable.createDirectory("\(directory)/corrupt")
        }
    }

    private func path(_ name: String) -> String { "\(directory)/new/\(name)" }

    package func names() throws(StoreFailure) -> [String] {
        try mapped("list the spool") {
            try Durable.list("\(directory)/new").filter { BlobName($0) != nil }
        }
    }

    package func byteCount(of name: String) throws(StoreFailure) -> Int? {
        do throws(FileError) {
            return try OpenFile(reading: path(name)).regularFileLength()
        } catch {
            if error.isNotThere { return nil }
            throw StoreFailure("look at a spool file: \(error.operation)", code: error.code)
        }
    }

    package func read(_ name: String, at offset: Int, count: Int) throws(StoreFailure) -> [UInt8] {
        try mapped("read a spool file") {
            try OpenFile(reading: path(name)).read(at: offset, count: count)
        }
    }

    package func remove(_ name: String) throws(StoreFailure) {
        try mapped("remove a spool file") { try Durable.remove(path(name)) }
    }

    package func park(_ name: String) throws(StoreFailure) {
        try mapped("park a spool file") {
            try Durable.move(path(name), to: "\(directory)/corrupt/\(name)", .replace)
        }
    }
}
