package import Custody

/// How far the log has come: what is persisted before anything is signed.
package struct LedgerHead: Hashable, Sendable {
    /// The number of entries that have an index.
    package let size: UInt64
    /// The root of their tree.
    package let root: Hash

    /// A head.
    package init(size: UInt64, root: Hash) {
        self.size = size
        self.root = root
    }

    /// The head of a log without entries.
    package static let empty = LedgerHead(size: 0, root: TreeHash.emptyRoot)
}

/// One step of the log: entries get their indices, and the tree grows by them.
package struct LedgerStep: Hashable, Sendable {
    /// The head that must be persisted now.
    package let from: LedgerHead
    /// The head that this step leads to.
    package let to: LedgerHead
    /// The new entries in their order; the first has index `from.size`.
    package let entries: [Hash]
    /// The subtrees that became complete.
    package let nodes: [TreeNode]

    /// A step.
    package init(from: LedgerHead, to: LedgerHead, entries: [Hash], nodes: [TreeNode]) {
        self.from = from
        self.to = to
        self.entries = entries
        self.nodes = nodes
    }
}

/// Where the log is kept. Whoever implements it keeps these promises:
///
/// - Entries wait in the store from the moment of the effect they tell of, in the same transaction
///   (I6). That is the store's own business; this protocol only takes waiting entries further.
/// - ``advance(_:)`` is one transaction with a compare-and-swap: whoever can alter the head can
///   make the log sign two histories.
/// - What a call has answered is durable.
///
/// Any error thrown is a failure of storage, and the process must end.
package protocol LedgerStore: Sendable {
    /// The persisted head; nil when this log was never created.
    func head() async throws -> LedgerHead?

    /// Creates the log with ``LedgerHead/empty``.
    ///
    /// - Returns: false, and changes nothing, when there is one already.
    func create() async throws -> Bool

    /// Up to `limit` entries that wait for an index, in any order.
    func waitingEntries(limit: Int) async throws -> [Hash]

    /// Persists `step` if the head is still `step.from`: the new head, the entries with their
    /// indices (they wait no longer) and the nodes, all or nothing.
    ///
    /// - Returns: false, and changes nothing, when the head is another one.
    func advance(_ step: LedgerStep) async throws -> Bool

    /// The hashes of these subtrees, in this order. All were stored by ``advance(_:)``.
    func hashes(at places: [NodePlace]) async throws -> [Hash]

    /// The entries with these indices, in their order; the range is below the head's size.
    func entries(in range: Range<UInt64>) async throws -> [Hash]

    /// The index of an entry; nil while it waits, or when it is not known.
    func index(of entry: Hash) async throws -> UInt64?
}
