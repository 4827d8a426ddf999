package import Agencies
internal import Custody
internal import Tips

/// What one round over the spool did. Counts only: a log line of them identifies nobody.
package struct SpoolReport: Equatable, Sendable {
    /// Frames taken.
    package var accepted = 0
    /// Frames that were here already.
    package var known = 0
    /// Supplements that belong to no tip, dropped.
    package var orphans = 0
    /// Files parked because they are no frame, of a dead epoch, or over a tip's quota.
    package var parked = 0
    /// Files left for a later round: no room, or a supplement whose tip may still come.
    package var left = 0

    /// A report of nothing.
    package init() {}
}

/// Moves frames from the spool into quarantine. Run by one task at a time.
package struct SpoolConsumer: Sendable {
    private let spool: any Spool
    private let blobs: any BlobStore
    private let store: any QuarantineStore
    private let quotas: Quotas

    /// A consumer of `spool`.
    package init(
        spool: any Spool, blobs: any BlobStore, store: any QuarantineStore, quotas: Quotas
    ) {
        self.spool = spool
        self.blobs = blobs
        self.store = store
        self.quotas = quotas
    }

    /// Takes every frame of the spool that can be taken now: tips first, then supplements.
    ///
    /// - Parameters:
    ///   - directory: says which epochs live.
    ///   - today: by the later of the clock and the newest signed time.
    ///   - journal: makes log entries.
    ///   - deferred: supplements without a tip that an earlier round left; a listing of a directory
    ///     that is being written may show a supplement and miss its tip, so the first time is not
    ///     believed. Updated.
    /// - Throws: ``StoreFailure``; the process must end then.
    package func round(
        directory: Directory, today: Day, journal: Journal, deferred: inout Set<String>
    ) async throws -> SpoolReport {
        var report = SpoolReport()
        var supplements: [(String, FrameHead)] = []
        var isTipLeft = false
        for name in try spool.names() {
            guard let count = try spool.byteCount(of: name) else { continue }
            let check = FrameVerification(spool: spool, name: name, byteCount: count)
            do {
                let head = try check.head(directory: directory, today: today)
                guard head.envelope.envelope.kind == .tip else {
                    supplements.append((name, head))
                    continue
                }
                let left = report.left
                try await take(check, head, journal, &report)
                if report.left > left { isTipLeft = true }
            } catch is FrameFault {
                try spool.park(name)
                report.parked += 1
            } catch is SpoolFileGone {}
        }
        var still: Set<String> = []
        for (name, head) in supplements {
            let mayDrop = !isTipLeft && deferred.contains(name)
            let check = FrameVerification(
                spool: spool, name: name, byteCount: head.frameByteCount)
            if try await takeSupplement(check, head, journal, mayDrop: mayDrop, &report) {
                still.insert(name)
            }
        }
        deferred = still
        return report
    }

    /// - Returns: whether the supplement has no tip yet and was left.
    private func takeSupplement(
        _ check: FrameVerification, _ head: FrameHead, _ journal: Journal, mayDrop: Bool,
        _ report: inout SpoolReport
    ) async throws -> Bool {
        do {
            try await take(check, head, journal, &report)
        } catch FrameFault.noTip {
            guard mayDrop else {
                report.left += 1
                return true
            }
            // To say so to anybody would tell which tip keys exist.
            try spool.remove(check.name)
            report.orphans += 1
        } catch is FrameFault {
            try spool.park(check.name)
            report.parked += 1
        } catch is SpoolFileGone {}
        return false
    }

    /// Takes one frame.
    ///
    /// The order of effects, and what a crash after each means:
    /// 1. Payloads are copied to blobs under random names, each fsynced with its directory. After a
    ///    crash here they are files that no row names: ``Upkeeper/sweepOrphans()`` removes them at
    ///    the next start, and this frame is taken again from the spool.
    /// 2. Rows and the custody log's entry are committed in one transaction. After a crash here the
    ///    next round finds the frame known, and goes on with step 3.
    /// 3. The spool file is removed. Only now does the one durable copy that intake acknowledged
    ///    go, and another one has been durable since step 2.
    private func take(
        _ check: FrameVerification, _ head: FrameHead, _ journal: Journal,
        _ report: inout SpoolReport
    ) async throws {
        let digest = head.digest
        if try await store.read({ try $0.envelope(digest) != nil }) {
            try spool.remove(check.name)
            report.known += 1
            return
        }
        guard try await hasRoom(for: head) else {
            report.left += 1
            return
        }
        let envelope = try copy(check, head)
        do {
            try await commit(envelope, journal)
        } catch let fault as FrameFault {
            for part in envelope.parts { try blobs.remove(part.blob) }
            throw fault
        }
        try spool.remove(check.name)
        report.accepted += 1
    }

    /// Looked at before a payload is copied, and once more in the transaction that takes the frame.
    private static func checkTip(
        _ tip: TipID, _ kind: Envelope.Kind, _ reading: any QuarantineReading
    ) throws {
        let found = try reading.tip(tip)
        switch kind {
        case .tip: if found != nil { throw FrameFault.secondTip }
        // An erased tip is like none: people may come back with its receipt.
        case .supplement:
            guard let found, found.state != .erased else { throw FrameFault.noTip }
        }
    }

    private func hasRoom(for head: FrameHead) async throws -> Bool {
        let (tip, kind, quotas) = (head.tipID, head.envelope.envelope.kind, quotas)
        let bytes = head.frameByteCount
        return try await store.read { reading in
            try Self.checkTip(tip, kind, reading)
            let load = try reading.load(of: tip)
            guard load.frames < quotas.framesPerTip, load.bytes + bytes <= quotas.bytesPerTip
            else { throw FrameFault.overTipQuota }
            let reserve = kind == .tip ? 0 : quotas.tipReserveBytes
            return try reading.storedBytes() + bytes <= quotas.totalBytes - reserve
        }
    }

    /// Step 1. When a later part turns out to be wrong, the blobs of the earlier ones go again.
    private func copy(_ check: FrameVerification, _ head: FrameHead) throws -> StoredEnvelope {
        var parts: [StoredEnvelope.Part] = []
        do {
            for place in head.layout {
                let header = try check.header(place)
                let writer = try blobs.begin()
                try check.copyPayload(place, to: writer)
                parts.append(
                    StoredEnvelope.Part(
                        header: header, payload: place.part.payloadDigest,
                        payloadBytes: place.part.payloadLength, blob: try writer.commit()))
            }
        } catch {
            guard error is FrameFault || error is SpoolFileGone else { throw error }
            for part in parts { try blobs.remove(part.blob) }
            throw error
        }
        return StoredEnvelope(
            digest: head.digest, tip: head.tipID, kind: head.envelope.envelope.kind,
            head: head.encoded, parts: parts)
    }

    /// Step 2. Whatever arrives for a tip holds its plans: it may be a withdrawal.
    private func commit(_ envelope: StoredEnvelope, _ journal: Journal) async throws {
        let superfluous = try await store.transact(journal) { reading in
            try Self.checkTip(envelope.tip, envelope.kind, reading)
            let known = try envelope.parts.filter { try reading.payload($0.payload) != nil }
            let frozen = try reading.plansToHold(of: envelope.tip).map { Effect.plan($0.held) }
            return Outcome(known.map(\.blob), effects: [.accept(envelope)] + frozen)
        }
        // The same payload was here already, in another blob.
        for blob in superfluous { try blobs.remove(blob) }
    }
}

extension FrameHead {
    fileprivate var digest: Hash { Hash(sha256: envelope.encoded) }
    fileprivate var tipID: TipID { TipID(native: envelope.envelope.tipKey) }
}
