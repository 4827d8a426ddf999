internal import DurableFiles
internal import Glibc

/// One program at a time: `flock` on a file, released when its owner goes or the process ends.
struct FolderLock: ~Copyable {
    private let file: OpenFile

    /// Takes the lock of `folder`.
    ///
    /// - Throws: ``DeskError/busy`` when another program has it.
    init(_ folder: String) throws {
        let opened = try OpenFile(updating: folder + "/lock", mode: 0o660)
        guard flock(opened.descriptor, LOCK_EX | LOCK_NB) == 0 else { throw DeskError.busy }
        file = opened
    }
}
