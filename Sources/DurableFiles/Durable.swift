internal import Glibc

/// Small durable steps on files and directories; when one returns, a power cut cannot undo it.
package enum Durable {
    /// The directory that holds `path`.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Writes a whole file: whole and durable, or not at all.
    package static func write(
        _ bytes: Span<UInt8>, to path: String, mode: UInt32 = 0o600,
        _ clash: NewFile.Clash = .refuse
    ) throws(FileError) {
        var file = try NewFile(at: path, mode: mode)
        try file.write(bytes)
        try file.commit(clash)
    }

    /// All bytes of a regular file of at most `limit` bytes.
    ///
    /// - Throws: ``FileError`` with `EFBIG` when it is larger, `EINVAL` when it is no regular file.
    package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try OpenFile(reading: path)
        guard let length = try file.regularFileLength() else {
            throw FileError("read", path, code: EINVAL)
        }
        guard length <= limit else { throw FileError("read", path, code: EFBIG) }
        let bytes = try file.read(at: 0, count: length)
        guard bytes.count == length else { throw FileError("read", path, code: EIO) }
        return bytes
    }

    /// All bytes of a file or pipe, at most `limit`: what a person names on the command line may be a
    /// shell's `<(…)`, or standard input.
    ///
    /// - Throws: ``FileError`` with `EFBIG` when there are more.
    package static func readToEnd(
        _ file: consuming OpenFile, limit: Int
    ) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            var all = bytes.mutableSpan
            var rest = all._mutatingExtracting(count..<all.count)
            let got = try file.read(into: &rest)
            if got == 0 { break }
            count += got
        }
        guard count <= limit else { throw FileError("read", file.path, code: EFBIG) }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Moves a file within one file system; the directories still need ``syncDirectory(_:)``.
    package static func rename(
        _ old: String, to new: String, _ clash: NewFile.Clash
    ) throws(FileError) {
        switch clash {
        case .replace:
            guard unsafe Glibc.rename(old, new) == 0 else { throw FileError("rename", new) }
        case .refuse:
            // A hard link fails when the name is taken, which a plain rename does not.
            if unsafe link(old, new) == 0 {
                guard unsafe unlink(old) == 0 else { throw FileError("unlink", old) }
            } else if [EPERM, EOPNOTSUPP, ENOSYS].contains(errno) {
                try renameWithoutLinks(old, to: new)
            } else {
                throw FileError("link", new)
            }
        }
    }

    /// Where there are no hard links, as on most USB sticks (FAT, exFAT): an empty file takes the name,
    /// which fails when it is taken, and is then replaced.
    private static func renameWithoutLinks(_ old: String, to new: String) throws(FileError) {
        let place = unsafe open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard place >= 0 else { throw FileError("open", new) }
        close(place)
        guard unsafe Glibc.rename(old, new) == 0 else {
            let error = FileError("rename", new)
            unsafe unlink(new)
            throw error
        }
    }

    /// Moves a file durably, for good: both directories are synced.
    package static func move(
        _ old: String, to new: String, _ clash: NewFile.Clash = .refuse
    ) throws(FileError) {
        try rename(old, to: new, clash)
        try syncDirectory(parent(of: new))
        if parent(of: old) != parent(of: new) { try syncDirectory(parent(of: old)) }
    }

    /// Makes the names in a directory durable.
    package static func syncDirectory(_ path: String) throws(FileError) {
        let directory = try OpenFile(
            path: path, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
        try directory.sync()
    }

    /// Makes a directory, and those above it, unless it is there.
    package static func createDirectory(_ path: String, mode: UInt32 = 0o700) throws(FileError) {
        if unsafe mkdir(path, mode) == 0 {
            return try syncDirectory(parent(of: path))
        }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try createDirectory(parent(of: path), mode: mode)
            try createDirectory(path, mode: mode)
        default: throw FileError("mkdir", path)
        }
    }

    /// Makes a directory with exactly this mode, whatever the process's umask, unless it is there:
    /// then it stays as whoever made it wanted it.
    package static func createDirectory(
        _ path: String, exactly mode: UInt32
    ) throws(FileError) {
        guard !exists(path) else { return }
        try createDirectory(path)
        guard unsafe chmod(path, mode) == 0 else { throw FileError("chmod", path) }
    }

    /// Removes a file, durably; nothing to remove is no error.
    package static func remove(_ path: String) throws(FileError) {
        if unsafe unlink(path) != 0 {
            guard errno == ENOENT else { throw FileError("unlink", path) }
            return
        }
        try syncDirectory(parent(of: path))
    }

    /// The names in a directory but `.` and `..`, sorted.
    package static func list(_ path: String) throws(FileError) -> [String] {
        guard let directory = unsafe opendir(path) else { throw FileError("opendir", path) }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe name(of: entry)
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The name of an entry that `readdir` gave.
    ///
    /// It is read where it stands: an entry is only as long as its name, and a copy of the whole
    /// structure would read past the end of the system's buffer.
    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else {
            preconditionFailure("an entry has a name")
        }
        let start = unsafe UnsafeRawPointer(entry) + offset
        return unsafe String(cString: start.assumingMemoryBound(to: CChar.self))
    }

    /// Whether something has this name.
    package static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }
}
