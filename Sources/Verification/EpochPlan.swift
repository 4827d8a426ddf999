package import Agencies

/// The desk's next epoch: its number and its days, after the newest that a directory knows.
package struct EpochPlan: Equatable, Sendable {
    /// How long an epoch is open unless somebody says otherwise, in days: half a year.
    package static let openDays = 182
    /// How long before the last day of the newest epoch the next one opens, in days: within them every
    /// door and reporter gets the new directory.
    package static let overlapDays = 14
    /// The longest that an epoch may be open, in days.
    package static let openDaysLimit = 400

    /// The epoch's number.
    package let number: Int
    /// The first day on which to seal to it.
    package let opens: Day
    /// The last.
    package let closes: Day

    /// The epoch after the newest one of `directory`.
    ///
    /// - Parameters:
    ///   - today: the day to reckon with.
    ///   - opens: its first day; ``overlapDays`` before the newest one closes, but not before tomorrow,
    ///     if nil.
    ///   - days: for how long it is open.
    /// - Throws: ``DeskError/badInput(_:)`` for days on which nobody could seal, or a gap between two
    ///   epochs.
    package init(
        after directory: Directory, today: Day, opens: Day? = nil, days: Int = Self.openDays
    ) throws(DeskError) {
        guard (1...Self.openDaysLimit).contains(days) else {
            throw .badInput("An epoch is open for 1 to \(Self.openDaysLimit) days.")
        }
        guard let newest = directory.contents.epochs.max(by: { $0.number < $1.number }) else {
            throw .noDirectory
        }
        let tomorrow = today.adding(days: 1)
        let first = opens ?? max(tomorrow, newest.closes.adding(days: -Self.overlapDays))
        guard first >= today else {
            throw .badInput("\(first.text) is over; an epoch opens today or later.")
        }
        if let opens, opens > newest.closes.adding(days: 1), newest.closes >= today {
            throw .badInput(
                "Epoch \(newest.number) closes on \(newest.closes.text): nobody could seal between "
                    + "then and \(opens.text).")
        }
        number = newest.number + 1
        self.opens = first
        closes = first.adding(days: days - 1)
    }
}

/// What an epoch's keys are still for.
package struct EpochKeyState: Equatable, Sendable {
    /// The epoch's number.
    package let number: Int
    /// Whether nothing that is sealed to it is taken any more.
    package let isDue: Bool
    /// Why, in words.
    package let words: String

    /// The state of the keys that an agent holds.
    ///
    /// - Parameter numbers: the epochs whose keys are there. One that the directory does not know yet
    ///   waits for the root's signature, and is never due.
    package static func all(
        _ numbers: [Int], in directory: Directory, on today: Day
    ) -> [EpochKeyState] {
        numbers.map { number in
            guard let epoch = directory.epoch(number) else {
                return EpochKeyState(
                    number: number, isDue: false,
                    words: "not in the signed directory yet; kept")
            }
            let last = epoch.closes.adding(days: DeskEpoch.graceDays)
            let state = epoch.state(on: today)
            let words =
                switch state {
                case .notYet: "opens on \(epoch.opens.text); kept"
                case .open: "open until \(epoch.closes.text); kept"
                case .closed: "closed on \(epoch.closes.text); kept until \(last.text)"
                case .dead where epoch.isDead: "the directory calls it dead; due"
                case .dead: "closed on \(epoch.closes.text), kept until \(last.text); due"
                }
            return EpochKeyState(number: number, isDue: state == .dead, words: words)
        }
    }
}
