internal import Agencies

/// The `Date` field of an answer (RFC 9110 §5.6.7), in the one form that servers send.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`; nil for any other form.
    static func seconds(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT",
            let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let twoDigits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, let day = Day("\(words[3])-\(twoDigits)-\(words[1])") else {
            return nil
        }
        return day.number * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
