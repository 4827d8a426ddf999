internal import Agencies
package import Custody
internal import DurableFiles
internal import Glibc
internal import Synchronization

/// What dispatch publishes, held in memory and read again on a clock: the door only ever reads it.
///
/// ```
/// directory            signed note of the root
/// checkpoint           newest checkpoint of the custody log
/// tile/…               its tiles (C2SP tlog-tiles)
/// mailbox/<period>/<64 hex>
/// ```
/// The newest period is the longest, then highest, name in `mailbox/`; dispatch renames a period
/// into place when it is whole. Answers come from memory, so that no disk's speed tells whether a
/// mailbox exists.
package final class PublicFiles: EpochSource {
    private let path: String
    private let root: NoteVerifier
    private let markPath: String
    private let now: Mutex<Contents>

    private struct Contents: Sendable {
        var directory: Directory?
        var compressedDirectory: [UInt8]?
        var checkpoint: [UInt8]?
        var slots = MailboxSlots(period: "", slots: [:])
    }

    /// Most bytes of a checkpoint or a tile.
    private static let fileLimit = 64 * 1024

    /// The files under `path`, of which nothing is read yet.
    ///
    /// - Parameters:
    ///   - root: the root's key, pinned in the configuration.
    ///   - markPath: where the newest directory ever seen is remembered.
    package init(path: String, root: NoteVerifier, markPath: String) {
        self.path = path
        self.root = root
        self.markPath = markPath
        now = Mutex(Contents())
    }

    /// Reads what has changed. What cannot be read or verified leaves what was there before; a
    /// directory that has expired is dropped.
    ///
    /// - Throws: ``FileError`` only when the newest directory could not be remembered, or what was
    ///   remembered cannot be read: then an old directory could pass for the newest.
    package func refresh() throws {
        let directory = try readDirectory()
        let checkpoint = try? Durable.read(path + "/checkpoint", limit: Self.fileLimit)
        let old = now.withLock { $0.slots }
        let slots = MailboxSlots.newest(in: path + "/mailbox", unless: old.period) ?? old
        let isNew = now.withLock { $0.directory } != directory
        let compressed = isNew ? directory.flatMap { Gzip.compress($0.note) } : nil
        now.withLock { contents in
            contents.directory = directory
            if isNew { contents.compressedDirectory = compressed }
            contents.checkpoint = checkpoint ?? contents.checkpoint
            contents.slots = slots
        }
    }

    private func readDirectory() throws -> Directory? {
        let mark = try readMark()
        let current = now.withLock { $0.directory }
        let bytes = try? Durable.read(path + "/directory", limit: UnverifiedDirectory.byteLimit)
        // Verified afresh each time, since a directory expires while nothing about it changes.
        guard let bytes = bytes ?? current?.note, let today,
            let directory = try? UnverifiedDirectory(bytes)
                .verified(root: root, clock: today, newest: mark)
        else { return current.flatMap { isInForce($0) ? $0 : nil } }
        if directory.mark != mark {
            let line = Array((directory.mark.text + "\n").utf8)
            try Durable.write(line.span, to: markPath, .replace)
        }
        return directory
    }

    private func readMark() throws(FileError) -> DirectoryMark? {
        guard let bytes = try Durable.readIfPresent(markPath, limit: 256) else { return nil }
        let text = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        guard let mark = DirectoryMark(text: text) else {
            throw FileError(
                "read: the mark of the newest directory is damaged:", markPath, code: EINVAL)
        }
        return mark
    }

    var today: Day? { Day(unixTime: time(nil)) }

    private func isInForce(_ directory: Directory) -> Bool {
        guard let today else { return false }
        return !directory.isExpired(on: directory.today(clock: today))
    }

    /// The directory that is in force, as its root signed it; nil when there is none.
    package var directoryNote: [UInt8]? { now.withLock { $0.directory?.note } }

    /// The same, compressed with gzip; nil when there is none.
    package var compressedDirectoryNote: [UInt8]? { now.withLock { $0.compressedDirectory } }

    /// The directory that is in force.
    var directory: Directory? {
        now.withLock { $0.directory }.flatMap { isInForce($0) ? $0 : nil }
    }

    /// The newest checkpoint; nil when there is none yet.
    package var checkpoint: [UInt8]? { now.withLock { $0.checkpoint } }

    /// The mailbox slots of the newest period.
    package var mailbox: MailboxSlots { now.withLock { $0.slots } }

    /// A tile; nil when there is none. `name` is a path that `PublicPath` let through.
    package func tile(_ name: String) -> [UInt8]? {
        try? Durable.read(path + "/tile/" + name, limit: Self.fileLimit)
    }

    package func standing(of epoch: Int) -> EpochStanding {
        guard let directory = now.withLock({ $0.directory }), let today, isInForce(directory) else {
            return .unknown
        }
        guard let epoch = directory.epoch(epoch),
            epoch.isAccepted(on: directory.today(clock: today)),
            !directory.isRevoked(epoch.recipient.fingerprint)
        else { return .refused }
        return .accepted
    }
}
