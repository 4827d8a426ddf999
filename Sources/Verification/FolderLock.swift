internal import DurableFiles
internal import Glibc

/// One program at a time: `flock` on a file, released when its owner goes or the process ends.
///
/// Whoever has it clears away what a program that was ended left unfinished in the folder.
struct FolderLock: ~Copyable {
    private let file: OpenFile

    /// Takes the lock of `folder`.
    ///
    /// - Parameter waits: until another program lets it go: only for work of a moment.
    /// - Throws: ``DeskError/busy`` when another program has it.
    init(_ folder: String, waits: Bool = false) throws {
        let opened = try OpenFile(updating: folder + "/lock", mode: 0o660)
        guard Self.take(opened.descriptor, waits: waits) else { throw DeskError.busy }
        // A case may have been destroyed between the two calls: its lock keeps nobody away.
        guard try opened.isAtItsPath() else { throw DeskError.busy }
        for place in ["", "/journal", "/parts"] { try Durable.sweep(folder + place) }
        file = opened
    }

    /// How often a lock that somebody has is tried…
    private static let tries = 25
    /// … and microseconds between two tries.
    private static let pause: UInt32 = 10_000

    /// A worker that is just being started has a copy of every descriptor of this process for a moment,
    /// and holds locks that were let go meanwhile: that a case is in use is believed once it lasts.
    private static func take(_ descriptor: Int32, waits: Bool) -> Bool {
        if waits { return flock(descriptor, LOCK_EX) == 0 }
        for _ in 0..<tries {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(pause)
        }
        return false
    }
}

extension Desk {
    /// Clears away what a program that was ended left unfinished, outside of cases: there, whoever
    /// takes a case's lock does it.
    func sweep() throws {
        for place in ["", "/inbox", "/refused", "/journal"] {
            try Durable.sweep(folder + place)
        }
        for table in tables { try table.sweep() }
    }
}
