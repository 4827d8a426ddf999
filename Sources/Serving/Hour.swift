package import Custody
internal import Glibc

/// A moment as finely as the doors ever keep or log one.
extension Hour {
    /// The hour of the system's clock.
    package static var now: Hour {
        guard let hour = Hour(unixTime: time(nil)) else {
            preconditionFailure("the clock is not between the years 1970 and 9999")
        }
        return hour
    }

    /// How many whole hours lie between `earlier` and this hour; 0 when the clock went back.
    package func hours(since earlier: Hour) -> Int { max(0, number - earlier.number) }
}
