package import Custody
import Tips

/// The custody log: gives entries their indices, signs checkpoints, publishes.
///
/// It acts only when ``tick()`` is called, on a fixed clock, so that what it publishes does not
/// tell when anything happened.
package actor Ledger {
    /// The most entries that get an index in one tick; the others wait for the next.
    package static let maximumEntriesPerTick = 4096

    /// What others check this log's checkpoints with.
    package nonisolated let verifier: NoteVerifier
    private let signer: NoteSigner
    private let store: any LedgerStore
    private let publisher: any LedgerPublisher
    private var isTicking = false

    /// The log of `signer`'s key, whose name is the log's origin.
    package init(
        signer: consuming NoteSigner, store: any LedgerStore, publisher: any LedgerPublisher
    ) {
        verifier = signer.verifier
        self.signer = signer
        self.store = store
        self.publisher = publisher
    }

    /// Creates the log. Run once in the life of a log, by an operator.
    ///
    /// - Throws: ``LedgerError/alreadyCreated``, and what the store and the publisher throw.
    package func create() async throws {
        guard try await publisher.checkpoint() == nil, try await store.create() else {
            throw LedgerError.alreadyCreated
        }
    }

    /// Takes the waiting entries into the tree and makes a new checkpoint public.
    ///
    /// The order of effects, and what a crash after each means:
    /// 1. The head, the entries and the nodes are persisted by compare-and-swap. After a crash here
    ///    nothing is public yet; the next tick publishes from where the public checkpoint stands.
    /// 2. Tiles are published. They never change, so doing it again is harmless.
    /// 3. The checkpoint is signed and published. It is a function of the persisted head, so signing
    ///    it again gives the same bytes.
    ///
    /// The normal way and the way after a crash are this same code.
    ///
    /// - Returns: the public checkpoint.
    /// - Throws: ``LedgerError`` when the store contradicts itself or what is public; what the
    ///   store and the publisher throw.
    @discardableResult
    package func tick() async throws -> VerifiedCheckpoint {
        guard !isTicking else { throw LedgerError.busy }
        isTicking = true
        defer { isTicking = false }
        guard let head = try await store.head() else { throw LedgerError.notCreated }
        let tree = try await tree(size: head.size)
        guard tree.root == head.root else { throw LedgerError.damagedStore }
        let published = try await publishedCheckpoint(within: head)
        let newHead = try await sequence(tree, after: head)
        // Witnesses' cosignatures and time stamps are to be fetched after step 3.
        return try await publish(newHead, after: published)
    }

    /// The tlog-proof that `entry` is in the log, against the public checkpoint.
    ///
    /// - Returns: nil while the entry waits or is not yet public, or when it is not known.
    /// - Throws: ``LedgerError``, and what the store and the publisher throw.
    package func proof(of entry: Hash) async throws -> VerifiedLogProof? {
        guard let index = try await store.index(of: entry) else { return nil }
        return try await proof(index: index, entry: entry)
    }

    /// The tlog-proof of the entry with this index, against the public checkpoint.
    ///
    /// - Returns: nil when the public log has no such entry.
    /// - Throws: ``LedgerError``, and what the store and the publisher throw.
    package func proof(index: UInt64) async throws -> VerifiedLogProof? {
        guard let head = try await store.head() else { throw LedgerError.notCreated }
        guard index < head.size else { return nil }
        let entries = try await store.entries(in: index..<index + 1)
        guard let entry = entries.first, entries.count == 1 else { throw LedgerError.damagedStore }
        return try await proof(index: index, entry: entry)
    }
}

extension Ledger {
    private func proof(index: UInt64, entry: Hash) async throws -> VerifiedLogProof? {
        guard let checkpoint = try await verifiedPublicCheckpoint(),
            let plan = InclusionProof.plan(index: index, size: checkpoint.checkpoint.size)
        else { return nil }
        guard let hashes = plan.assemble(try await store.hashes(at: plan.places)) else {
            throw LedgerError.damagedStore
        }
        do {
            let unverified = UnverifiedLogProof(
                index: index, inclusion: InclusionProof(hashes: hashes),
                checkpoint: try UnverifiedCheckpoint(checkpoint.bytes))
            // Nobody is handed a proof that would not hold.
            return try unverified.verified(entry: entry.bytes, by: LogPolicy(log: verifier))
        } catch {
            throw LedgerError.damagedStore
        }
    }

    /// The tree of the first `size` entries out of the stored hashes.
    private func tree(size: UInt64) async throws -> MerkleTree {
        let peaks = try await store.hashes(at: MerkleTree.peakPlaces(size: size))
        guard let tree = MerkleTree(size: size, peaks: peaks) else {
            throw LedgerError.damagedStore
        }
        return tree
    }

    private func verifiedPublicCheckpoint() async throws -> VerifiedCheckpoint? {
        guard let bytes = try await publisher.checkpoint() else { return nil }
        do {
            return try UnverifiedCheckpoint(bytes).verified(by: verifier)
        } catch {
            throw LedgerError.foreignCheckpoint(error)
        }
    }

    /// The public checkpoint, which must be of a prefix of the stored tree.
    private func publishedCheckpoint(within head: LedgerHead) async throws -> VerifiedCheckpoint? {
        guard let verified = try await verifiedPublicCheckpoint() else { return nil }
        let published = verified.checkpoint
        guard published.size <= head.size,
            try await tree(size: published.size).root == published.root
        else { throw LedgerError.contradictsPublished(size: published.size) }
        return verified
    }

    /// Step 1.
    private func sequence(_ tree: MerkleTree, after head: LedgerHead) async throws -> LedgerHead {
        // Filler entries, up to a fixed number a tick, are to be added here.
        let waiting = try await store.waitingEntries(limit: Self.maximumEntriesPerTick)
        guard !waiting.isEmpty else { return head }
        // Entries look random: in the order of their bytes they tell no order of arrival.
        let entries = waiting.sorted()
        var tree = tree
        var nodes: [TreeNode] = []
        for entry in entries { nodes += tree.append(leafHash: TreeHash.leaf(entry.bytes)) }
        let step = LedgerStep(
            from: head, to: LedgerHead(size: tree.size, root: tree.root), entries: entries,
            nodes: nodes)
        guard try await store.advance(step) else { throw LedgerError.concurrentWriter }
        return step.to
    }

    /// Steps 2 and 3.
    private func publish(
        _ head: LedgerHead, after published: VerifiedCheckpoint?
    ) async throws -> VerifiedCheckpoint {
        if let published, published.checkpoint.size == head.size { return published }
        for tile in Tile.added(from: published?.checkpoint.size ?? 0, to: head.size) {
            try await publisher.publish(tile: tile.path, content: content(of: tile))
        }
        let checkpoint = Checkpoint(origin: verifier.name, size: head.size, root: head.root)
        let signed = try signer.sign(checkpoint)
        let verified = try UnverifiedCheckpoint(signed).verified(by: verifier)
        try await publisher.publish(checkpoint: signed)
        return verified
    }

    private func content(of tile: Tile) async throws -> [UInt8] {
        switch tile.kind {
        case .hashes:
            return Tile.content(hashes: try await store.hashes(at: tile.places))
        case .entries:
            let first = tile.index * UInt64(Tile.fullWidth)
            let entries = try await store.entries(in: first..<first + UInt64(tile.width))
            return Tile.content(entries: entries.map(\.bytes))
        }
    }
}
