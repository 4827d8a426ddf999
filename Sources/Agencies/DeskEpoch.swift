package import Sealing

/// One period of the desk's key: its recipients, when it may be sealed to, and whether it is dead.
package struct DeskEpoch: Equatable, Sendable {
    /// For how many days after ``closes`` the key is kept, so that tips sealed offline still open.
    package static let graceDays = 90

    /// The epoch's number; envelopes name it.
    package var number: Int
    /// The post-quantum recipient: what every program of ours seals to.
    package var recipient: Recipient
    /// An X25519 recipient for people who have only stock age; never mixed into one container.
    package var legacyRecipient: Recipient?
    /// The first day on which to seal to it.
    package var opens: Day
    /// The last day on which to seal to it.
    package var closes: Day
    /// Whether the key has been destroyed, or lost to others, before its time.
    package var isDead: Bool

    /// An epoch as the root's holder vouches for it; ``DirectoryContents`` checks it.
    package init(
        number: Int, recipient: Recipient, legacyRecipient: Recipient?, opens: Day, closes: Day,
        isDead: Bool
    ) {
        self.number = number
        self.recipient = recipient
        self.legacyRecipient = legacyRecipient
        self.opens = opens
        self.closes = closes
        self.isDead = isDead
    }

    /// Where in its life an epoch stands.
    package enum State: String, Sendable {
        /// Not to be sealed to yet.
        case notYet = "not yet open"
        /// To be sealed to.
        case open
        /// No longer to be sealed to; what was sealed before is still taken.
        case closed = "closed, still accepted"
        /// The key is destroyed, or must be taken for lost: nothing sealed to it is taken.
        case dead
    }

    /// Where the epoch stands on `today`.
    package func state(on today: Day) -> State {
        if isDead || today > closes.adding(days: Self.graceDays) { return .dead }
        if today > closes { return .closed }
        return today < opens ? .notYet : .open
    }

    /// Whether the door takes an envelope that names this epoch.
    package func isAccepted(on today: Day) -> Bool {
        switch state(on: today) {
        case .open, .closed: true
        case .notYet, .dead: false
        }
    }
}
