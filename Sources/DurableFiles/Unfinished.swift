internal import Glibc
internal import Synchronization

/// The files and folders of this process that are not whole yet: what is in them may be in the
/// clear, and nobody looks for it under such a name.
package enum Unfinished {
    private static let paths = Mutex<Set<String>>([])
    /// How many are being made at this moment: there, perhaps, and not known yet.
    private static let makers = Atomic(0)
    private static let isEnding = Atomic(false)

    /// All of them.
    package static var all: Set<String> { paths.withLock { $0 } }

    /// Makes something unfinished at `path`, and knows of it from its first moment on. Does not
    /// return once a signal has begun to end the program: nothing new is made then.
    ///
    /// - Throws: what `make` throws; then nothing is there.
    package static func making<Made: ~Copyable, Failure: Error>(
        _ path: String, _ make: () throws(Failure) -> Made
    ) throws(Failure) -> Made {
        makers.add(1, ordering: .sequentiallyConsistent)
        defer { makers.subtract(1, ordering: .sequentiallyConsistent) }
        if isEnding.load(ordering: .sequentiallyConsistent) {
            makers.subtract(1, ordering: .sequentiallyConsistent)
            while true { pause() }
        }
        let made = try make()
        paths.withLock { _ = $0.insert(path) }
        return made
    }

    /// What is at `path` has been finished, or is gone.
    package static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes what is at `path`. Another thread may still be writing: once a folder is gone it can
    /// write no more, so removing is tried until then.
    package static func remove(_ path: String) {
        for _ in 0..<1000 where Durable.exists(path) { removeTree(path) }
        forget(path)
    }

    /// Removes all of them, for a program that a signal ends, and lets nobody make more.
    package static func removeAll() {
        isEnding.store(true, ordering: .sequentiallyConsistent)
        while makers.load(ordering: .sequentiallyConsistent) > 0 { usleep(100) }
        for path in all { remove(path) }
    }

    private static func removeTree(_ path: String) {
        // It makes no links, and a folder cannot be unlinked.
        if unsafe unlink(path) == 0 { return }
        for name in (try? Durable.list(path)) ?? [] { removeTree("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}
