internal import DurableFiles
internal import Glibc
internal import Tips

/// Lets programs add to a case side by side, each for a moment, but never once its key is gone: the
/// agent would make a new key, and a destroyed case would have a journal again.
///
/// `flock` on the journal's folder. Who works on the whole case has its ``FolderLock`` beside it; who
/// only looks, or looks into files, must not be kept waiting by that.
struct JournalLock: ~Copyable {
    private let folder: OpenFile

    /// Waits while the case is being destroyed.
    ///
    /// - Throws: ``DeskError/noCase(_:)`` once it is.
    static func adding(to tip: TipID, of desk: Desk) throws -> JournalLock {
        guard let lock = try JournalLock(tip, of: desk, LOCK_SH) else {
            throw DeskError.noCase(tip.hex)
        }
        return lock
    }

    /// Waits until nobody adds anything; nil when the journal is gone already.
    static func ending(_ tip: TipID, of desk: Desk) throws -> JournalLock? {
        try JournalLock(tip, of: desk, LOCK_EX)
    }

    private init?(_ tip: TipID, of desk: Desk, _ mode: Int32) throws {
        let path = desk.journal(of: tip).folder
        guard Durable.exists(path) else { return nil }
        let opened = try OpenFile(reading: path)
        guard flock(opened.descriptor, mode) == 0 else { throw FileError("flock", path) }
        guard try opened.isAtItsPath() else { return nil }
        folder = opened
    }
}

extension Desk {
    /// Adds to a case's journal without keeping anybody else from the case: for what changes nothing
    /// that others decide by.
    ///
    /// - Throws: ``DeskError/noCase(_:)`` for a case that was destroyed meanwhile.
    func appendBeside(_ action: CaseAction, to tip: TipID, by person: String = "") throws {
        let lock = try JournalLock.adding(to: tip, of: self)
        defer { withExtendedLifetime(lock) {} }
        try append(action, to: tip, by: person)
    }
}
