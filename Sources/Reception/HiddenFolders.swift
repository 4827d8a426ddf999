internal import DurableFiles
internal import Glibc
internal import Synchronization

/// The folders of this process that are not whole yet: what is in them is in the clear, and nobody
/// looks for it under such a name.
package enum HiddenFolders {
    private static let unfinished = Mutex<Set<String>>([])

    static func add(_ folder: String) { unfinished.withLock { _ = $0.insert(folder) } }

    static func forget(_ folder: String) { unfinished.withLock { _ = $0.remove(folder) } }

    static func remove(_ folder: String) {
        empty(folder)
        forget(folder)
    }

    /// Removes all of them, for a program that a signal ends. Another thread may still be writing:
    /// once a folder is gone it can write no more, so removing is tried until then.
    package static func removeAll() {
        for folder in unfinished.withLock({ $0 }) {
            for _ in 0..<1000 where Durable.exists(folder) { empty(folder) }
        }
    }

    private static func empty(_ folder: String) {
        for name in (try? Durable.list(folder)) ?? [] {
            let path = "\(folder)/\(name)"
            // It makes no links, and a folder cannot be unlinked.
            if unsafe unlink(path) != 0 { empty(path) }
        }
        unsafe rmdir(folder)
    }
}
