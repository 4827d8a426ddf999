/// What the door knows of the desk's keys: which epochs are taken.
package protocol EpochSource: Sendable {
    /// Where the epoch of this number stands now.
    func standing(of epoch: Int) -> EpochStanding
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
