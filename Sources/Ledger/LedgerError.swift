package import Custody

/// The ledger refuses to go on; nothing was signed. An operator must look at it.
package enum LedgerError: Error, Hashable {
    /// The store has no log. One is created once, on purpose, never by starting a server: a wrong
    /// path in a configuration would otherwise begin a second history.
    case notCreated
    /// The store has a log already, or one has been published.
    case alreadyCreated
    /// The stored hashes do not make up the stored root.
    case damagedStore
    /// The published checkpoint is not one of this log's: another key, origin or form.
    case foreignCheckpoint(NoteError)
    /// The published checkpoint says more, or something else, than the store: the store was rolled
    /// back to an older state, or replaced.
    case contradictsPublished(size: UInt64)
    /// Another process advanced the same log at the same time.
    case concurrentWriter
    /// A tick began before the last one had ended.
    case busy
}
