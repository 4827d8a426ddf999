package import Agencies
package import Custody
internal import DurableFiles

/// The signed directories that an agency has taken; the newest one is the only source of keys.
package struct DirectoryShelf: Sendable {
    private let home: AgencyHome
    private let clock: Hour

    /// The shelf of `home`; `clock` is the hour by this machine's clock.
    package init(_ home: AgencyHome, clock: Hour) {
        self.home = home
        self.clock = clock
    }

    /// Takes a directory: signed by the pinned root, not expired, not older than the newest.
    ///
    /// - Throws: ``ReceptionError/directory(_:)``; nothing is changed then.
    package func take(_ note: [UInt8]) throws(ReceptionError) -> Directory {
        let directory = try verified(note, newest: try mark())
        let file = "directories/\(directory.version)"
        if try mark() != directory.mark {
            try filing { () throws(FileError) in
                try Durable.write(directory.note.span, to: home.path + "/" + file, .replace)
            }
            try home.write(directory.mark.text + "\n", to: "newest")
        }
        return directory
    }

    /// The newest directory taken.
    ///
    /// - Throws: ``ReceptionError/noDirectory``, or ``ReceptionError/directory(_:)`` when it has
    ///   expired.
    package func newest() throws(ReceptionError) -> Directory {
        guard let mark = try mark() else { throw .noDirectory }
        let path = home.path + "/directories/\(mark.version)"
        let note = try filing { () throws(FileError) in
            try Durable.read(path, limit: UnverifiedDirectory.byteLimit)
        }
        return try verified(note, newest: mark)
    }

    /// Every directory taken, for releases made under an older one; what is not signed by the root
    /// is passed over.
    package func earlier() throws(ReceptionError) -> [Directory] {
        let folder = home.path + "/directories"
        let names = try filing { () throws(FileError) in try Durable.list(folder) }
        return names.compactMap { name in
            guard
                let note = try? Durable.read(
                    folder + "/" + name, limit: UnverifiedDirectory.byteLimit)
            else { return nil }
            return try? UnverifiedDirectory(note).signed(by: home.root)
        }
    }

    /// A directory that the root signed once, for a release made under it; it is not kept.
    package func signed(_ note: [UInt8]) throws(ReceptionError) -> Directory {
        do throws(DirectoryRefusal) {
            return try UnverifiedDirectory(note).signed(by: home.root)
        } catch {
            throw .directory(error)
        }
    }

    /// The later of the clock and the newest day that was signed.
    package func now(by directory: Directory) -> Hour {
        Hour(directory.contents.issued.text + "T00").map { max(clock, $0) } ?? clock
    }

    private func mark() throws(ReceptionError) -> DirectoryMark? {
        guard let line = try home.read("newest") else { return nil }
        guard let mark = DirectoryMark(text: line) else {
            throw .badHome(path: home.path + "/newest", problem: "it is damaged")
        }
        return mark
    }

    private func verified(
        _ note: [UInt8], newest: DirectoryMark?
    ) throws(ReceptionError) -> Directory {
        guard let today = Day(clock.day) else { throw .noDirectory }
        do throws(DirectoryRefusal) {
            return try UnverifiedDirectory(note).verified(
                root: home.root, clock: today, newest: newest)
        } catch {
            throw .directory(error)
        }
    }
}
