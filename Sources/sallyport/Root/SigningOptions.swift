internal import Agencies
internal import ArgumentParser
internal import Ceremony
internal import Glibc
internal import Terminal
internal import Tips

/// What `root sign` and `root renew` share.
struct SigningOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The root key file.", valueName: "file"))
    var root: String

    @Option(
        help: ArgumentHelp(
            "For how many days after the day of issue the directory may be used.",
            valueName: "days"))
    var days: Int = 90

    @Option(
        help: ArgumentHelp(
            "The day of issue, when the machine's clock is not to be trusted.",
            valueName: "yyyy-mm-dd"))
    var issued: String?

    /// Refuses values that no directory can have.
    func check() throws {
        guard (1...DirectoryContents.lifeLimitDays).contains(days) else {
            throw ValidationError("--days is from 1 to \(DirectoryContents.lifeLimitDays).")
        }
        if let issued, Day(issued) == nil {
            throw ValidationError("--issued is a date like 2026-11-23.")
        }
    }

    /// The day of issue: what was said, or today.
    func issuedDay() throws -> Day {
        if let issued, let day = Day(issued) { return day }
        return try RootFiles.today()
    }

    /// The last day of a directory issued on `day`.
    func expires(_ day: Day) -> Day { day.adding(days: days) }

    /// The root key, after asking for its passphrase.
    func readRoot() throws -> RootKey {
        try RootKey.read(root) { try Prompt.passphrase("The root key's passphrase: ") }
    }
}

/// Small steps that the commands share.
enum RootFiles {
    /// Today by the machine's clock, in UTC.
    static func today() throws -> Day {
        guard let day = Day(unixTime: time(nil)) else {
            throw Failure("The clock shows a year that no calendar has.", exitCode: 70)
        }
        return day
    }

    /// Refuses a name that is taken, before anyone types a passphrase.
    static func mustBeNew(_ path: String) throws {
        guard unsafe access(path, F_OK) != 0 else {
            throw Failure("\(path): there is a file of this name already; nothing was replaced.")
        }
    }

    /// What is about to be signed, in a few lines.
    static func summary(of folder: KeysFolder) -> String {
        let offices = folder.offices.map { $0.id.text }.joined(separator: ", ")
        let persons = folder.verifiers.map { $0.person.text }.joined(separator: ", ")
        return """
            About to sign: \(folder.epochs.count) desk epoch(s); offices: \(offices); \
            persons who may sign releases: \(persons); revoked keys: \(folder.revoked.count).
            Every recipient was sealed to once.
            """
    }

    /// What was signed, and what it changes.
    static func report(_ directory: Directory, after previous: Directory?, at path: String) {
        if let previous {
            let changes = DirectoryChanges.describe(
                from: previous.contents, to: directory.contents)
            Say.note("Since version \(previous.version):")
            Say.note(
                changes.isEmpty
                    ? "  only the dates" : changes.map { "  " + $0 }.joined(separator: "\n"))
        }
        Say.note("\(path): last day \(directory.contents.expires.text)")
        Say.result("version \(directory.version) \(directory.digest.hex)")
    }
}

/// Runs one command of the ceremony and gives its errors as failures in plain words.
func rootStep(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as CeremonyError {
        throw Failure(error.message)
    }
}
