internal import Custody
internal import NativePrimitives
internal import Quarantine
internal import Sealing
internal import Tips
internal import Wire

/// Takes a payload that the desk sends, to disk and through SHA-256 at once.
actor PayloadReceiver {
    private let writer: any BlobWriter
    private let digest = NativePrimitives.Digest()
    private var byteCount = 0

    init(_ blobs: any BlobStore) throws {
        writer = try blobs.begin()
    }

    func take(_ bytes: [UInt8]) throws {
        digest.update(bytes.span)
        byteCount += bytes.count
        try writer.write(bytes)
    }

    /// Makes the blob durable, if what came has this digest; nothing is left otherwise.
    func finish(expecting expected: Hash) throws -> StoredPayload? {
        guard digest.finish() == expected.bytes else { return nil }
        return StoredPayload(digest: expected, byteCount: byteCount, blob: try writer.commit())
    }
}

extension Dispatch {
    /// Whether a payload is here.
    func holdsPayload(_ digest: Hash) async throws -> Bool {
        try await store.read { try $0.payload(digest) != nil }
    }

    /// Keeps a received payload for the release that will need it: file first, then the row; a
    /// crash in between leaves an orphan that the next start removes.
    func stage(_ receiver: PayloadReceiver, expecting digest: Hash) async throws {
        guard let payload = try await receiver.finish(expecting: digest) else {
            throw PartnerRefusal.malformed
        }
        let hour = directories.hour.number
        let isNew = try await store.transact(try directories.journal()) { reading in
            Outcome(
                try reading.payload(digest) == nil, upkeep: [.stagePayload(payload, hour: hour)])
        }
        if !isNew { try blobs.remove(payload.blob) }
    }
}
