package import Custody
internal import DurableFiles
package import Logging
internal import NativePrimitives
internal import Sealing
internal import Serving
internal import Synchronization
internal import Tips
internal import Wire

/// The public door: takes sealed frames and hands them to dispatch. It holds no key to any of them.
///
/// Everything that can be checked without a key is checked before anything is stored, cheapest
/// first: structure, puzzle, repetition, signature with lengths and digests, epoch, budget.
package final class PublicDoor: Sendable {
    let files: PublicFiles
    /// The reporter's page; nil when this door serves none.
    let page: PageFiles?
    let store: DoorStore
    let puzzles: PuzzleDesk
    let budgets: Budgets
    let uploads: UploadStore
    let turns = UploadTurns()
    let parked: ParkedStore
    let secret: DoorSecret
    let counts = Counts()
    let logger: Logger
    let epochs: any EpochSource
    private let data: DataDirectory
    private let spool: Spool
    let recent = Mutex(RecentEnvelopes())
    private let clock: @Sendable () -> Hour

    /// Opens the door over its data directory: makes what is missing, removes what a crash left,
    /// and finishes what was whole.
    ///
    /// - Parameters:
    ///   - epochs: which desk keys are accepted; the published directory unless a test says else.
    ///   - clock: the hour it is.
    /// - Throws: ``FileError``, or whatever else makes the data directory unusable.
    package init(
        _ settings: IntakeSettings, logger: Logger, epochs: (any EpochSource)? = nil,
        clock: @escaping @Sendable () -> Hour = { Hour.now }
    ) throws {
        data = DataDirectory(settings.data, spool: settings.spool)
        try data.prepare()
        secret = try DoorSecret.load(data.doorSecret)
        files = PublicFiles(
            path: settings.published, root: settings.root, markPath: data.path + "/directory-mark")
        try files.refresh()
        page = try settings.page.map { try PageFiles(path: $0) }
        parked = try ParkedStore(data: data, secret: secret)
        uploads = try UploadStore(
            data: data, secret: secret, parked: parked, limits: settings.uploads)
        puzzles = PuzzleDesk(secret: secret, settings: settings.puzzles)
        budgets = Budgets(settings.budgets)
        store = DoorStore(logger: logger)
        spool = Spool(data: data)
        self.epochs = epochs ?? files
        self.logger = logger
        self.clock = clock
    }

    var now: Hour { clock() }

    /// Takes a whole frame of at most ``Limits/tipFrameBytes``.
    ///
    /// When this returns, the frame is in the spool and survives a power cut; or it was taken
    /// before, which is answered alike.
    /// - Throws: ``Refusal``; then nothing is kept.
    func take(_ body: [UInt8], as purpose: PuzzlePurpose, puzzle: String?) async throws {
        let now = now
        let digest = try Self.envelopeDigest(of: body)
        try check(puzzle, for: purpose, boundTo: digest, at: now)
        guard !recent.withLock({ $0.contains(digest, at: now) }) else { return counts.repeated() }
        guard let frame = try? Frame.parse(body.span, with: NativePrimitives.self) else {
            throw Refusal.malformed
        }
        let kind: Envelope.Kind = purpose == .tip ? .tip : .supplement
        guard frame.envelope.envelope.kind == kind else { throw Refusal.malformed }
        try checkEpoch(frame.envelope.envelope.epoch)
        let budget = BudgetKind(purpose)
        try budgets.take(body.count, from: budget, at: now)
        do {
            // Nothing but tips may use the last of the disk.
            try await store(body, leaving: purpose == .tip ? 0 : uploads.limits.reserveBytes)
        } catch {
            budgets.putBack(body.count, into: budget, at: now)
            throw error
        }
        recent.withLock { $0.insert(digest, at: now) }
        counts.accepted()
    }

    /// Puts a frame into the spool.
    ///
    /// - Throws: ``Refusal/busy`` for want of room, and whatever the store throws; then nothing is
    ///   kept.
    func store(_ frame: [UInt8], leaving reserve: Int) async throws {
        try await store.perform(on: .tips) { [spool] in
            try spool.store(frame, leaving: reserve)
        }
    }

    private static func envelopeDigest(of body: [UInt8]) throws(Refusal) -> SHA256Digest {
        guard let head = try? FrameHead.parse(prefix: body.span) else { throw .malformed }
        return .of(head.envelope.encoded.span, with: NativePrimitives.self)
    }

    private func check(
        _ puzzle: String?, for purpose: PuzzlePurpose, boundTo digest: SHA256Digest, at now: Hour
    ) throws(Refusal) {
        try puzzles.check(
            puzzle, for: purpose, boundTo: digest,
            load: budgets.load(of: BudgetKind(purpose), at: now),
            at: now
        )
    }

    private func checkEpoch(_ epoch: Int) throws(Refusal) {
        switch epochs.standing(of: epoch) {
        case .accepted: return
        case .refused: throw .epoch
        case .unknown: throw .busy
        }
    }

    /// Creates a resumable upload from the head of its frame, or finds it.
    ///
    /// - Parameter length: the `Upload-Length` that was sent.
    /// - Throws: ``Refusal``; then nothing is kept.
    func createUpload(
        _ body: [UInt8], length: Int, parked: [UInt8]?, puzzle: String?
    ) async throws -> (token: [UInt8], upload: Upload) {
        let now = now
        guard let head = try? FrameHead.parse(prefix: body.span), head.byteCount == body.count,
            head.frameByteCount == length
        else { throw Refusal.malformed }
        let purpose = PuzzlePurpose.upload(bytes: length)
        let digest = SHA256Digest.of(head.envelope.encoded.span, with: NativePrimitives.self)
        try check(puzzle, for: purpose, boundTo: digest, at: now)
        guard let envelope = try? head.envelope.verified(with: NativePrimitives.self).envelope,
            envelope.kind == .supplement
        else { throw Refusal.malformed }
        let token = uploads.token(for: digest)
        let upload = try await turns.take(token) { [self] in
            if let known = uploads.upload(token) { return known }
            try checkEpoch(envelope.epoch)
            return try await create(head, token: token, parked: parked, at: now)
        }
        return (token, upload)
    }

    private func create(
        _ head: FrameHead, token: [UInt8], parked: [UInt8]?, at now: Hour
    ) async throws -> Upload {
        let length = head.frameByteCount
        let purpose = PuzzlePurpose.upload(bytes: length)
        try budgets.take(length, from: BudgetKind(purpose), at: now)
        do {
            let upload = try await store.perform(on: .uploads) { [uploads] in
                try uploads.create(head, token: token, parked: parked, at: now)
            }
            counts.upload()
            return upload
        } catch {
            budgets.putBack(length, into: BudgetKind(purpose), at: now)
            throw error
        }
    }

    /// Appends to an upload; the bytes are on the disk when this returns.
    ///
    /// - Parameter isLast: whether the sender says that the frame ends with them.
    func append(
        _ bytes: [UInt8], to token: [UInt8], at offset: Int, isLast: Bool
    ) async throws -> Upload {
        let now = now
        let upload = try await store.perform(on: .uploads) { [uploads] in
            try uploads.append(bytes, to: token, at: offset, isLast: isLast, hour: now)
        }
        if upload.snapshot.phase == .finished { counts.accepted() }
        return upload
    }

    /// Cancels an upload.
    ///
    /// - Throws: ``Refusal/notFound``.
    func cancel(_ token: [UInt8]) async throws {
        try await store.perform(on: .uploads) { [uploads] in try uploads.cancel(token) }
    }

    /// Parks a sealing state, if it belongs to an open upload. Whether it does, and whether something
    /// was parked there before, is not told.
    ///
    /// So there are never more states than open uploads, and each was paid for with an upload's
    /// puzzle.
    func park(_ body: [UInt8], at address: [UInt8], puzzle: String?) async throws {
        let now = now
        let digest = SHA256Digest.of(body.span, with: NativePrimitives.self)
        try check(puzzle, for: .parked, boundTo: digest, at: now)
        guard let address = ParkedAddress(address),
            let request = try? ParkRequest.verifying(
                body, address: address, with: NativePrimitives.self)
        else { throw Refusal.malformed }
        try budgets.take(body.count, from: .parked, at: now)
        try await store.perform(on: .other) { [uploads, parked] in
            guard uploads.isNamed(address, keyTag: parked.keyTag(request.tipKey)) else { return }
            try parked.park(request)
        }
        counts.parked()
    }

    /// Once an hour: what nobody came back for goes.
    func expire() async throws {
        let now = now
        let expired = try await store.perform(on: .uploads) { [uploads] in
            try uploads.expire(at: now)
        }
        counts.log(to: logger)
        if expired > 0 { logger.info("expired", metadata: ["expired": "\(expired)"]) }
    }

    /// Reads again what dispatch has published, and wipes out when it took what is new.
    func refresh() async throws {
        try await store.perform(on: .other) { [files, data] in
            try files.refresh()
            try data.coarsenTimes()
        }
    }
}
