internal import Glibc

/// A moment, as finely as the doors ever keep or log one: whole hours since 1970, UTC.
package struct Hour: Comparable, Hashable, Sendable {
    /// Hours since 1970-01-01T00 UTC.
    package let number: UInt64

    /// The hour with the given number.
    package init(number: UInt64) {
        self.number = number
    }

    /// The hour of the system's clock.
    package static var now: Hour {
        Hour(number: UInt64(max(0, time(nil))) / 3600)
    }

    /// Seconds since 1970 of the hour's first moment.
    package var seconds: Int { Int(number) * 3600 }

    /// `YYYY-MM-DDTHH`, in the Gregorian calendar.
    package var text: String {
        // Days are counted from 1 March of year 0, in eras of 400 years (146,097 days).
        let days = Int(number / 24) + 719_468
        let era = days / 146_097
        let day = days % 146_097
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let dayOfMonth = dayOfYear - (153 * shifted + 2) / 5 + 1
        let calendarYear = era * 400 + year + (month <= 2 ? 1 : 0)
        return "\(calendarYear)-\(Self.two(month))-\(Self.two(dayOfMonth))"
            + "T\(Self.two(Int(number % 24)))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    package static func < (first: Hour, second: Hour) -> Bool { first.number < second.number }

    /// How many whole hours lie between `earlier` and this hour; 0 when the clock went back.
    package func hours(since earlier: Hour) -> UInt64 {
        number > earlier.number ? number - earlier.number : 0
    }
}
