/// A calendar day (UTC, proleptic Gregorian), the finest time the directory knows.
///
/// Counted in days since 1970-01-01, so that comparing and adding need no calendar library.
package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; never outside the years 0001 to 9999.
    package let number: Int

    /// The days that can be written as `YYYY-MM-DD`.
    private static let limits = -719_162...2_932_896

    /// The day `number` days after 1970-01-01, or nil outside the years 0001 to 9999.
    package init?(number: Int) {
        guard Self.limits.contains(number) else { return nil }
        self.number = number
    }

    /// The day of a Unix time in seconds, or nil outside the years 0001 to 9999.
    package init?(unixTime seconds: Int) {
        let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
        self.init(number: remainder < 0 ? quotient - 1 : quotient)
    }

    /// Reads exactly `YYYY-MM-DD`; nil for any other text and for days that do not exist.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]),
            let day = Self.digits(bytes[8..<10]), year >= 1, (1...12).contains(month),
            day >= 1, day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        number = Self.daysBefore(year: year, month: month) + day - 1
    }

    /// `YYYY-MM-DD`.
    package var text: String {
        let (year, month, day) = civil
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
    }

    /// The day `days` later (earlier when negative), stopping at the last day that can be written.
    package func adding(days: Int) -> Day {
        let (sum, overflow) = number.addingReportingOverflow(days)
        let wanted = overflow ? (days > 0 ? Int.max : Int.min) : sum
        return Day(clamped: wanted)
    }

    package static func < (first: Day, second: Day) -> Bool { first.number < second.number }

    private init(clamped number: Int) {
        self.number = min(max(number, Self.limits.lowerBound), Self.limits.upperBound)
    }

    /// Year, month and day, found by stepping through years from an estimate.
    private var civil: (year: Int, month: Int, day: Int) {
        var year = min(9999, max(1, 1970 + number / 366 - 1))
        if number < 0 { year = max(1, 1970 + number / 365 - 1) }
        while year < 9999, Self.daysBefore(year: year + 1, month: 1) <= number { year += 1 }
        var month = 1
        while month < 12, Self.daysBefore(year: year, month: month + 1) <= number { month += 1 }
        return (year, month, number - Self.daysBefore(year: year, month: month) + 1)
    }

    /// Days from 1970-01-01 to the first of `month` in `year`.
    private static func daysBefore(year: Int, month: Int) -> Int {
        let past = year - 1
        var days = past * 365 + past / 4 - past / 100 + past / 400 - 719_162
        for earlier in 1..<13 where earlier < month { days += length(ofMonth: earlier, year: year) }
        return days
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
