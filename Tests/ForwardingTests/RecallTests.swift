import Agencies
import Custody
import Forwarding
import ReleaseKit
import Testing
import Tips

/// Notices about earlier bundles: what adds to them, and what recalls them.
@Suite struct RecallTests {
    let world: SampleWorld
    let earlier = [
        ReleaseStatement.Earlier(release: Hash(sha256: [1]), sequence: 2),
        ReleaseStatement.Earlier(release: Hash(sha256: [2]), sequence: 5),
    ]

    init() throws { world = try SampleWorld() }

    func check(_ directory: Directory) throws -> ReleaseCheck {
        ReleaseCheck(
            directory: directory, now: try required(Hour("2026-11-23T12")), purpose: .using)
    }

    func opened(_ recall: SampleRecall) throws -> VerifiedRecall {
        let bundle = try recall.build(in: world)
        let check = try check(recall.directory)
        let verified = try BundleVerifier(MemoryBytes(bundle.tar()), check: check)
            .verified(for: try required(OfficeID("office-a")))
        #expect(try check.package(bundle.package).digest == verified.release.digest)
        return try RecallCheck.verified(bundle.predicate, of: verified.release)
    }

    @Test func `a recall is checked as any bundle, and says what it recalls and why`() throws {
        let recall = try opened(try SampleRecall(of: earlier, in: world))
        #expect(recall.bundles == earlier)
        #expect(recall.notice.reason == .mistaken)
        #expect(recall.notice.words == "We mixed up two names.")
        let package = try SampleRecall(of: earlier, in: world).build(in: world).package
        #expect(try ReleasePackage(decoding: package.encoded) == package)
    }

    @Test func `the sheet says what to do, and names the bundles by their numbers`() throws {
        let notice = try opened(try SampleRecall(of: earlier, in: world)).notice
        let directory = try world.directory(world.directoryNote())
        let office = try required(directory.office(required(OfficeID("office-a"))))
        let text = CoverSheet.text(for: notice, of: earlier, to: office, sequence: 9)
        #expect(text.contains("The desk recalls bundles number 2 and 5."))
        #expect(text.contains("We mixed up two names."))
        #expect(text.contains("Delete it and every copy"))
        #expect(
            text.split(separator: "\n").allSatisfy { $0.count <= 76 || $0.hasPrefix("openssl") })
    }

    @Test func `files that the statement does not name are refused, whoever signed SHA256SUMS`()
        throws
    {
        var recall = try SampleRecall(of: earlier, in: world)
        let check = try check(recall.directory)
        let others: [(SampleRecall.OtherFile, BundleRefusal)] = [
            (.predicate, .alteredHeader("predicate.age")), (.cover, .alteredHeader("cover.age")),
            (.coverPayload, .alteredPayload("cover.age")),
        ]
        for (other, refusal) in others {
            recall.otherFile = other
            let bundle = try recall.build(in: world)
            #expect(throws: refusal) { try check.package(bundle.package) }
            #expect(throws: refusal) {
                try BundleVerifier(MemoryBytes(bundle.tar()), check: check).verified(for: nil)
            }
        }
    }

    @Test func `a recall in a plan is refused: a plan can be held`() throws {
        var recall = try SampleRecall(of: earlier, in: world)
        recall.plan = .init(
            id: Hash(sha256: [7]), rank: 0, count: 1, due: try required(Hour(recall.notBefore)))
        let package = try recall.build(in: world).package
        #expect(throws: BundleRefusal.badStatement("a recall is in no plan")) {
            try check(recall.directory).package(package)
        }
    }

    @Test func `another notice, and another office's, are not this recall's`() throws {
        var recall = try SampleRecall(of: earlier, in: world)
        recall.otherSalt = true
        #expect(throws: BundleRefusal.otherPredicate) { try opened(recall) }
        recall.otherSalt = false
        recall.noticeOffice = "office-b"
        #expect(throws: BundleRefusal.self) { try opened(recall) }
    }

    @Test func `a release of parts is no recall, and a recall carries no predicate of parts`()
        throws
    {
        let release = try SampleRelease(in: world)
        let bundle = try release.build(in: world)
        let recall = try SampleRecall(of: earlier, in: world).build(in: world)
        let check = try check(release.directory)
        #expect(throws: BundleRefusal.otherPredicate) {
            try RecallCheck.verified(recall.predicate, of: check.package(bundle.package))
        }
        #expect(throws: BundleRefusal.self) {
            try PredicateCheck.verified(recall.predicate, of: check.package(recall.package))
        }
    }

    @Test func `only the canonical text is a notice`() throws {
        let text = try SampleRecall(of: earlier, in: world).build(in: world).predicate
        #expect(throws: Never.self) { try RecallNotice(decoding: text) }
        let long = RecallNotice(
            office: try required(OfficeID("office-a")), reason: .unsafe,
            words: String(repeating: "x", count: RecallNotice.wordsLimit + 1),
            salt: Hash(sha256: [1])
        ).encoded
        for bent in [long, text + [0x20], [UInt8](text.dropLast()), [], [UInt8]("{}".utf8)] {
            #expect(throws: BundleRefusal.self) { try RecallNotice(decoding: bent) }
        }
    }

    @Test func `a supplement says on its cover what it adds to`() throws {
        var release = try SampleRelease(in: world)
        release.sequence = 9
        release.adds = earlier
        let verified = try check(release.directory).package(release.build(in: world).package)
        #expect(verified.statement.notice == .supplement(to: earlier))
        let predicate = try BundlePredicate(decoding: release.build(in: world).predicate)
        let office = verified.office
        let hour = try required(Hour("2026-12-20T00"))
        let text = CoverSheet.text(
            for: predicate, to: office, sequence: 9, expires: hour, addingTo: earlier)
        #expect(text.contains("It adds to your bundles number 2 and 5;"))
        #expect(
            !CoverSheet.text(for: predicate, to: office, sequence: 9, expires: hour)
                .contains("adds to"))
    }
}
