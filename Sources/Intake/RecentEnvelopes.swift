package import Custody
internal import Serving
package import Tips

/// The envelopes taken in this hour and the last, so that one sent again is not stored again.
///
/// In memory only: it saves disk, while dispatch is what makes a repetition harmless.
package struct RecentEnvelopes: Sendable {
    /// Most envelopes remembered for one hour.
    package static let limit = 100_000
    private var hour: Hour?
    private var current: Set<SHA256Digest> = []
    private var previous: Set<SHA256Digest> = []

    /// Remembers nothing yet.
    package init() {}

    /// Whether the envelope of this digest was taken.
    package mutating func contains(_ envelope: SHA256Digest, at now: Hour) -> Bool {
        advance(to: now)
        return current.contains(envelope) || previous.contains(envelope)
    }

    /// Remembers that the envelope of this digest was taken.
    package mutating func insert(_ envelope: SHA256Digest, at now: Hour) {
        advance(to: now)
        guard current.count < Self.limit else { return }
        current.insert(envelope)
    }

    private mutating func advance(to now: Hour) {
        if let hour, now <= hour { return }
        previous = hour.map { now.hours(since: $0) == 1 } == true ? current : []
        current = []
        hour = now
    }
}
