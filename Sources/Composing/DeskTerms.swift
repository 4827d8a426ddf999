package import Sealing
package import Tips

/// What a reporter's device needs of the directory in force, and nothing else of it.
package struct DeskTerms: Equatable, Sendable {
    /// An office, as far as sealing must know it.
    package struct Office: Equatable, Sendable {
        /// Its identifier in the directory.
        package let id: FormatText
        /// Whether a key of it must not be used any more.
        package let isRevoked: Bool

        /// An office of the directory.
        package init(id: FormatText, isRevoked: Bool) {
            self.id = id
            self.isRevoked = isRevoked
        }
    }

    /// The number of the desk's epoch to seal to today.
    package let epoch: Int
    /// The desk's recipient of that epoch.
    package let recipient: Recipient
    /// The directory's version, which consent names.
    package let directoryVersion: Int
    /// Every office of the directory.
    package let offices: [Office]

    /// The terms of a directory that the caller has verified.
    package init(epoch: Int, recipient: Recipient, directoryVersion: Int, offices: [Office]) {
        self.epoch = epoch
        self.recipient = recipient
        self.directoryVersion = directoryVersion
        self.offices = offices
    }

    /// The office of this identifier.
    func office(_ id: FormatText) -> Office? {
        offices.first { $0.id.utf8.elementsEqual(id.utf8) }
    }
}
