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
    private let uploads: Mutex<[[UInt8]: Upload]>

    /// Takes up the uploads that are on the disk: finishes what had all its bytes, removes what
    /// never became an upload.
    ///
    /// - Throws: ``FileError``.
    init(data: DataDirectory, secret: DoorSecret, parked: ParkedStore, limits: UploadLimits) throws
    {
        self.data = data
        self.secret = secret
        self.parked = parked
        self.limits = limits
        spool = Spool(data: data)
        uploads = Mutex([:])
        for name in try Durable.list(data.uploads) { try takeUp(name) }
    }

    private func takeUp(_ name: String) throws {
        let directory = data.uploads + "/" + name
        let state = try? Durable.read(directory + "/state", limit: 2 * UploadRecord.slotBytes)
        guard let token = Hex.decode(name, count: 32),
            let record = state.flatMap({ UploadRecord(file: $0) })
        else { return try data.remove(directory) }
        let upload = Upload(directory: directory, record: record, spool: spool)
        do {
            try upload.resume()
        } catch is Refusal {
            return
        }
        uploads.withLock { $0[token] = upload }
        try settle(upload)
    }

    /// The token of the upload of this envelope.
    func token(for envelope: SHA256Digest) -> [UInt8] {
        secret.tag("sallyport.upload-token/1", envelope.bytes)
    }

    /// The upload of `token`; nil when there is none, or none any more.
    func upload(_ token: [UInt8]) -> Upload? {
        uploads.withLock { $0[token] }.flatMap { $0.snapshot.phase == .gone ? nil : $0 }
    }

    /// Whether an upload of `length` bytes by the key of `keyTag` fits now.
    ///
    /// - Throws: ``Refusal/tooLarge`` when it never will, ``Refusal/busy`` when it may later.
    private func checkRoom(
        _ length: Int, keyTag: [UInt8], in uploads: [[UInt8]: Upload]
    ) throws {
        guard length <= limits.maxBytes else { throw Refusal.tooLarge }
        let all = uploads.values.map(\.snapshot)
        let own = all.filter { $0.record.keyTag == keyTag }
        guard own.count < limits.countPerKey,
            own.reduce(length, { $0 + $1.record.length }) <= limits.bytesPerKey
        else { throw Refusal.tooLarge }
        let open = all.filter { $0.phase == .open }
        guard open.count < limits.openCount,
            open.reduce(length, { $0 + $1.record.length }) <= limits.openBytes
        else { throw Refusal.busy }
        let outstanding = open.reduce(length) { $0 + $1.record.length - $1.record.offset }
        guard try data.freeBytes() - limits.reserveBytes >= outstanding else { throw Refusal.busy }
    }

    /// Creates the upload that begins with `head`, unless it is there.
    ///
    /// - Throws: ``Refusal``, ``FileError``.
    func create(_ head: FrameHead, token: [UInt8], parked: [UInt8]?, at now: Hour) throws -> Upload
    {
        let keyTag = secret.tag("sallyport.key-tag/1", head.envelope.envelope.tipKey.bytes)
        let record = UploadRecord(
            offset: head.byteCount, length: head.frameByteCount, hour: now, keyTag: keyTag,
            parked: parked)
        return try uploads.withLock { uploads in
            if let upload = uploads[token], upload.snapshot.phase != .gone { return upload }
            try checkRoom(record.length, keyTag: keyTag, in: uploads)
            let upload = try Upload.create(
                data.uploads + "/" + Hex.encode(token), head: head.encoded, record: record,
                spool: spool)
            uploads[token] = upload
            return upload
        }
    }

    /// Appends to an upload; see ``Upload/append(_:at:hour:)``.
    func append(_ bytes: [UInt8], to token: [UInt8], at offset: Int, hour: Hour) throws -> Upload {
        guard let upload = upload(token) else { throw Refusal.notFound }
        defer { forgetIfGone(upload, token) }
        try upload.append(bytes, at: offset, hour: hour)
        try settle(upload)
        return upload
    }

    /// A finished upload makes its parked state superfluous.
    private func settle(_ upload: Upload) throws {
        let (record, phase) = upload.snapshot
        guard phase == .finished else { return }
        try parked.destroy(record.parked, keyTag: record.keyTag)
    }

    /// Cancels an upload.
    ///
    /// - Throws: ``Refusal/notFound``.
    func cancel(_ token: [UInt8]) throws {
        guard let upload = upload(token) else { throw Refusal.notFound }
        try upload.remove()
        forgetIfGone(upload, token)
    }

    private func forgetIfGone(_ upload: Upload, _ token: [UInt8]) {
        guard upload.snapshot.phase == .gone else { return }
        uploads.withLock { uploads in
            if uploads[token] === upload { uploads[token] = nil }
        }
    }

    /// Removes uploads that nobody went on with, and the memory of finished ones.
    ///
    /// - Returns: how many.
    func expire(at now: Hour) throws -> Int {
        let all = uploads.withLock { $0 }
        let old = all.filter { now.hours(since: $0.value.snapshot.record.hour) >= limits.idleHours }
        for (token, upload) in old {
            try upload.remove()
            forgetIfGone(upload, token)
        }
        return old.count
    }

    /// How many uploads are open.
    var openCount: Int {
        uploads.withLock { $0 }.values.count { $0.snapshot.phase == .open }
    }
}
