/// What the malware scanner says of a file. *Clean* means that no known signature is in it, never
/// that it is harmless.
package struct ScanAnswer: Equatable, Sendable {
    /// One of three.
    package enum Outcome: Equatable, Sendable {
        /// Scanned to its end; nothing known found.
        case clean
        /// This was found.
        case found(String)
        /// Not scanned, or not to its end. Never shown as clean.
        case couldNotScan(Obstacle)
    }

    /// Why a file was not scanned.
    package enum Obstacle: String, CaseIterable, Sendable {
        /// No scanner is set up.
        case notConfigured = "not-configured"
        /// Nobody answers at the scanner's socket.
        case unreachable
        /// The file is larger than the scanner takes.
        case tooLarge = "too-large"
        /// The scanner took longer than it may.
        case timeLimit = "time-limit"
        /// The scanner stopped at a limit of its own (`Heuristics.Limits.…`).
        case scannerLimit = "scanner-limit"
        /// All or part of it is encrypted (`Heuristics.Encrypted.…`).
        case encrypted
        /// The signatures are older than ``ClamAV/databaseDays``.
        case oldDatabase = "old-database"
        /// The scanner does not say how old its signatures are.
        case unknownDatabase = "unknown-database"
        /// The scanner reported an error, or answered what it never does.
        case scannerError = "scanner-error"
    }

    /// What came of it.
    package let outcome: Outcome
    /// Which scanner, with which signatures; nil when it did not say.
    package let engine: ScanEngine?

    /// An answer.
    package init(_ outcome: Outcome, engine: ScanEngine? = nil) {
        self.outcome = outcome
        self.engine = engine
    }
}

/// A scanner and its signatures, as it tells of itself (`zVERSION`).
package struct ScanEngine: Equatable, Sendable {
    /// ClamAV's version: `1.4.6`.
    package let version: String
    /// The number of its daily signatures.
    package let database: Int
    /// The day they were made, `YYYY-MM-DD`.
    package let databaseDay: String
    /// The same in days since 1970-01-01.
    let databaseDayNumber: Int

    /// Reads `ClamAV 1.4.6/27445/Tue Nov  4 08:31:02 2026`; nil for anything else, such as the
    /// answer of a scanner without daily signatures, which has no date.
    package init?(_ answer: String) {
        let parts = answer.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasPrefix("ClamAV "),
            let database = Decimal.parse(parts[1].utf8, limit: 1 << 31)
        else { return nil }
        let version = parts[0].dropFirst("ClamAV ".count)
        let words = parts[2].split(separator: " ")
        guard Self.isVersion(version), words.count == 5,
            let month = Self.months.firstIndex(of: String(words[1])),
            let day = Decimal.parse(words[2].utf8, limit: 31), day > 0,
            let year = Decimal.parse(words[4].utf8, limit: 9999), year >= 1970
        else { return nil }
        self.version = String(version)
        self.database = database
        databaseDay = Self.text(year) + "-" + Self.text(month + 1) + "-" + Self.text(day)
        databaseDayNumber = Self.dayNumber(year: year, month: month + 1, day: day)
    }

    /// One as it was stored; nil when it cannot have been.
    init?(version: String, database: Int, databaseDay: String) {
        let numbers = databaseDay.split(separator: "-").map { Decimal.parse($0.utf8, limit: 9999) }
        guard Self.isVersion(version[...]), database >= 0, numbers.count == 3,
            let year = numbers[0], let month = numbers[1], let day = numbers[2],
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            databaseDay == Self.text(year) + "-" + Self.text(month) + "-" + Self.text(day)
        else { return nil }
        self.version = version
        self.database = database
        self.databaseDay = databaseDay
        databaseDayNumber = Self.dayNumber(year: year, month: month, day: day)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func isVersion(_ text: Substring) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    }

    private static func text(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Days since 1970-01-01 in the Gregorian calendar: years are begun in March, so that the leap
    /// day is their last.
    private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let years = month > 2 ? year : year - 1
        let months = (month + 9) % 12
        let leapDays = years / 4 - years / 100 + years / 400
        return years * 365 + leapDays + (months * 153 + 2) / 5 + day - 1 - 719_468
    }
}
