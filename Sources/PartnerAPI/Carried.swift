internal import DurableFiles
internal import Custody
internal import Forwarding
internal import NativePrimitives
internal import Quarantine
internal import Sealing
internal import Synchronization
internal import Tips
internal import Wire

/// The partners' door as a directory that is carried, for a desk without a network.
///
/// ```
/// frames/<envelope>.frame   events/<leaf>.age   answers/<digest>.json   checkpoint   out
/// payloads/<digest>         releases/*.package  mailboxes/*.batch                    in
/// ```
/// What comes in is checked like what comes over the network: releases carry two persons'
/// signatures, batches the desk's, payloads their digest. Confirmations are not signed by
/// themselves, so they are not taken from a directory: the doors' copies stay.
extension Dispatch {
    /// Writes everything that waits for the desk.
    ///
    /// - Returns: how many frames, events and answers were written; what is there already is kept.
    package func export(to directory: String) async throws -> Int {
        for folder in ["frames", "events", "answers"] {
            try Durable.createDirectory("\(directory)/\(folder)")
        }
        let (frames, events, answers) = try await store.read { reading in
            (
                try reading.waitingEnvelopes(limit: PartnerLimits.entries),
                try reading.sealedEvents(limit: PartnerLimits.entries),
                try reading.waitingAnswers(limit: PartnerLimits.entries)
            )
        }
        for frame in frames { try await export(frame, to: directory) }
        for event in events {
            try Self.write(event.sealed, "\(directory)/events/\(event.leaf.hex).age")
        }
        for answer in answers {
            try Self.write(answer.acknowledgement, "\(directory)/answers/\(answer.digest.hex).json")
        }
        if let checkpoint = try await publicDirectory.checkpoint() {
            try Durable.write(checkpoint.span, to: "\(directory)/checkpoint", .replace)
        }
        return frames.count + events.count + answers.count
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        if !Durable.exists(path) { try Durable.write(bytes.span, to: path) }
    }

    /// The event is logged before the file has its name.
    private func export(_ frame: StoredEnvelope, to directory: String) async throws {
        let path = "\(directory)/frames/\(frame.digest.hex).frame"
        guard !Durable.exists(path) else { return }
        let content = try await self.frame(frame.digest)
        let file = CarriedFile(try NewFile(at: path))
        for slice in content.slices(0..<content.byteCount, limit: QuarantineLimits.pieceBytes) {
            switch slice {
            case .bytes(let bytes): try file.write(bytes)
            case .payload(let digest, let range):
                try file.write(try await readPayload(digest, range))
            }
        }
        try await notePulled(frame.digest)
        try file.commit()
    }

    /// Takes payloads, then releases, then mailbox batches.
    ///
    /// - Returns: how many things were taken.
    /// - Throws: ``BundleRefusal``, ``PartnerRefusal``, ``CarriedError`` for the first that is
    ///   refused; what came before it is kept.
    package func importCarried(from directory: String) async throws -> Int {
        var count = 0
        for name in try Self.files(directory + "/payloads") {
            guard let digest = Hash(hex: name) else { throw CarriedError(file: "payloads/\(name)") }
            guard try await !holdsPayload(digest) else { continue }
            try await stage("\(directory)/payloads/\(name)", digest)
            count += 1
        }
        for name in try Self.files(directory + "/releases") {
            let path = "\(directory)/releases/\(name)"
            let bytes = try Durable.read(path, limit: ReleasePackage.byteLimit)
            guard let package = try? ReleasePackage(decoding: bytes) else {
                throw CarriedError(file: "releases/\(name)")
            }
            try await takeRelease(package)
            count += 1
        }
        for name in try Self.files(directory + "/mailboxes") {
            let path = "\(directory)/mailboxes/\(name)"
            let bytes = try Durable.read(path, limit: SignedMailboxBatch.byteLimit)
            guard let batch = try? SignedMailboxBatch(decoding: bytes) else {
                throw CarriedError(file: "mailboxes/\(name)")
            }
            try await takeMailboxes(batch)
            count += 1
        }
        return count
    }

    private static func files(_ directory: String) throws -> [String] {
        Durable.exists(directory) ? try Durable.list(directory) : []
    }

    private func stage(_ path: String, _ digest: Hash) async throws {
        let receiver = try PayloadReceiver(blobs)
        var offset = 0
        while true {
            let bytes = try Self.piece(of: path, at: offset)
            guard !bytes.isEmpty else { break }
            try await receiver.take(bytes)
            offset += bytes.count
        }
        try await stage(receiver, expecting: digest)
    }

    private static func piece(of path: String, at offset: Int) throws(FileError) -> [UInt8] {
        try OpenFile(reading: path).read(at: offset, count: QuarantineLimits.pieceBytes)
    }
}

/// A file that is written between suspensions, which the owner of a file alone cannot survive.
private final class CarriedFile: Sendable {
    private let file: Mutex<NewFile?>

    init(_ file: consuming NewFile) {
        self.file = Mutex(consume file)
    }

    func write(_ bytes: [UInt8]) throws {
        try file.withLock { try $0?.write(bytes.span) }
    }

    func commit() throws {
        try file.withLock { try $0.take()?.commit() }
    }
}

/// A file of a carried directory that is not what its place says.
package struct CarriedError: Error, Equatable, CustomStringConvertible {
    /// The file, below the directory.
    package let file: String

    package var description: String { "\(file): not what belongs there" }
}
