import Custody
import Foundation
import Quarantine
import QuarantineSQLite
import Sealing
import Testing
import Tips

/// From the spool into quarantine, with real files and a real database.
struct SpoolTests {
    private let reporter = Reporter(1)

    @Test("A tip is taken: rows, files and one log entry; its spool file is gone")
    func takesTip() async throws {
        let rig = try Rig()
        let frame = try reporter.frame(.tip, for: rig.desk)
        try rig.put(frame.encoded)
        #expect(try await rig.round().accepted == 1)
        let digest = Hash(sha256: frame.envelope.encoded)
        let stored = try #require(try await rig.store.read { try $0.envelope(digest) })
        var rebuilt = stored.head
        for part in stored.parts {
            rebuilt += part.header
            rebuilt += try #require(try rig.blobs.read(part.blob, range: 0..<part.payloadBytes))
        }
        #expect(rebuilt == frame.encoded)
        #expect(try rig.count("spool/new") == 0)
        #expect(try rig.count("blobs") == frame.parts.count)
        #expect(try await rig.store.read { try $0.sealedEvents(limit: 9).count } == 1)
        #expect(try await rig.store.read { try $0.tip(reporter.tip)?.state } == .quarantined)
    }

    @Test("The same frame again changes nothing")
    func takesOnce() async throws {
        let rig = try Rig()
        let bytes = try reporter.frame(.tip, for: rig.desk).encoded
        try rig.put(bytes)
        try rig.put(bytes)
        let report = try await rig.round()
        #expect(report.accepted == 1 && report.known == 1)
        #expect(try await rig.store.read { try $0.acceptedCount() } == 1)
        #expect(try rig.count("spool/new") == 0)
    }

    @Test("A tip and its supplement in one listing are both taken, whatever their names")
    func takesSupplement() async throws {
        let rig = try Rig()
        for _ in 0..<3 { try rig.put(try reporter.frame(.supplement, for: rig.desk).encoded) }
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        #expect(try await rig.round().accepted == 4)
    }

