internal import Glibc

/// Where bytes are written: a new file, an open file, standard output.
package protocol ByteSink: ~Copyable {
    /// Writes all of `bytes`.
    mutating func write(_ bytes: Span<UInt8>) throws(FileError)
}

/// Where bytes are read from.
package protocol ByteSource: ~Copyable {
    /// Reads up to `buffer.count` bytes into `buffer`; 0 only at the end.
    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int
}

/// An open file, closed when its owner goes.
package struct OpenFile: ~Copyable, ByteSink, ByteSource, Sendable {
    /// The descriptor, for calls this type does not have.
    package let descriptor: Int32
    /// The path, for messages.
    package let path: String
    private let closes: Bool

    /// Standard input, not closed.
    package static var standardInput: OpenFile {
        OpenFile(descriptor: STDIN_FILENO, path: "standard input", closes: false)
    }

    /// Standard output, not closed.
    package static var standardOutput: OpenFile {
        OpenFile(descriptor: STDOUT_FILENO, path: "standard output", closes: false)
    }

    /// Lets a pipe hold a mebibyte, so that both its ends wait less often; nothing for other files.
    package func widenPipe() {
        _ = fcntl(descriptor, Self.setPipeSize, 1024 * 1024)
    }

    /// `F_SETPIPE_SZ`, which the C header shows only to those who define `_GNU_SOURCE`.
    private static let setPipeSize: Int32 = 1031

    /// Opens a regular file, or a pipe or device, for reading; a link in the last place is followed.
    ///
    /// A name that means an open descriptor (`/dev/stdin`, `/dev/fd/63` of a shell's `<(…)`) is
    /// taken at its word: a process that nobody may look into cannot open it by that name.
    package init(reading path: String) throws(FileError) {
        guard let open = Self.openDescriptor(path) else {
            try self.init(path: path, flags: O_RDONLY | O_CLOEXEC, mode: 0)
            return
        }
        let descriptor = fcntl(open, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { throw FileError("open", path) }
        self.init(descriptor: descriptor, path: path, closes: true)
    }

    private static func openDescriptor(_ path: String) -> Int32? {
        if path == "/dev/stdin" { return STDIN_FILENO }
        for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
            return Int32(path.dropFirst(folder.count))
        }
        return nil
    }

    /// Opens what another user of this machine left for us: no link is followed, and no pipe waited
    /// for. Whether it is a regular file is for the caller to ask.
    ///
    /// - Throws: ``FileError``; `ELOOP` for a link.
    package init(readingFromOthers path: String) throws(FileError) {
        try self.init(
            path: path, flags: O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode: 0)
    }

    /// Opens a file for reading and writing in place; made when absent.
    package init(updating path: String, mode: UInt32 = 0o600) throws(FileError) {
        try self.init(path: path, flags: O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode: mode)
    }

    init(path: String, flags: Int32, mode: UInt32) throws(FileError) {
        let descriptor = unsafe open(path, flags, mode)
        guard descriptor >= 0 else { throw FileError("open", path) }
        self.init(descriptor: descriptor, path: path, closes: true)
    }

    init(descriptor: Int32, path: String, closes: Bool) {
        self.descriptor = descriptor
        self.path = path
        self.closes = closes
    }

    deinit {
        if closes { close(descriptor) }
    }

    /// The file's length in bytes; nil for what is not a regular file.
    package func regularFileLength() throws(FileError) -> Int? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileError("fstat", path) }
        return status.st_mode & S_IFMT == S_IFREG ? status.st_size : nil
    }

    /// Whether it is a folder, which opens for reading and then cannot be read.
    package func isFolder() throws(FileError) -> Bool {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw FileError("fstat", path) }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether it is what standard input is, whatever it was called.
    package var isStandardInput: Bool {
        var own = stat()
        var input = stat()
        guard unsafe fstat(descriptor, &own) == 0, unsafe fstat(STDIN_FILENO, &input) == 0 else {
            return false
        }
        return own.st_ino == input.st_ino && own.st_dev == input.st_dev
    }

    /// Whether the path still names this very file; another program may have removed it since.
    package func isAtItsPath() throws(FileError) -> Bool {
        var own = stat()
        var named = stat()
        guard unsafe fstat(descriptor, &own) == 0 else { throw FileError("fstat", path) }
        guard unsafe stat(path, &named) == 0 else {
            guard errno == ENOENT else { throw FileError("stat", path) }
            return false
        }
        return own.st_ino == named.st_ino && own.st_dev == named.st_dev
    }

    package mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if count >= 0 { return count }
            try wait(for: POLLIN, "read")
        }
    }

    package mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[done...])
                return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0 {
                try wait(for: POLLOUT, "write")
            } else {
                done += count
            }
        }
    }

    /// After a call that failed: returns when it may be made again, as whoever started the program may
    /// have left a descriptor that does not wait.
    private func wait(for event: Int32, _ operation: String) throws(FileError) {
        if errno == EINTR { return }
        guard errno == EAGAIN else { throw FileError(operation, path) }
        var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        unsafe poll(&wanted, 1, -1)
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end.
    package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let position = done
            let got = unsafe bytes.withUnsafeMutableBytes {
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: $0[position...])
                return unsafe pread(descriptor, rest.baseAddress, rest.count, offset + position)
            }
            if got < 0 {
                guard errno == EINTR else { throw FileError("pread", path) }
            } else if got == 0 {
                break
            } else {
                done += got
            }
        }
        bytes.removeLast(count - done)
        return bytes
    }

    /// Writes all of `bytes` at `offset`.
    package func write(_ bytes: Span<UInt8>, at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[done...])
                return unsafe pwrite(descriptor, rest.baseAddress, rest.count, offset + done)
            }
            if count < 0 {
                guard errno == EINTR else { throw FileError("pwrite", path) }
            } else {
                done += count
            }
        }
    }

    /// Cuts the file to `length` bytes.
    package func truncate(to length: Int) throws(FileError) {
        guard ftruncate(descriptor, length) == 0 else { throw FileError("ftruncate", path) }
    }

    /// Returns when the file's bytes are on the disk. A failure must end the process: the system
    /// forgets which pages were not written.
    package func sync() throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError("fsync", path) }
    }
}
