internal import Agencies
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Quarantine
internal import Tips
internal import Wire

/// The partners' door as a folder that is carried, for a desk without a network: what comes in.
///
/// Everything is checked as if it came over the network: releases carry two persons' signatures,
/// rejecting and erasing too, batches and orders the desk's, payloads their digest. Each file is
/// taken whole or not at all, and one that is refused does not hold up the others: a stale file
/// must not delay a release.
extension Dispatch {
    /// Takes what the desk put into the folder. The same folder again takes nothing new.
    ///
    /// Releases come before confirmations, which let payloads go that a release may need.
    /// - Parameter progress: is told how many bytes of how many are read, payload by payload.
    /// - Throws: ``CarriedRefusal`` when the desk has put nothing there, ``StoreFailure``,
    ///   ``DispatchError``.
    package func importCarried(
        from folder: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> CarriedReport {
        guard Durable.exists("\(folder)/\(CarriedFile.fromDesk)") else {
            throw CarriedRefusal(
                CarriedFile.fromDesk, "not there: the desk has put nothing into \(folder)")
        }
        let folders = CarriedFile.Kind.allCases.map(\.folder)
        for part in [CarriedFile.fromDesk, CarriedFile.payload(Hash(sha256: [])).folder] + folders {
            try CarriedReading.refuseLink(part, in: folder)
        }
        var report = CarriedReport()
        let seen = try seenFrames(in: folder)
        for kind in CarriedFile.Kind.allCases {
            for name in try Self.ordered(Self.names(of: kind, in: folder), of: kind, in: folder) {
                await report.note("\(kind.folder)/\(name)") {
                    guard let file = kind.file(name) else {
                        throw CarriedRefusal("", "a file of this name does not belong here")
                    }
                    return try await take(file, in: folder, seen, progress)
                }
            }
            if kind == .releases, Durable.exists("\(folder)/\(CarriedFile.mailbox.path)") {
                await report.note(CarriedFile.mailbox.path) {
                    try await take(.mailbox, in: folder, seen, progress)
                }
            }
        }
        if let failure = report.failure { throw failure }
        return report
    }

    /// The names of a kind's files in a carried folder.
    static func names(
        of kind: CarriedFile.Kind, in folder: String
    ) throws(FileError) -> [String] {
        let path = "\(folder)/\(kind.folder)"
        guard Durable.exists(path) else { return [] }
        return try Durable.list(path).filter { !$0.hasPrefix(".") }
    }

    /// Recalls come after the releases that they may name.
    private static func ordered(
        _ names: [String], of kind: CarriedFile.Kind, in folder: String
    ) -> [String] {
        guard kind == .releases else { return names }
        let recalls = Set(names.filter { isRecall("\(folder)/\(kind.folder)/\($0)") })
        return names.filter { !recalls.contains($0) } + names.filter(recalls.contains)
    }

    /// Whether a file is a release without parts; what cannot be read is refused in its turn.
    private static func isRecall(_ path: String) -> Bool {
        guard let bytes = try? CarriedReading.all(of: path, limit: ReleasePackage.byteLimit),
            let package = try? ReleasePackage(decoding: bytes)
        else { return false }
        return package.parts.isEmpty
    }

    /// Whether the file brought something new.
    private func take(
        _ file: CarriedFile, in folder: String, _ seen: Set<Hash>, _ progress: (Int, Int) -> Void
    ) async throws -> Bool {
        let bytes = try CarriedReading.all(
            of: "\(folder)/\(file.path)", limit: file.byteLimit)
        switch file {
        case .release(let statement):
            return try await take(release: bytes, statement, in: folder, seen, progress)
        case .decision(let tip): return try await take(decision: bytes, about: tip)
        case .order: return try await take(order: bytes)
        default: return try await take(mailboxes: bytes)
        }
    }

    private func take(
        release bytes: [UInt8], _ digest: Hash, in folder: String, _ seen: Set<Hash>,
        _ progress: (Int, Int) -> Void
    ) async throws -> Bool {
        guard let package = try? ReleasePackage(decoding: bytes),
            let statement = try? SignedStatement(package.statement), statement.digest == digest
        else { throw CarriedRefusal.damaged }
        if try await store.read({ try $0.bundle(digest) != nil }) { return false }
        do {
            try await takeRelease(package, seen: seen)
        } catch PartnerRefusal.payloadMissing {
            // The release itself holds; only now are its payloads worth their place.
            for part in package.parts { try await stage(part, in: folder, progress) }
            try await takeRelease(package, seen: seen)
        }
        return true
    }

    private func stage(
        _ part: ReleasePackage.Part, in folder: String, _ progress: (Int, Int) -> Void
    ) async throws {
        guard try await !holdsPayload(part.payload) else { return }
        let file = CarriedFile.payload(part.payload).path
        guard Durable.exists("\(folder)/\(file)") else {
            throw CarriedRefusal("", "it needs \(file), which is not there")
        }
        guard try CarriedReading.length(of: "\(folder)/\(file)") == part.payloadBytes
        else { throw CarriedRefusal("", "it needs \(file), which is damaged: not its length") }
        let receiver = try PayloadReceiver(blobs)
        var offset = 0
        while offset < part.payloadBytes {
            let bytes = try CarriedReading.piece(
                of: "\(folder)/\(file)", at: offset, count: QuarantineLimits.pieceBytes)
            guard !bytes.isEmpty else { break }
            try await receiver.take(bytes)
            offset += bytes.count
            progress(offset, part.payloadBytes)
        }
        do {
            try await stage(receiver, expecting: part.payload)
        } catch PartnerRefusal.malformed {
            throw CarriedRefusal(
                "", "it needs \(file), which is damaged: its bytes do not have its digest")
        }
    }

    private func take(mailboxes bytes: [UInt8]) async throws -> Bool {
        guard let signed = try? SignedMailboxBatch(decoding: bytes) else {
            throw CarriedRefusal.damaged
        }
        guard let batch = signed.verified(by: directories.newest.deskKey) else {
            throw CarriedRefusal("", "the desk's key of the directory did not sign this batch")
        }
        let (newest, slots) = try await store.read { reading in
            (try reading.mailboxNumbers().newest, try reading.mailboxSlots())
        }
        if batch.number == newest, batch.slots == slots { return false }
        guard batch.number > newest else {
            throw CarriedRefusal(
                "",
                "an older mailbox batch, number \(batch.number), was played back; number \(newest) "
                    + "has been taken")
        }
        try await takeMailboxes(signed)
        return true
    }
}
