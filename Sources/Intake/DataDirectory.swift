internal import Custody
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Sealing
internal import Serving
internal import Wire

/// Where the public door keeps what it must keep, all on one file system.
///
/// ```
/// door-secret          32 bytes
/// spool/new/<32 hex>   whole frames for dispatch, which takes and removes them
/// tmp/                 files that are not whole yet; emptied at start
/// uploads/<64 hex>/    frame and state of one resumable upload
/// parked/<64 hex>      one parked sealing state
/// ```
package struct DataDirectory: Sendable {
    /// The directory itself.
    package let path: String

    /// The directory at `path`.
    package init(_ path: String) {
        self.path = path
    }

    /// The secret that puzzles, tokens and made-up answers come from.
    package var doorSecret: String { path + "/door-secret" }
    /// What dispatch reads.
    package var spool: String { path + "/spool/new" }
    /// Resumable uploads under way.
    package var uploads: String { path + "/uploads" }
    /// Parked sealing states.
    package var parked: String { path + "/parked" }
    /// What is not whole yet.
    package var temporary: String { path + "/tmp" }

    /// Makes the directories and removes what a crash left half made.
    ///
    /// - Throws: ``FileError``.
    package func prepare() throws {
        for directory in [path, path + "/spool", spool, uploads, parked, temporary] {
            try Durable.createDirectory(directory)
        }
        for name in try Durable.list(temporary) { try remove(temporary + "/" + name) }
        for directory in [parked, spool] {
            for name in try Durable.list(directory) where name.hasPrefix(".") {
                try Durable.remove(directory + "/" + name)
            }
        }
    }

    /// A new name in ``temporary`` that says nothing.
    package func temporaryName() -> String { temporary + "/" + Self.randomName() }

    /// 32 random hexadecimal digits.
    package static func randomName() -> String {
        Hex.encode(NativePrimitives.randomBytes(count: 16))
    }

    /// Removes a file, or a directory with the files in it.
    func remove(_ path: String) throws(FileError) {
        if let names = try? Durable.list(path) {
            for name in names { try Durable.remove(path + "/" + name) }
            guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw FileError("rmdir", path) }
            try Durable.syncDirectory(Durable.parent(of: path))
        } else {
            try Durable.remove(path)
        }
    }

    /// Bytes that an unprivileged process may still write.
    func freeBytes() throws(FileError) -> Int {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { throw FileError("statvfs", path) }
        return Int(clamping: UInt64(status.f_bavail)) * Int(clamping: UInt64(status.f_frsize))
    }
}

/// Times on the disk, made as coarse as the hour, so that a seized disk tells no arrival.
///
/// Access and modification times are set; the inode's change time cannot be, by anyone.
enum CoarseTime {
    /// Sets the times of an open file to the beginning of this hour.
    static func set(_ file: borrowing OpenFile) throws(FileError) {
        let times = hour()
        let result = unsafe times.withUnsafeBufferPointer {
            unsafe futimens(file.descriptor, $0.baseAddress)
        }
        guard result == 0 else { throw FileError("futimens", file.path) }
    }

    /// Sets the times of a file or directory to the beginning of this hour.
    static func set(_ path: String) throws(FileError) {
        let times = hour()
        let result = unsafe times.withUnsafeBufferPointer {
            unsafe utimensat(AT_FDCWD, path, $0.baseAddress, 0)
        }
        guard result == 0 else { throw FileError("utimensat", path) }
    }

    private static func hour() -> [timespec] {
        let moment = timespec(tv_sec: Hour.now.number * 3600, tv_nsec: 0)
        return [moment, moment]
    }
}
