internal import Agencies
internal import Agents
internal import Sealing
internal import Terminal

/// An epoch as `Keys/desk.toml` takes it.
enum EpochLines {
    /// Prints the table of one epoch.
    static func show(_ epoch: DeskKeys.PublicEpoch, opens: String, closes: String) {
        func text(_ recipient: Recipient) -> String {
            String(decoding: recipient.text, as: UTF8.self)
        }
        Say.result(
            """

            [[epoch]]
            number = \(epoch.number)
            recipient = "\(text(epoch.recipient))"
            x25519 = "\(text(epoch.legacyRecipient))"
            opens = "\(opens)"
            closes = "\(closes)"
            dead = false
            """)
    }
}
