internal import Agencies

/// A day, a month or a year that somebody wrote: `2026-10-01`, `2026-10`, `2026`. Any other words are
/// for people alone.
struct ClaimedTime: Equatable {
    /// The first and the last day it may be.
    let first: Day
    let last: Day

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        switch bytes.count {
        case 10:
            guard let day = Day(text) else { return nil }
            (first, last) = (day, day)
        case 7:
            guard let day = Day(text + "-01") else { return nil }
            // The longest month has 31 days: the first of the next is never further.
            let next = (28...31).lazy.compactMap { Day("\(text)-\($0)") }.max()
            guard let next else { return nil }
            (first, last) = (day, next)
        case 4:
            guard let first = Day(text + "-01-01"), let last = Day(text + "-12-31") else {
                return nil
            }
            (self.first, self.last) = (first, last)
        default: return nil
        }
    }

    /// How a day stands to it, to be followed by what it is.
    func difference(of day: Day) -> String {
        if day < first { return "\(first.number - day.number) day(s) before" }
        if day > last { return "\(day.number - last.number) day(s) after" }
        return first == last ? "the same day as" : "within"
    }
}

extension Day {
    /// The day that a metadata field begins with: `2026:10:01 02:03:04`, `2026-10-01T…`.
    init?(exif value: String) {
        let digits = value.prefix(10).split(whereSeparator: { $0 == ":" || $0 == "-" })
        guard digits.count == 3 else { return nil }
        self.init(digits.joined(separator: "-"))
    }
}
