internal import Glibc

/// A file that appears under its name whole and durable, or not at all.
///
/// System calls: `openat(O_CREAT|O_EXCL, ".name.<random>")`, `fchmod`, `write`…, then ``commit(_:)``:
/// `fsync(file)`, `link` and `unlink` (or `rename`, to replace), `fsync(directory)`. Dropped without a
/// commit, nothing is left; a program that a signal ends removes it by ``Unfinished/removeAll()``.
package struct NewFile: ~Copyable, ByteSink, Sendable {
    /// What a commit does when something already has the name.
    package enum Clash: Sendable {
        /// The commit fails with `EEXIST`, and nothing is changed.
        case refuse
        /// The old file is replaced in one step.
        case replace
    }

    /// The name it will have.
    package let path: String
    private let temporaryPath: String
    private var file: OpenFile
    private var isCommitted = false

    /// How many bytes were written one after the other so far.
    package private(set) var byteCount = 0

    /// Begins a file that will be at `path`.
    ///
    /// - Parameter mode: who may do what with it: exactly this, whatever the process's umask.
    package init(at path: String, mode: UInt32 = 0o600) throws(FileError) {
        let random = UInt64.random(in: .min ... .max)
        let directory = Durable.parent(of: path)
        let name = path.split(separator: "/").last ?? "file"
        self.path = path
        temporaryPath = "\(directory)/.\(Self.beginning(of: name)).\(String(random, radix: 16)).tmp"
        let temporary = temporaryPath
        file = try Unfinished.making(temporary) { () throws(FileError) in
            try Self.create(temporary, mode, named: path)
        }
    }

    /// So much of a name that what is added leaves it one (255 bytes).
    private static func beginning(of name: Substring) -> Substring {
        var name = name
        while name.utf8.count > 200 { name.removeLast() }
        return name
    }

    /// The mode is set before the file has its name, so that nobody ever finds it with another.
    ///
    /// - Parameter name: the name that errors tell.
    static func create(
        _ path: String, _ mode: UInt32, named name: String
    ) throws(FileError) -> OpenFile {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError("open", name) }
        // File systems without modes (many USB sticks) say so; there all files are alike.
        guard fchmod(descriptor, mode) == 0 || [EPERM, EOPNOTSUPP, ENOSYS].contains(errno) else {
            let error = FileError("fchmod", name)
            unsafe unlink(path)
            close(descriptor)
            throw error
        }
        return OpenFile(descriptor: descriptor, path: name, closes: true)
    }

    deinit {
        if isCommitted {
            Unfinished.forget(temporaryPath)
        } else {
            Unfinished.remove(temporaryPath)
        }
    }

    package mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
        try file.write(bytes)
        byteCount += bytes.count
    }

    /// Writes `bytes` at a place of their own; several threads may do so at the same time.
    package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FileError) {
        try file.write(bytes, at: offset)
    }

    /// Makes the file durable and gives it its name.
    package consuming func commit(_ clash: Clash = .refuse) throws(FileError) {
        try file.sync()
        try Durable.rename(temporaryPath, to: path, clash)
        isCommitted = true
        try Durable.syncDirectory(Durable.parent(of: path))
    }
}
