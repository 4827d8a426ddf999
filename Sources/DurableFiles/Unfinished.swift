internal import Glibc
internal import Synchronization

/// The files and folders of this process that are not whole yet: what is in them may be in the
/// clear, and nobody looks for it under such a name.
package enum Unfinished {
    private static let paths = Mutex<Set<String>>([])

    /// All of them.
    package static var all: Set<String> { paths.withLock { $0 } }

    /// Something unfinished is at `path` from now on.
    package static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    /// What is at `path` has been finished, or is gone.
    package static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes what is at `path`. Another thread may still be writing: once a folder is gone it can
    /// write no more, so removing is tried until then.
    package static func remove(_ path: String) {
        for _ in 0..<1000 where Durable.exists(path) { removeTree(path) }
        forget(path)
    }

    /// Removes all of them, for a program that a signal ends.
    package static func removeAll() {
        for path in all { remove(path) }
    }

    private static func removeTree(_ path: String) {
        // It makes no links, and a folder cannot be unlinked.
        if unsafe unlink(path) == 0 { return }
        for name in (try? Durable.list(path)) ?? [] { removeTree("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}
