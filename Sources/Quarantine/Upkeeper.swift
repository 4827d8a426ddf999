internal import Custody

/// What has to be done by the clock, and at every start.
package struct Upkeeper: Sendable {
    private let blobs: any BlobStore
    private let store: any QuarantineStore

    /// An upkeeper of these stores.
    package init(blobs: any BlobStore, store: any QuarantineStore) {
        self.blobs = blobs
        self.store = store
    }

    /// Removes files that no row names: leftovers of a crash between two steps. Run at start,
    /// before anything else writes.
    ///
    /// - Returns: how many there were.
    /// - Throws: ``StoreFailure``; also when a row names a file that is not there.
    package func sweepOrphans() async throws -> Int {
        let named = Set(try await store.read { try $0.payloads().map(\.blob) })
        let present = Set(try blobs.names())
        guard named.isSubset(of: present) else {
            throw StoreFailure("find every stored payload", code: 0)
        }
        for name in present.subtracting(named) { try blobs.remove(name) }
        return present.subtracting(named).count
    }

    /// Deletes the payloads that nothing needs any more: the desk has confirmed, and no open bundle
    /// wants them. Rows first, files after the commit: a crash in between leaves orphans.
    ///
    /// - Returns: how many there were.
    package func deleteUnneeded(_ journal: Journal) async throws -> Int {
        let now = journal.hour.number
        let gone = try await store.transact(journal) { reading in
            let unneeded = try reading.unneededPayloads(
                stagedBefore: now - QuarantineLimits.stagingHours, now: now)
            return Outcome(unneeded, upkeep: [.forgetPayloads(unneeded.map(\.digest))])
        }
        for payload in gone { try blobs.remove(payload.blob) }
        return gone.count
    }

    /// Copies every stored file to a new inode under a new name, in a random order, and rewrites
    /// the database: after it, nothing on the disk tells in which order things came (I7).
    ///
    /// For each: copy durably, commit the new name, remove the old file. Whoever reads the old name
    /// meanwhile finds it gone and looks the name up again.
    ///
    /// - Returns: how many were copied.
    package func shuffle(_ journal: Journal) async throws -> Int {
        let digests = try await store.read { try $0.payloads().map(\.digest) }.shuffled()
        var count = 0
        for digest in digests {
            if try await move(digest, journal) { count += 1 }
        }
        try await store.rewrite()
        return count
    }

    /// - Returns: false when the payload was deleted meanwhile, which anybody may do at any moment.
    private func move(_ digest: Hash, _ journal: Journal) async throws -> Bool {
        guard let payload = try await store.read({ try $0.payload(digest) }) else { return false }
        guard let copy = try blobs.copy(payload.blob) else {
            guard try await store.read({ try $0.payload(digest)?.blob != payload.blob }) else {
                throw StoreFailure("find a stored payload", code: 0)
            }
            return false
        }
        let isCurrent = try await store.transact(journal) { reading in
            guard try reading.payload(digest)?.blob == payload.blob else { return Outcome(false) }
            return Outcome(true, upkeep: [.renameBlob(digest, copy)])
        }
        try blobs.remove(isCurrent ? payload.blob : copy)
        return isCurrent
    }

    /// Forgets nonces too old to be replayed.
    package func forgetNonces(_ journal: Journal) async throws {
        let before = journal.hour.number - QuarantineLimits.nonceHours
        try await store.transact(journal) { _ in
            Outcome((), upkeep: [.forgetNonces(before: before)])
        }
    }
}
