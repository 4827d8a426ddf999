package import Agencies
package import Custody
internal import DurableFiles
package import Ledger
internal import NativePrimitives
package import Quarantine
internal import Sealing
internal import Tips
internal import Wire

/// Everything dispatch does, apart from HTTP and clocks.
package final class Dispatch: Sendable {
    let store: any QuarantineStore
    let blobs: any BlobStore
    let ledger: Ledger
    let publicDirectory: PublicDirectory
    let directories: DirectoryKeeper
    let upkeeper: Upkeeper
    private let spool: SpoolConsumer
    private let heads: HeadSigner

    /// Puts dispatch together; what a crash left is not cleaned up yet: see ``resume()``.
    ///
    /// - Throws: ``LogKeyError/notTheDirectorys``, ``DispatchError/noDirectory``, ``StoreFailure``.
    package init(
        store: some QuarantineStore & LedgerStore, blobs: any BlobStore, spool: any Spool,
        publicDirectory: PublicDirectory, logKey: consuming SigningKey, root: NoteVerifier,
        quotas: Quotas
    ) async throws {
        let notes = try await store.read { try $0.directories() }
        directories = try DirectoryKeeper(notes: notes, root: root)
        let log = directories.newest.log
        guard logKey.publicKey == log.key else { throw LogKeyError.notTheDirectorys }
        heads = HeadSigner(
            try SigningKey(seed: logKey.withSeed { Secret(copying: $0) }))
        ledger = Ledger(
            signer: NoteSigner(name: log.name, key: logKey), store: store,
            publisher: publicDirectory)
        self.store = store
        self.blobs = blobs
        self.publicDirectory = publicDirectory
        upkeeper = Upkeeper(blobs: blobs, store: store)
        self.spool = SpoolConsumer(spool: spool, blobs: blobs, store: store, quotas: quotas)
    }

    /// Run at every start, before anything is served: removes leftovers, publishes the directory,
    /// and goes on with the custody log by its ordinary way.
    package func resume() async throws {
        _ = try await upkeeper.sweepOrphans()
        try publicDirectory.publish(directory: directories.newest.note)
        try await ledger.tick()
    }

    /// Checks and keeps a new directory: of this root, not expired, not older than the newest.
    ///
    /// - Throws: ``DispatchError/refusedDirectory(_:)`` in words.
    package static func adopt(
        directory note: [UInt8], root: NoteVerifier, clock: Day, into store: any QuarantineStore
    ) async throws {
        let notes = try await store.read { try $0.directories() }
        let directory: Directory
        do throws(DirectoryRefusal) {
            let newest = try notes.last.map { (note) throws(DirectoryRefusal) in
                try UnverifiedDirectory(note).signed(by: root).mark
            }
            directory = try UnverifiedDirectory(note)
                .verified(root: root, clock: clock, newest: newest)
        } catch {
            throw DispatchError.refusedDirectory(error.message)
        }
        guard let epoch = directory.currentEpoch(on: directory.today(clock: clock)),
            let hour = Custody.Hour(number: max(0, clock.number * 24))
        else { throw DispatchError.noEpoch }
        // Adopting touches no tip; the journal is there because every transaction has one.
        try await store.transact(Journal(desk: epoch.recipient, hour: hour)) { _ in
            Outcome((), upkeep: [.adoptDirectory(version: directory.version, note: note)])
        }
    }

    /// One round over the spool, then deletion of what nothing needs.
    package func consumeSpool(deferred: inout Set<String>) async throws -> SpoolReport {
        let journal = try directories.journal()
        let report = try await spool.round(
            directory: directories.newest, today: directories.today, journal: journal,
            deferred: &deferred)
        _ = try await upkeeper.deleteUnneeded(journal)
        try await upkeeper.forgetNonces(journal)
        return report
    }

    /// Takes over a directory that was adopted meanwhile and publishes it.
    package func refreshDirectory() async throws {
        let before = directories.newest.version
        try directories.refresh(try await store.read { try $0.directories() })
        guard directories.newest.version > before else { return }
        guard directories.newest.log == ledger.verifier else { throw LogKeyError.notTheDirectorys }
        try publicDirectory.publish(directory: directories.newest.note)
    }

    /// Makes the newest mailbox batch public, all slots at once.
    ///
    /// Files first, then the mark: after a crash in between the same folder is found complete.
    package func publishMailboxes() async throws {
        let (numbers, slots) = try await store.read {
            (try $0.mailboxNumbers(), try $0.mailboxSlots())
        }
        guard numbers.newest > numbers.published else { return }
        try publicDirectory.publish(period: numbers.newest, slots: slots)
        try await store.transact(try directories.journal()) { _ in
            Outcome((), upkeep: [.publishedMailboxes(number: numbers.newest)])
        }
    }

    /// A list with its signed head.
    func answer(
        _ list: some PartnerBody, audience: String, sequence: Int, nonce: String
    ) async throws -> HeadedAnswer {
        guard let checkpoint = try await publicDirectory.checkpoint() else {
            throw PartnerRefusal.busy
        }
        let bytes = list.encoded
        let head = Head(
            audience: audience, sequence: sequence, list: Hash(sha256: bytes), nonce: nonce,
            checkpoint: checkpoint
        ).encoded
        return HeadedAnswer(head: head, signature: heads.sign(head), list: bytes)
    }

    /// Reads a range of a payload; the hourly copy may rename it between two steps.
    ///
    /// - Throws: ``PartnerRefusal/notFound`` when it was deleted meanwhile, as it may be under a
    ///   download; ``StoreFailure`` when its row is there without its file.
    func readPayload(_ digest: Hash, _ range: Range<Int>) async throws -> [UInt8] {
        for _ in 0..<3 {
            guard let payload = try await store.read({ try $0.payload(digest) }) else {
                throw PartnerRefusal.notFound
            }
            if let bytes = try blobs.read(payload.blob, range: range) { return bytes }
        }
        throw StoreFailure("find a payload", code: 0)
    }
}
