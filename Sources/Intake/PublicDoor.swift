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
    let store: DoorStore
    let puzzles: PuzzleDesk
    let budgets: Budgets
    let uploads: UploadStore
    let parked: ParkedStore
    let secret: DoorSecret
    let counts = Counts()
    let logger: Logger
    private let epochs: any EpochSource
    private let spool: Spool
    private let recent = Mutex(RecentEnvelopes())
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
        let data = DataDirectory(settings.data, spool: settings.spool)
        try data.prepare()
        secret = try DoorSecret.load(data.doorSecret)
        files = PublicFiles(
            path: settings.published, root: settings.root, markPath: data.path + "/directory-mark")
        try files.refresh()
        parked = try ParkedStore(
            data: data, secret: secret, countLimit: settings.parkedCount,
            idleHours: settings.uploads.idleHours)
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
        try puzzles.check(puzzle, for: purpose, boundTo: digest, at: now)
        guard !recent.withLock({ $0.contains(digest, at: now) }) else { return counts.repeated() }
        guard let frame = try? Frame.parse(body.span, with: NativePrimitives.self) else {
            throw Refusal.malformed
        }
        let kind: Envelope.Kind = purpose == .tip ? .tip : .supplement
        guard frame.envelope.envelope.kind == kind else { throw Refusal.malformed }
        try checkEpoch(frame.envelope.envelope.epoch)
        try budgets.take(body.count, for: purpose, at: now)
        do {
            try await store.perform { [spool] in try spool.store(body) }
        } catch {
            budgets.putBack(body.count, for: purpose, at: now)
            throw error
        }
        recent.withLock { $0.insert(digest, at: now) }
        counts.accepted()
    }

    private static func envelopeDigest(of body: [UInt8]) throws(Refusal) -> SHA256Digest {
        guard let head = try? FrameHead.parse(prefix: body.span) else { throw .malformed }
        return .of(head.envelope.encoded.span, with: NativePrimitives.self)
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
        try puzzles.check(puzzle, for: purpose, boundTo: digest, at: now)
        guard let envelope = try? head.envelope.verified(with: NativePrimitives.self).envelope,
            envelope.kind == .supplement
        else { throw Refusal.malformed }
        let token = uploads.token(for: digest)
        let store = store
        let uploads = uploads
        if let known = try await store.perform({ uploads.upload(token) }) { return (token, known) }
        try checkEpoch(envelope.epoch)
        try budgets.take(length, for: purpose, at: now)
        do {
            let upload = try await store.perform {
                try uploads.create(head, token: token, parked: parked, at: now)
            }
            counts.upload()
            return (token, upload)
        } catch {
            budgets.putBack(length, for: purpose, at: now)
            throw error
        }
    }

    /// Appends to an upload; the bytes are on the disk when this returns.
    func append(_ bytes: [UInt8], to token: [UInt8], at offset: Int) async throws -> Upload {
        let now = now
        let uploads = uploads
        let upload = try await store.perform {
            try uploads.append(bytes, to: token, at: offset, hour: now)
        }
        if upload.snapshot.phase == .finished { counts.accepted() }
        return upload
    }

    /// Parks a sealing state; whether something was parked there before is not told.
    func park(_ body: [UInt8], at address: [UInt8], puzzle: String?) async throws {
        let now = now
        let digest = SHA256Digest.of(body.span, with: NativePrimitives.self)
        try puzzles.check(puzzle, for: .parked, boundTo: digest, at: now)
        guard let address = ParkedAddress(address),
            let request = try? ParkRequest.verifying(
                body, address: address, with: NativePrimitives.self)
        else { throw Refusal.malformed }
        try budgets.take(body.count, for: .parked, at: now)
        let parked = parked
        try await store.perform { try parked.park(request, at: now) }
        counts.parked()
    }

    /// Once an hour: what nobody came back for goes.
    func expire() async throws {
        let now = now
        let (uploads, parked) = (uploads, parked)
        let expired = try await store.perform {
            try uploads.expire(at: now) + parked.expire(at: now)
        }
        counts.log(to: logger)
        if expired > 0 { logger.info("expired", metadata: ["expired": "\(expired)"]) }
    }

    /// Reads again what dispatch has published.
    func refresh() async throws {
        let files = files
        try await store.perform { try files.refresh() }
    }
}
