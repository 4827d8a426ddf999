internal import DurableFiles
internal import Glibc

/// One program at a time: `flock` on a file, released when its owner goes or the process ends.
struct FolderLock: ~Copyable {
    private let file: OpenFile

    /// Takes the lock of `folder`.
    ///
    /// - Parameter waits: until another program lets it go: only for work of a moment.
    /// - Throws: ``DeskError/busy`` when another program has it.
    init(_ folder: String, waits: Bool = false) throws {
        let opened = try OpenFile(updating: folder + "/lock", mode: 0o660)
        let mode = waits ? LOCK_EX : LOCK_EX | LOCK_NB
        guard flock(opened.descriptor, mode) == 0 else { throw DeskError.busy }
        file = opened
    }
}
