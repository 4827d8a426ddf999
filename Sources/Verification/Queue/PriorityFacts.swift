package import Custody
package import Tips

/// What a priority is computed from. Hours are of the desk; what a reporter claims is only ``danger``,
/// ``reason`` and ``deadline``.
package struct PriorityFacts: Equatable, Sendable {
    /// What was found at the desk, and nobody can tick.
    package enum Finding: String, CaseIterable, Sendable {
        /// Material or words that show sexual abuse of a minor.
        case sexualAbuseOfMinor
        /// Marks or pictures of torture.
        case torture
        /// Whoever was held is out, and safe.
        case outAndSafe
        /// A text that could not be read, found by the program: how urgent the case is may stand in it.
        case unreadText
    }

    /// A person's decision about the class.
    package struct Override: Equatable, Sendable {
        /// The class it shall have.
        package let level: Priority.Level
        /// Why; never empty.
        package let reason: String
        /// Who decided.
        package let person: String
        /// When.
        package let hour: Hour

        /// A decision of these values.
        package init(level: Priority.Level, reason: String, person: String, hour: Hour) {
            self.level = level
            self.reason = reason
            self.person = person
            self.hour = hour
        }
    }

    /// When the case came in.
    package let received: Hour
    /// When the reporter was last heard of.
    package var news: Hour
    /// When a person last worked on the case; nil for never.
    package var touched: Hour?
    /// What the reporter ticked.
    package var danger: Set<Danger> = []
    /// Why it is urgent, in the reporter's words.
    package var reason = ""
    /// The day by which something must happen, `YYYY-MM-DD`, or "".
    package var deadline = ""
    /// Whether the report names a place.
    package var isPlaceNamed = false
    /// When a withdrawal came that nobody has looked into; nil for none.
    package var withdrawn: Hour?
    /// When words came that all is well; nil for none. Only a person can read such words.
    package var saysFine: Hour?
    /// What was found at the desk.
    package var findings: Set<Finding> = []
    /// A person's decision.
    package var override: Override?

    /// A case of which nothing else is known.
    package init(received: Hour) {
        self.received = received
        news = received
    }
}
