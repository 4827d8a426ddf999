internal import Glibc

/// A file operation that failed: what was tried, where, and the system's error number.
package struct FileError: Error, Equatable, CustomStringConvertible {
    /// The operation, as the manual pages name it.
    package let operation: String
    /// The path it was tried on.
    package let path: String
    /// The value of `errno`.
    package let code: Int32

    /// An error with the current value of `errno`.
    package init(_ operation: String, _ path: String) {
        self.init(operation, path, code: errno)
    }

    /// An error with a given error number.
    package init(_ operation: String, _ path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The disk or the quota is full.
    package var isNoSpace: Bool { code == ENOSPC || code == EDQUOT }
    /// Something is in the way.
    package var isAlreadyThere: Bool { code == EEXIST }
    /// There is more than was to be read, or than the file system takes.
    package var isTooLarge: Bool { code == EFBIG }
    /// Whoever runs the program may not do that there.
    package var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }
    /// There is a folder where a file should be.
    package var isFolder: Bool { code == EISDIR }
    /// Whoever read what is written has stopped.
    package var isBrokenPipe: Bool { code == EPIPE }
    /// What was read changed meanwhile: something else is writing to it.
    package var isChanging: Bool { operation == "read" && code == EBUSY }
    /// The name is longer than the file system takes.
    package var isNameTooLong: Bool { code == ENAMETOOLONG }
    /// There is nothing at the path.
    package var isNotThere: Bool { code == ENOENT }

    /// In words, for an operator's terminal.
    package var description: String {
        "\(path): \(operation): \(unsafe String(cString: strerror(code)))"
    }
}
