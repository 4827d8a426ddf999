internal import Glibc

/// Many small files that become durable together: one flush of the file system instead of two for
/// each file.
///
/// System calls: for each file `openat(O_CREAT|O_EXCL)` under a hidden name and `write`; then, in
/// ``commit()``, `syncfs`, a `link` and `unlink` (or `rename`) for each file, `syncfs`. Files are
/// named in stages: no file of a later stage has its name before those of the earlier ones are
/// durable under theirs. Dropped without a commit, nothing is left but folders.
package struct NewFiles: ~Copyable {
    private struct File {
        let temporary: String
        let path: String
        let clash: NewFile.Clash
    }

    private let root: OpenFile
    private var stages: [[File]] = [[]]
    private var hidden: Set<String> = []

    /// Begins files in `folder` or below it, all on one file system.
    package init(in folder: String) throws(FileError) {
        // Opened before anything is written: `syncfs` reports the errors since then.
        root = try OpenFile(path: folder, flags: O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
    }

    deinit {
        for path in hidden { Unfinished.remove(path) }
    }

    /// Makes a folder unless it is there; it is durable with the files.
    package func makeFolder(_ path: String, mode: UInt32) throws(FileError) {
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
            throw FileError("mkdir", path)
        }
    }

    /// Adds a file with these bytes.
    ///
    /// - Parameter mode: who may do what with it: exactly this, whatever the process's umask.
    package mutating func add(
        _ bytes: Span<UInt8>, at path: String, mode: UInt32 = 0o600,
        _ clash: NewFile.Clash = .refuse
    ) throws(FileError) {
        let name = path.split(separator: "/").last ?? "file"
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        let temporary = "\(Durable.parent(of: path))/.\(name).\(random).tmp"
        var file = try Unfinished.making(temporary) { () throws(FileError) in
            try NewFile.create(temporary, mode, named: path)
        }
        hidden.insert(temporary)
        try file.write(bytes)
        stages[stages.count - 1].append(File(temporary: temporary, path: path, clash: clash))
    }

    /// What is added from now on gets its name only when all before is durable.
    package mutating func beginStage() { stages.append([]) }

    /// Makes all files durable and gives them their names.
    ///
    /// - Throws: ``FileError``; files that have their names by then stay.
    package consuming func commit() throws(FileError) {
        guard stages.contains(where: { !$0.isEmpty }) else { return }
        for stage in stages where !stage.isEmpty {
            try flush()
            for file in stage {
                try Durable.rename(file.temporary, to: file.path, file.clash)
                hidden.remove(file.temporary)
                Unfinished.forget(file.temporary)
            }
        }
        try flush()
    }

    /// `syncfs`, which the C header shows only to those who define `_GNU_SOURCE`, so it is looked up
    /// by name.
    private borrowing func flush() throws(FileError) {
        typealias SyncFileSystem = @convention(c) (Int32) -> Int32
        guard let symbol = unsafe dlsym(nil, "syncfs") else {
            throw FileError("syncfs", root.path, code: ENOSYS)
        }
        let syncFileSystem = unsafe unsafeBitCast(symbol, to: SyncFileSystem.self)
        guard syncFileSystem(root.descriptor) == 0 else { throw FileError("syncfs", root.path) }
    }
}
