internal import Glibc

/// When the content of a file or folder changed last, by the file system's clock.
package struct FileStamp: Equatable, Sendable {
    private let seconds: Int
    private let nanoseconds: Int

    /// How far apart two changes must be for their stamps to differ for certain, in seconds: the
    /// clock of a file system moves in steps, and a carried disk's may move in steps of two seconds.
    private static let resolution = 2

    /// The stamp of what is at `path`; nil when there is nothing.
    ///
    /// - Throws: ``FileError``.
    package init?(of path: String) throws(FileError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw FileError("stat", path) }
            return nil
        }
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    private init(_ time: timespec) {
        seconds = time.tv_sec
        nanoseconds = time.tv_nsec
    }

    /// The stamp that a change now would get.
    ///
    /// - Throws: ``FileError``.
    package static func now() throws(FileError) -> FileStamp {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else {
            throw FileError("clock_gettime", "")
        }
        return FileStamp(time)
    }

    /// Whether a further change at `now` or later certainly has another stamp.
    package func isSettled(at now: FileStamp) -> Bool {
        now.seconds - seconds > Self.resolution
    }
}