    @Test("A supplement without a tip is left once, then dropped and counted")
    func dropsOrphan() async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.supplement, for: rig.desk).encoded)
        var deferred: Set<String> = []
        #expect(try await rig.round(deferred: &deferred).left == 1)
        #expect(try rig.count("spool/new") == 1)
        #expect(try await rig.round(deferred: &deferred).orphans == 1)
        #expect(try rig.count("spool/new") == 0)
        #expect(try rig.count("blobs") == 0)
    }

    @Test("A supplement is not dropped while a tip is left for want of room")
    func keepsOrphanOfWaitingTip() async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        try rig.put(try reporter.frame(.supplement, for: rig.desk).encoded)
        let full = Quotas(totalBytes: 1000, tipReserveBytes: 0)
        var deferred: Set<String> = []
        for _ in 0..<3 {
            #expect(try await rig.round(quotas: full, deferred: &deferred).left == 2)
        }
        #expect(try await rig.round(deferred: &deferred).accepted == 2)
    }

    @Test("Any flipped byte is parked, never stored, never deleted")
    func parksAltered() async throws {
        let rig = try Rig()
        let bytes = try reporter.frame(.tip, for: rig.desk).encoded
        let places = [0, 18, 40, 200, 900, 1500, 4000, bytes.count - 1]
        for place in places {
            var altered = bytes
            altered[place] ^= 1
            try rig.put(altered)
        }
        try rig.put(Array(bytes.dropLast()))
        try rig.put(bytes + [0])
        try rig.put([])
        let report = try await rig.round()
        #expect(report.parked == places.count + 3 && report.accepted == 0)
        #expect(try rig.count("spool/corrupt") == places.count + 3)
        #expect(try rig.count("blobs") == 0)
    }

    @Test("A frame of a dead or unknown epoch is parked")
    func parksDeadEpoch() async throws {
        let rig = try Rig()
        for epoch in [2, 3] {
            try rig.put(try reporter.frame(.tip, for: rig.desk, epoch: epoch).encoded)
        }
        #expect(try await rig.round().parked == 2)
    }

    @Test("Evidence cannot fill the tips' reserve, and one tip cannot take more than its share")
    func quotas() async throws {
        let rig = try Rig()
        let tip = try reporter.frame(.tip, for: rig.desk).encoded
        try rig.put(tip)
        _ = try await rig.round()
        try rig.put(try reporter.frame(.supplement, for: rig.desk).encoded)
        let reserve = Quotas(totalBytes: 100_000, tipReserveBytes: 90_000)
        #expect(try await rig.round(quotas: reserve).left == 1)
        try rig.put(try Reporter(2).frame(.tip, for: rig.desk).encoded)
        #expect(try await rig.round(quotas: reserve).accepted == 1)
        #expect(try await rig.round(quotas: Quotas(framesPerTip: 1)).parked == 1)
    }

    @Test(
        "Links and pipes that a taken-over intake leaves are neither read, nor moved, nor waited for"
    )
    func leavesLinks() async throws {
        let rig = try Rig()
        let secret = rig.path + "/secret"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: secret))
        let names = (0..<3).map { _ in "\(rig.path)/spool/new/\(BlobName.random().text)" }
        try FileManager.default.createSymbolicLink(atPath: names[0], withDestinationPath: secret)
        try FileManager.default.createSymbolicLink(
            atPath: names[1], withDestinationPath: rig.path + "/nothing")
        #expect(unsafe mkfifo(names[2], 0o600) == 0)
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        let report = try await rig.round()
        #expect(report.accepted == 1 && report.parked == 0)
        #expect(try rig.count("spool/new") == names.count)
        #expect(try rig.count("spool/corrupt") == 0)
        #expect(FileManager.default.fileExists(atPath: secret))
    }

    @Test("A fault at every step, before and after it: the next start loses and doubles nothing")
    func faults() async throws {
        for isAfter in [false, true] {
            var call = 0
            while true {
                let rig = try Rig()
                let frame = try reporter.frame(.tip, for: rig.desk)
                try rig.put(frame.encoded)
                let plan = FaultPlan(at: call, isAfter: isAfter)
                var deferred: Set<String> = []
                _ = try? await rig.round(
                    spool: FaultySpool(inner: rig.spool, plan: plan),
                    blobs: FaultyBlobs(inner: rig.blobs, plan: plan), deferred: &deferred)
                if plan.isUntouched { break }
                try await restart(rig, expecting: frame)
                call += 1
            }
            // names, byteCount, reads, and begin, write, commit for each of eight parts, remove.
            #expect(call > 30)
        }
    }

    /// What the next start does, and what must then be there.
    private func restart(_ rig: Rig, expecting frame: Frame) async throws {
        let upkeeper = Upkeeper(blobs: rig.blobs, store: rig.store)
        _ = try await upkeeper.sweepOrphans()
        _ = try await rig.round()
        #expect(try rig.count("spool/new") == 0)
        #expect(try rig.count("spool/corrupt") == 0)
        #expect(try rig.count("blobs") == frame.parts.count)
        #expect(try await rig.store.read { try $0.acceptedCount() } == 1)
        #expect(try await rig.store.read { try $0.sealedEvents(limit: 9).count } == 1)
    }

    @Test("The hourly copy gives every file a new name and inode, the same bytes and one time")
    func shuffles() async throws {
        let rig = try Rig()
        try rig.put(try reporter.frame(.tip, for: rig.desk).encoded)
        _ = try await rig.round()
        let before = try await rig.store.read { try $0.payloads() }
        let upkeeper = Upkeeper(blobs: rig.blobs, store: rig.store)
        #expect(try await upkeeper.shuffle(rig.journal) == before.count)
        let after = try await rig.store.read { try $0.payloads() }
        #expect(Set(before.map(\.blob)).isDisjoint(with: after.map(\.blob)))
        #expect(Set(try rig.blobs.names()) == Set(after.map(\.blob)))
        for payload in after {
            let bytes = try #require(
                try rig.blobs.read(payload.blob, range: 0..<payload.byteCount))
            #expect(Hash(sha256: bytes) == payload.digest)
        }
    }
}
