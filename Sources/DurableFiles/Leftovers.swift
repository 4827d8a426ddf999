internal import Glibc

/// What a program that was ended at once (`SIGKILL`, a power cut) left unfinished.
extension Durable {
    /// For how long after its last change an unfinished file may still be somebody's, in seconds.
    ///
    /// A program that stood still for longer (a computer that slept) finds its file gone, fails, and
    /// has told nobody that it was done.
    package static let unfinishedSeconds = 3600

    /// Removes the unfinished files in `folder`, not below it, that nobody has written to for
    /// ``unfinishedSeconds``; no folder is no error.
    package static func sweep(_ folder: String) throws(FileError) {
        let names: [String]
        do throws(FileError) {
            names = try list(folder)
        } catch {
            guard error.isNotThere else { throw error }
            return
        }
        for name in names where isUnfinished(name) {
            let path = "\(folder)/\(name)"
            if try isLeft(path) { try remove(path) }
        }
    }

    /// Whether ``NewFile`` or ``NewFiles`` gives such a name to what is not whole yet.
    package static func isUnfinished(_ name: String) -> Bool {
        name.hasPrefix(".") && name.hasSuffix(".tmp")
    }

    private static func isLeft(_ path: String) throws(FileError) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw FileError("lstat", path) }
            return false
        }
        guard status.st_mode & S_IFMT == S_IFREG else { return false }
        return time(nil) - status.st_mtim.tv_sec > unfinishedSeconds
    }
}
