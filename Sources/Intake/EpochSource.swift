package import Composing

/// What the door knows of the desk's keys: which epochs are taken, and what to seal to.
package protocol EpochSource: Sendable {
    /// Where the epoch of this number stands now.
    func standing(of epoch: Int) -> EpochStanding

    /// What the door itself seals to today; nil when there is no key.
    var terms: DeskTerms? { get }
}

/// Whether a frame that was sealed for an epoch is taken.
package enum EpochStanding: Equatable, Sendable {
    /// The desk can open it.
    case accepted
    /// Over, not yet open, or never heard of.
    case refused
    /// The door has no directory that is in force.
    case unknown
}
