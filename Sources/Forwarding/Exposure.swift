package import Agencies
package import Custody

/// One bundle as the outbox remembers it, for the question "what could this key open?".
package struct OutboxRecord: Equatable, Sendable {
    /// The digest of the statement.
    package let bundle: Hash
    /// The tip it came from.
    package let tip: Hash
    /// The office it is for.
    package let office: OfficeID
    /// SHA-256 of the office's recipient as printed, which the bundle is sealed to.
    package let keyFingerprint: Hash
    /// SHA-256 of every payload in it.
    package let payloads: [Hash]
    /// Where it is.
    package let state: OutboxState
    /// Whether any byte of it was ever handed out.
    package let wasServed: Bool

    /// A record.
    package init(
        bundle: Hash, tip: Hash, office: OfficeID, keyFingerprint: Hash,
        payloads: [Hash], state: OutboxState, wasServed: Bool
    ) {
        self.bundle = bundle
        self.tip = tip
        self.office = office
        self.keyFingerprint = keyFingerprint
        self.payloads = payloads
        self.state = state
        self.wasServed = wasServed
    }
}

/// What revoking an office's key means: which bundles stop, and what the key could open.
package struct Exposure: Equatable, Sendable {
    /// Bundles to stop: they are still waiting or being served.
    package let toStop: [OutboxRecord]
    /// Bundles of which bytes have left the house: who holds the key can read these.
    package let readable: [OutboxRecord]
    /// Bundles sealed to the key that never left: who holds the key *and* our disk can read these.
    package let sealedOnly: [OutboxRecord]

    /// Sorts the records of the key with this fingerprint.
    package init(ofKey fingerprint: Hash, among records: [OutboxRecord]) {
        let mine = records.filter { $0.keyFingerprint == fingerprint }
        toStop = mine.filter {
            if case .stopped = $0.state { false } else { true }
        }
        readable = mine.filter(\.hasLeft)
        sealedOnly = mine.filter { !$0.hasLeft }
    }
}

extension OutboxRecord {
    private var hasAnswer: Bool {
        switch state {
        case .fetched, .acknowledged: true
        case .queued, .offered, .stopped: false
        }
    }

    fileprivate var hasLeft: Bool { wasServed || hasAnswer }
}
