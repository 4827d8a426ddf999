internal import Agencies
internal import Custody
internal import Glibc
internal import Quarantine
internal import Synchronization
internal import Tips

/// Holds the newest directory ever adopted; all keys come from it.
package final class DirectoryKeeper: Sendable {
    private struct Known: Sendable {
        var newest: Directory
        var earlier: [Directory]
    }

    private let root: NoteVerifier
    private let known: Mutex<Known>

    /// The directories that a store keeps, each checked again.
    ///
    /// - Throws: ``DirectoryRefusal``; ``DispatchError/noDirectory`` when there is none.
    init(notes: [[UInt8]], root: NoteVerifier) throws {
        self.root = root
        known = Mutex(try Self.check(notes, root))
    }

    private static func check(_ notes: [[UInt8]], _ root: NoteVerifier) throws -> Known {
        var all: [Directory] = []
        for note in notes { all.append(try UnverifiedDirectory(note).signed(by: root)) }
        guard let newest = all.popLast() else { throw DispatchError.noDirectory }
        return Known(newest: newest, earlier: all)
    }

    /// Takes what the store keeps now: another process may have adopted a newer one.
    func refresh(_ notes: [[UInt8]]) throws {
        let fresh = try Self.check(notes, root)
        known.withLock { if fresh.newest.version >= $0.newest.version { $0 = fresh } }
    }

    /// The newest directory.
    var newest: Directory { known.withLock { $0.newest } }
    /// Older ones, for releases made under them.
    var earlier: [Directory] { known.withLock { $0.earlier } }

    /// Today: the later of the clock and the newest signed day.
    var today: Day {
        let directory = newest
        guard let clock = Day(unixTime: time(nil)) else { return directory.contents.issued }
        return directory.today(clock: clock)
    }

    /// This hour: the later of the clock and the newest signed day's first.
    var hour: Custody.Hour {
        let signed = Custody.Hour(number: max(0, newest.contents.issued.number * 24))
        let clock = Custody.Hour(unixTime: time(nil))
        guard let hour = [signed, clock].compactMap({ $0 }).max() else {
            preconditionFailure("the clock is outside all calendars")
        }
        return hour
    }

    /// Makes log entries of this hour, sealed to the desk's current key.
    ///
    /// - Throws: ``PartnerRefusal/busy``-like ``DispatchError/noEpoch`` when no epoch is open or the
    ///   directory has expired: then nothing may happen that would have to be logged.
    func journal() throws(DispatchError) -> Journal {
        let (directory, today) = (newest, today)
        guard !directory.isExpired(on: today) else { throw .directoryExpired }
        guard let epoch = directory.currentEpoch(on: today) else { throw .noEpoch }
        return Journal(desk: epoch.recipient, hour: hour)
    }
}

/// Why dispatch cannot run or act.
package enum DispatchError: Error, Equatable, CustomStringConvertible {
    /// No directory was ever adopted.
    case noDirectory
    /// The newest directory has expired.
    case directoryExpired
    /// The newest directory has no open desk epoch.
    case noEpoch
    /// Another server runs on the same state.
    case alreadyServed
    /// A directory was refused.
    case refusedDirectory(String)

    package var description: String {
        switch self {
        case .noDirectory: "no directory has been adopted: use `sallyport-dispatch adopt-directory`"
        case .directoryExpired: "the directory has expired: adopt a new one"
        case .noEpoch: "the directory has no open desk epoch: adopt a new one"
        case .alreadyServed: "another `sallyport-dispatch serve` runs on this state"
        case .refusedDirectory(let why): why
        }
    }
}
