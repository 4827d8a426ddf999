package import Agencies

/// An hour in UTC, the finest time that this gateway writes down.
package struct Hour: Hashable, Comparable, Sendable {
    /// Hours since 1970-01-01T00; between the years 1970 and 9999.
    package let number: Int

    private static let limit = (2_932_896 + 1) * 24

    /// The hour `number` hours after 1970-01-01T00, or nil outside the years 1970 to 9999.
    package init?(number: Int) {
        guard (0..<Self.limit).contains(number) else { return nil }
        self.number = number
    }

    /// The hour of a Unix time in seconds, or nil outside the years 1970 to 9999.
    package init?(unixTime seconds: Int) {
        guard seconds >= 0 else { return nil }
        self.init(number: seconds / 3_600)
    }

    /// Reads exactly `YYYY-MM-DDTHH`; nil for any other text.
    package init?(_ text: String) {
        let bytes = [UInt8](text.utf8)
        guard bytes.count == 13, bytes[10] == 0x54,
            let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
            let hour = Int(String(decoding: bytes[11...], as: UTF8.self)), (0..<24).contains(hour),
            bytes[11...].allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.init(number: day.number * 24 + hour)
    }

    /// `YYYY-MM-DDTHH`.
    package var text: String {
        let hour = number % 24
        return day.text + "T" + (hour < 10 ? "0" : "") + "\(hour)"
    }

    /// The day it is in.
    package var day: Day {
        guard let day = Day(number: number / 24) else {
            preconditionFailure("every hour lies in a day")
        }
        return day
    }

    /// The later of the clock's hour and the beginning of a day that was signed: a clock that was
    /// set back gains nothing.
    package func noEarlier(than signed: Day) -> Hour {
        Hour(number: signed.number * 24).map { max(self, $0) } ?? self
    }

    package static func < (first: Hour, second: Hour) -> Bool { first.number < second.number }
}
