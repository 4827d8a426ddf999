internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Serving
internal import Synchronization
internal import Tips
internal import Wire

/// The resumable uploads of the door, on disk and by token.
///
/// A token is HMAC(door secret, envelope digest): nobody can guess it, and creating the upload of
/// the same frame again finds the one there is, whatever was lost in between.
final class UploadStore: Sendable {
    let limits: UploadLimits
    private let data: DataDirectory
    private let secret: DoorSecret
    private let parked: ParkedStore
    private let spool: Spool
    /// Nothing of the disk is done while it is held, so that nobody waits here for another's bytes.
    private let contents: Mutex<Contents>

    private struct Contents: Sendable {
        var uploads: [[UInt8]: Upload] = [:]
        /// Lengths of uploads that are being created.
        var reserved: [[UInt8]: Int] = [:]
    }

    /// Takes up the uploads that are on the disk: finishes what was complete, removes what never
    /// became an upload.
    ///
    /// - Throws: ``FileError``.
    init(data: DataDirectory, secret: DoorSecret, parked: ParkedStore, limits: UploadLimits) throws
    {
        self.data = data
        self.secret = secret
        self.parked = parked
        self.limits = limits
        spool = Spool(data: data)
        contents = Mutex(Contents())
        for name in try Durable.list(data.uploads) { try takeUp(name) }
        _ = try destroyForsaken()
    }

    private func takeUp(_ name: String) throws {
        let directory = data.uploads + "/" + name
        let state = try Durable.readIfPresent(
            directory + "/state", limit: 2 * UploadRecord.slotBytes)
        guard let token = Hex.decode(name, count: 32),
            let record = state.flatMap({ UploadRecord(file: $0) })
        else { return try data.remove(directory) }
        let upload = try Upload(directory: directory, record: record, spool: spool)
        do {
            try upload.resume()
        } catch is Refusal {
            return
        }
        contents.withLock { $0.uploads[token] = upload }
    }

    /// The token of the upload of this envelope.
    func token(for envelope: SHA256Digest) -> [UInt8] {
        secret.tag("sallyport.upload-token/1", envelope.bytes)
    }

    /// The upload of `token`; nil when there is none, or none any more.
    func upload(_ token: [UInt8]) -> Upload? {
        let upload = contents.withLock { $0.uploads[token] }
        return upload.flatMap { $0.snapshot.phase == .gone ? nil : $0 }
    }

    /// Keeps room for an upload of `length` bytes until it is created, if it fits now.
    ///
    /// - Throws: ``Refusal/tooLarge`` when it never will, ``Refusal/busy`` when it may later.
    private func reserve(_ length: Int, for token: [UInt8]) throws {
        guard length <= limits.maxBytes else { throw Refusal.tooLarge }
        let free = try data.freeBytes() - limits.reserveBytes
        try contents.withLock { contents in
            let open = contents.uploads.values.map(\.snapshot).filter { $0.phase == .open }
            let reserved = contents.reserved.values
            guard open.count + reserved.count < limits.openCount,
                open.reduce(length, { $0 + $1.record.length }) + reserved.reduce(0, +)
                    <= limits.openBytes
            else { throw Refusal.busy }
            let outstanding = open.reduce(length) { $0 + $1.record.length - $1.record.offset }
            guard free >= outstanding + reserved.reduce(0, +) else { throw Refusal.busy }
            contents.reserved[token] = length
        }
    }

    /// Creates the upload that begins with `head`, unless it is there. One call at a time for each
    /// token (``UploadTurns``).
    ///
    /// - Throws: ``Refusal``, ``FileError``.
    func create(_ head: FrameHead, token: [UInt8], parked: [UInt8]?, at now: Hour) throws -> Upload
    {
        if let known = upload(token) { return known }
        let record = UploadRecord(
            offset: head.byteCount, length: head.frameByteCount, hour: now,
            keyTag: self.parked.keyTag(head.envelope.envelope.tipKey), parked: parked)
        try reserve(record.length, for: token)
        defer { contents.withLock { $0.reserved[token] = nil } }
        let upload = try Upload.create(
            data.uploads + "/" + Hex.encode(token), head: head.encoded, record: record,
            spool: spool)
        contents.withLock { $0.uploads[token] = upload }
        return upload
    }

    /// Appends to an upload; see ``Upload/append(_:at:isLast:hour:)``.
    func append(
        _ bytes: [UInt8], to token: [UInt8], at offset: Int, isLast: Bool, hour: Hour
    ) throws -> Upload {
        guard let upload = upload(token) else { throw Refusal.notFound }
        defer { forgetIfGone(upload, token) }
        // What there was room for at creation may have been used up by others since.
        guard try bytes.isEmpty || data.freeBytes() - limits.reserveBytes >= bytes.count else {
            throw Refusal.busy
        }
        try upload.append(bytes, at: offset, isLast: isLast, hour: hour)
        try settle(upload)
        return upload
    }

    /// An upload that is over makes its parked state superfluous.
    private func settle(_ upload: Upload) throws {
        let (record, phase) = upload.snapshot
        guard phase != .open else { return }
        try parked.destroy(record.parked, keyTag: record.keyTag)
    }

    /// Cancels an upload.
    ///
    /// - Throws: ``Refusal/notFound``.
    func cancel(_ token: [UInt8]) throws {
        guard let upload = upload(token) else { throw Refusal.notFound }
        try upload.remove()
        forgetIfGone(upload, token)
        try settle(upload)
    }

    private func forgetIfGone(_ upload: Upload, _ token: [UInt8]) {
        guard upload.snapshot.phase == .gone else { return }
        contents.withLock { contents in
            if contents.uploads[token] === upload { contents.uploads[token] = nil }
        }
    }

    /// Removes uploads that nobody went on with, the memory of finished ones, and parked states that
    /// belong to no open upload.
    ///
    /// - Returns: how many.
    func expire(at now: Hour) throws -> Int {
        let all = contents.withLock { $0.uploads }
        let old = all.filter { now.hours(since: $0.value.snapshot.record.hour) >= limits.idleHours }
        for (token, upload) in old {
            try upload.remove()
            forgetIfGone(upload, token)
        }
        return try old.count + destroyForsaken()
    }

    /// A parked state lives exactly as long as an upload that names it is open.
    private func destroyForsaken() throws -> Int {
        // Listed before the uploads are: a state is parked after its upload was created.
        let all = parked.places
        let open = contents.withLock { Array($0.uploads.values) }.map(\.snapshot)
            .filter { $0.phase == .open }
        let named = Set(open.map { $0.record.parked + $0.record.keyTag })
        let forsaken = all.filter { !named.contains($0.address.bytes + $0.keyTag) }
        for place in forsaken { try parked.destroy(place.address.bytes, keyTag: place.keyTag) }
        return forsaken.count
    }

    /// Whether an open upload names `address`, by the key of `keyTag`.
    func isNamed(_ address: ParkedAddress, keyTag: [UInt8]) -> Bool {
        contents.withLock { Array($0.uploads.values) }.map(\.snapshot).contains {
            $0.phase == .open && $0.record.parked == address.bytes && $0.record.keyTag == keyTag
        }
    }
}
