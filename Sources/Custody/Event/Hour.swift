/// An hour of UTC, the finest time that the gateway keeps or signs: `YYYY-MM-DDTHH`.
package struct Hour: Hashable, Comparable, Sendable {
    /// Whole hours since 1970-01-01T00; never outside the years 1970 to 9999.
    package let number: Int

    /// 9999-12-31T23.
    private static let maximum = 2_932_897 * 24 - 1

    /// The hour `number` hours after 1970-01-01T00; nil outside the years 1970 to 9999.
    package init?(number: Int) {
        guard (0...Self.maximum).contains(number) else { return nil }
        self.number = number
    }

    /// The hour in which a Unix time in seconds lies; nil outside the years 1970 to 9999.
    package init?(unixTime seconds: Int) {
        guard seconds >= 0 else { return nil }
        self.init(number: seconds / 3600)
    }

    /// Reads exactly `YYYY-MM-DDTHH`; nil for any other text and for hours that do not exist.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 13, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54,
            let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]),
            let day = Self.digits(bytes[8..<10]), let hour = Self.digits(bytes[11..<13]),
            year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24
        else { return nil }
        self.init(number: Self.days(year: year, month: month, day: day) * 24 + hour)
        // A day that does not exist, such as 30 February, prints as another one.
        guard self.text == text else { return nil }
    }

    /// `YYYY-MM-DDTHH`.
    package var text: String { day + "T" + Self.padded(number % 24, 2) }

    /// `YYYY-MM-DD`, the day of this hour.
    package var day: String {
        let (year, month, day) = Self.civil(days: number / 24)
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// The hour `hours` later (earlier when negative); nil outside the years 1970 to 9999.
    package func adding(hours: Int) -> Hour? {
        let (sum, overflow) = number.addingReportingOverflow(hours)
        return overflow ? nil : Hour(number: sum)
    }

    package static func < (first: Hour, second: Hour) -> Bool { first.number < second.number }
}

/// The calendar, counted in years that begin in March, so that the leap day comes last.
extension Hour {
    /// Days from 0000-03-01 to 1970-01-01.
    private static let epoch = 719_468
    /// Days in 400 years.
    private static let era = 146_097

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return marchYear * 365 + leapDays + dayOfYear - epoch
    }

    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let (eras, dayOfEra) = (days + epoch).quotientAndRemainder(dividingBy: era)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = eras * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
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
