package import Agencies
package import Agents
package import Custody
internal import DurableFiles
internal import Examination
internal import Glibc
internal import Tips

/// The desk's folder, opened: settings, the verified directory and policy, the agent.
///
/// ```
/// settings.json   root key, agent's socket, address of dispatch: nothing secret
/// directory  policy  mark   the newest directory, and what is remembered of it
/// clock           the newest hour this desk has acted in
/// inbox/          frames on their way in         refused/   frames that broke a rule
/// journal/        what concerns no single case, sealed
/// linking/        links that are being written into two cases, sealed
/// cases/<tip>/    lock  journal/<n>.age  parts/<payload>.age
/// ```
/// Without the agent's keys the folder shows nothing but digests, sizes and numbers of files.
package struct Desk: Sendable {
    /// The folder.
    package let folder: String
    /// The settings.
    package let settings: DeskSettings
    /// The desk agent.
    package let agent: DeskAgentClient
    /// The verified directory.
    package let directory: Directory
    /// The policy it names.
    package let policy: Policy
    /// The later of the clock, the newest hour the desk has acted in, and the directory's issue.
    package let now: Hour
    /// How many hours the clock is behind ``now``; 0 when it is not.
    package let hoursBehind: Int
    /// Is told how far long work has come.
    let watcher: Watcher
    /// The workers that read what strangers wrote before this process does.
    var texts = TextReaders()

    /// Is told what is done, how many bytes of it so far, and how many it is in all.
    package typealias Watcher = @Sendable (_ what: String, _ done: Int, _ total: Int) -> Void

    /// Opens the desk in `folder`.
    ///
    /// - Parameter watcher: is told how far long work has come, from any thread.
    /// - Throws: ``DeskError``: an older, forked or expired directory is refused; the agent is shown
    ///   the directory, so that both act by the same.
    package static func open(
        _ folder: String, watcher: @escaping Watcher = { _, _, _ in }
    ) throws(DeskError) -> Desk {
        let settings = try DeskSettings.read(folder)
        return try desk {
            let directory = try newestDirectory(in: folder, settings)
            let note = directory.note
            let policy = try Policy(
                try Durable.read(folder + "/policy", limit: Policy.byteLimit), of: directory)
            let agent = DeskAgentClient(settings.agent)
            try agent.show(directory: note)
            let clock = clockHour()
            let issued = Hour(directory.contents.issued.text + "T00") ?? clock
            let now = max(clock, issued, try newestHour(in: folder) ?? clock)
            return Desk(
                folder: folder, settings: settings, agent: agent, directory: directory,
                policy: policy, now: now, hoursBehind: now.number - clock.number,
                watcher: watcher)
        }
    }

    /// The newest directory of the desk in `folder`, and the day to reckon with; no agent is needed.
    ///
    /// - Throws: ``DeskError``, as ``open(_:watcher:)`` does.
    package static func directory(
        in folder: String
    ) throws(DeskError) -> (directory: Directory, today: Day) {
        let settings = try DeskSettings.read(folder)
        return try desk {
            let directory = try newestDirectory(in: folder, settings)
            let acted = try newestHour(in: folder).flatMap { Day($0.day) } ?? clockDay()
            return (directory, max(directory.today(clock: clockDay()), acted))
        }
    }

    private static func newestDirectory(
        in folder: String, _ settings: DeskSettings
    ) throws -> Directory {
        guard Durable.exists(folder + "/directory") else { throw DeskError.noDirectory }
        let note = try Durable.read(folder + "/directory", limit: UnverifiedDirectory.byteLimit)
        return try UnverifiedDirectory(note).verified(
            root: settings.root, clock: clockDay(), newest: try mark(in: folder))
    }

    /// Gives the desk a newer directory and its policy.
    ///
    /// - Throws: ``DeskError``; nothing is changed then.
    package static func take(
        directory note: [UInt8], policy: [UInt8], in folder: String
    ) throws(DeskError) -> Directory {
        let settings = try DeskSettings.read(folder)
        return try desk {
            let directory = try UnverifiedDirectory(note).verified(
                root: settings.root, clock: clockDay(), newest: try mark(in: folder))
            _ = try Policy(policy, of: directory)
            // The mark last: a crash before leaves the old directory readable with the old mark.
            try Durable.write(policy.span, to: folder + "/policy", mode: 0o660, .replace)
            try Durable.write(note.span, to: folder + "/directory", mode: 0o660, .replace)
            let mark = [UInt8]((directory.mark.text + "\n").utf8)
            try Durable.write(mark.span, to: folder + "/mark", mode: 0o660, .replace)
            return directory
        }
    }

    /// Remembers that the desk has acted in this hour, so that a clock set back gains nothing.
    func rememberHour() throws {
        guard try Self.newestHour(in: folder).map({ $0 < now }) ?? true else { return }
        try Durable.write([UInt8](now.text.utf8).span, to: folder + "/clock", mode: 0o660, .replace)
    }

    /// The folder of a case.
    func caseFolder(_ tip: TipID) -> String { "\(folder)/cases/\(tip.hex)" }

    private static func mark(in folder: String) throws -> DirectoryMark? {
        guard Durable.exists(folder + "/mark") else { return nil }
        let text = try Durable.read(folder + "/mark", limit: 256)
        guard text.last == 0x0A,
            let mark = DirectoryMark(text: String(decoding: text.dropLast(), as: UTF8.self))
        else { throw DeskError.altered("the mark of the newest directory cannot be read") }
        return mark
    }

    private static func newestHour(in folder: String) throws -> Hour? {
        guard Durable.exists(folder + "/clock") else { return nil }
        let text = try Durable.read(folder + "/clock", limit: 64)
        guard let hour = Hour(String(decoding: text, as: UTF8.self)) else {
            throw DeskError.altered("the newest hour cannot be read")
        }
        return hour
    }

    private static func clockHour() -> Hour {
        guard let hour = Hour(unixTime: time(nil)) else { preconditionFailure("no such hour") }
        return hour
    }

    private static func clockDay() -> Day {
        guard let day = Day(unixTime: time(nil)) else { preconditionFailure("no such day") }
        return day
    }
}
