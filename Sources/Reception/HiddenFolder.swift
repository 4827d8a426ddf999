internal import DurableFiles
internal import Glibc

/// A folder that appears under its name whole, or not at all.
///
/// System calls: `mkdir(".name.<random>")`, files (each whole and synced), `fsync(folders)`,
/// `rename`, `fsync(parent)`. Dropped without a commit, everything in it is removed; a program that a
/// signal ends removes it by ``DurableFiles/Unfinished/removeAll()``.
struct HiddenFolder: ~Copyable {
    private let target: String
    private let hidden: String
    private var folders: [String]
    private var isCommitted = false

    /// Begins a folder that will be `target`, which must not exist.
    init(for target: String) throws(ReceptionError) {
        var plain = target
        while plain.hasSuffix("/"), plain.utf8.count > 1 { plain.removeLast() }
        let name = plain.split(separator: "/").last ?? "bundle"
        let random = String(UInt64.random(in: .min ... .max), radix: 16)
        self.target = plain
        hidden = "\(Durable.parent(of: plain))/.\(name).\(random).tmp"
        folders = [hidden]
        let path = hidden
        try Unfinished.making(path) { () throws(ReceptionError) in
            guard unsafe mkdir(path, 0o700) == 0 else { throw .file(FileError("mkdir", path)) }
        }
    }

    deinit {
        if !isCommitted { Unfinished.remove(hidden) }
    }

    /// Where a file of the folder is written before the commit.
    func path(of name: String) -> String { hidden + "/" + name }

    /// Makes a folder in the folder.
    mutating func makeFolder(_ name: String) throws(ReceptionError) {
        let path = path(of: name)
        guard unsafe mkdir(path, 0o700) == 0 else { throw .file(FileError("mkdir", path)) }
        folders.append(path)
    }

    /// Writes a small file.
    func write(_ bytes: [UInt8], to name: String) throws(ReceptionError) {
        try filing { () throws(FileError) in try Durable.write(bytes.span, to: path(of: name)) }
    }

    /// Gives the folder its name, unless something has it by now.
    consuming func commit() throws(ReceptionError) {
        for folder in folders {
            try filing { () throws(FileError) in try Durable.syncDirectory(folder) }
        }
        guard !Durable.exists(target) else { throw .targetExists(target) }
        guard unsafe rename(hidden, target) == 0 else {
            throw .file(FileError("rename", target))
        }
        isCommitted = true
        Unfinished.forget(hidden)
        let parent = Durable.parent(of: target)
        try filing { () throws(FileError) in try Durable.syncDirectory(parent) }
    }
}
