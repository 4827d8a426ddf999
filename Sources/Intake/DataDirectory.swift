internal import Custody
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Sealing
internal import Serving
internal import Wire

/// Where the public door keeps what it must keep: its own directory, which nobody else may enter,
/// and the spool, which it shares with dispatch.
///
/// ```
/// door-secret          32 bytes
/// directory-mark       version and digest of the newest directory
/// parked/<64 hex>      one parked sealing state
/// tmp/                 parked states that are not whole yet; emptied at start
/// ```
/// The spool, on one file system, so that a frame gets its place by one rename:
/// ```
/// new/<32 hex>         2770  whole frames, 0640, for dispatch, which takes and removes them
/// tmp/                 2700  frames and uploads that are not whole yet; emptied at start
/// uploads/<64 hex>/    2700  frame and state of one resumable upload
/// corrupt/                   dispatch's own
/// ```
/// The directories are setgid, so that every file in them belongs to the group that dispatch is in.
/// Whoever made them beforehand (`sallyport.tmpfiles`) decides about owner, group and mode.
package struct DataDirectory: Sendable {
    /// The directory itself.
    package let path: String
    /// The directory of the spool.
    package let spoolPath: String

    /// The directory at `path` with the spool at `spool`.
    package init(_ path: String, spool: String) {
        self.path = path
        spoolPath = spool
    }

    /// The secret that puzzles, tokens and made-up answers come from.
    package var doorSecret: String { path + "/door-secret" }
    /// What dispatch reads.
    package var spool: String { spoolPath + "/new" }
    /// Resumable uploads under way.
    package var uploads: String { spoolPath + "/uploads" }
    /// Parked sealing states.
    package var parked: String { path + "/parked" }
    /// Parked states that are not whole yet.
    package var temporary: String { path + "/tmp" }
    /// Frames and uploads that are not whole yet.
    package var staging: String { spoolPath + "/tmp" }

    /// Makes the directories and removes what a crash left half made.
    ///
    /// - Throws: ``FileError``.
    package func prepare() throws {
        for directory in [path, parked, temporary] { try Durable.createDirectory(directory) }
        try Durable.createDirectory(spoolPath, exactly: 0o2750)
        try Durable.createDirectory(spool, exactly: 0o2770)
        for directory in [staging, uploads] {
            try Durable.createDirectory(directory, exactly: 0o2700)
        }
        for directory in [temporary, staging] {
            for name in try Durable.list(directory) { try remove(directory + "/" + name) }
        }
        for directory in [parked, spool] {
            for name in try Durable.list(directory) where name.hasPrefix(".") {
                try Durable.remove(directory + "/" + name)
            }
        }
        try coarsenTimes()
    }

    /// Makes the times of the directories as coarse as those of the files in them: they would tell
    /// the last arrival, and in the spool when dispatch took it.
    func coarsenTimes() throws(FileError) {
        for directory in [parked, temporary, spool, staging, uploads] {
            try CoarseTime.set(directory)
        }
    }

    /// A new name in ``temporary`` that says nothing.
    package func temporaryName() -> String { temporary + "/" + Self.randomName() }

    /// A new name in ``staging`` that says nothing.
    package func stagingName() -> String { staging + "/" + Self.randomName() }

    /// 32 random hexadecimal digits.
    package static func randomName() -> String {
        Hex.encode(NativePrimitives.randomBytes(count: 16))
    }

    /// Removes a file, or a directory with the files in it, and leaves no time of it behind.
    func remove(_ path: String) throws(FileError) {
        if let names = try? Durable.list(path) {
            for name in names { try Durable.remove(path + "/" + name) }
            guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw FileError("rmdir", path) }
            try Durable.syncDirectory(Durable.parent(of: path))
        } else {
            try Durable.remove(path)
        }
        try CoarseTime.set(Durable.parent(of: path))
    }

    /// Bytes that an unprivileged process may still write to the spool.
    func freeBytes() throws(FileError) -> Int {
        var status = statvfs()
        guard unsafe statvfs(spoolPath, &status) == 0 else { throw FileError("statvfs", spoolPath) }
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
