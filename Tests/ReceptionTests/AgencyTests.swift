import Agencies
import Custody
import Foundation
import Forwarding
import NativePrimitives
import Opening
import Reception
import ReleaseKit
import Sealing
import Testing
import Tips

/// An agency's folder, its directories and its bundles, on a real disk.
@Suite final class AgencyTests {
    let world: SampleWorld
    let folder: String
    let home: AgencyHome
    let clock: Hour

    init() throws {
        world = try SampleWorld()
        folder = NSTemporaryDirectory() + "agency-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        clock = try required(Hour("2026-11-23T12"))
        _ = try Enrolment.run(
            at: folder + "/home", office: required(OfficeID("office-a")), root: world.root(),
            kind: .x25519, created: required(Day("2026-11-23")), protection: .none)
        home = try AgencyHome(opening: folder + "/home")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func shelf(_ note: [UInt8]? = nil) throws -> DirectoryShelf {
        let shelf = DirectoryShelf(home, clock: clock)
        if let note { _ = try shelf.take(note) }
        return shelf
    }

    /// Writes the bundle of `release` and gives an inspection that knows its directory.
    func place(_ release: SampleRelease) throws -> (Inspection, path: String) {
        let path = folder + "/\(UUID().uuidString).tar"
        try Data(release.build(in: world).tar()).write(to: URL(filePath: path))
        return (try Inspection(home, shelf(release.directory.note)), path)
    }

    func files(_ path: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    @Test func `a bundle opens whole, originals bit for bit`() throws {
        let release = try SampleRelease(in: world)
        let (inspection, path) = try place(release)
        let bundle = try inspection.verify(path)
        let target = folder + "/case"
        _ = try BundleOpening(bundle, with: [world.officeA]).run(into: target)
        #expect(
            try files(target) == [
                "cover.txt", "parts", "parts/00-report.json", "parts/01-evidence.txt",
                "predicate.json",
            ])
        for (index, name) in ["parts/00-report.json", "parts/01-evidence.txt"].enumerated() {
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: target + "/" + name)))
            #expect(bytes == release.parts[index].original)
        }
        #expect(throws: ReceptionError.self) {
            try BundleOpening(bundle, with: [self.world.officeA]).run(into: target)
        }
    }

    func refusal(_ body: () throws -> Void) -> BundleRefusal? {
        do {
            try body()
            return nil
        } catch ReceptionError.refused(let refusal) {
            return refusal
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test func `nothing is left when something is wrong inside`() throws {
        func opening(_ release: SampleRelease) throws {
            let (inspection, path) = try place(release)
            let bundle = try inspection.verify(path)
            _ = try BundleOpening(bundle, with: [world.officeA]).run(into: folder + "/case")
        }
        var second = try SampleRelease(in: world)
        second.sequence = 2
        second.parts[1].plaintext[156] = 0x32
        #expect(
            refusal { try opening(second) } == .badEvidence("parts/01.age", .notAFile))
        var consent = second
        consent.parts = try SampleRelease(in: world).parts
        consent.sequence = 3
        consent.consented = [.report]
        #expect(
            refusal { try opening(consent) }
                == .notConsented(part: "parts/01.age", contains: "evidence"))
        var altered = second
        altered.parts = try SampleRelease(in: world).parts
        altered.sequence = 4
        altered.parts[0].original = [1]
        #expect(refusal { try opening(altered) } == .alteredOriginal("parts/00.age"))
        let left = try files(folder).filter { $0.contains("case") }
        #expect(left.isEmpty, "\(left)")
    }

    @Test func `another office's identity opens nothing`() throws {
        let (inspection, path) = try place(SampleRelease(in: world))
        let bundle = try inspection.verify(path)
        let target = folder + "/case"
        #expect(
            refusal { _ = try BundleOpening(bundle, with: [world.officeB]).run(into: target) }
                == .cannotOpen("predicate.age", "it is not sealed to this identity"))
    }

    @Test func `a number is used by one release only`() throws {
        let release = try SampleRelease(in: world)
        let (inspection, path) = try place(release)
        #expect(throws: Never.self) {
            _ = try inspection.verify(path)
            _ = try inspection.verify(path)
        }
        let (_, other) = try place(release)
        #expect(refusal { _ = try inspection.verify(other) } == .replayed(sequence: 1))
    }

    @Test func `a recall opens without parts, and what it names is refused from then on`() throws {
        let release = try SampleRelease(in: world)
        let (inspection, path) = try place(release)
        let digest = try inspection.verify(path).release.digest
        var recall = try SampleRecall(of: [.init(release: digest, sequence: 1)], in: world)
        recall.directory = release.directory
        let notice = folder + "/recall.tar"
        try Data(recall.build(in: world).tar()).write(to: URL(filePath: notice))
        let target = folder + "/recalled"
        let opened = try BundleOpening(inspection.verify(notice), with: [world.officeA])
            .run(into: target)
        guard case .recall(let verified) = opened else {
            Issue.record("it is no recall")
            return
        }
        #expect(verified.bundles.map(\.sequence) == [1])
        #expect(try files(target) == ["cover.txt", "predicate.json"])
        #expect(refusal { _ = try inspection.verify(path) } == .recalled(by: "9"))
        #expect(throws: Never.self) { _ = try inspection.verify(notice) }
        // Another program of the same office, later, knows it too.
        let again = try Inspection(AgencyHome(opening: home.path), shelf())
        #expect(refusal { _ = try again.verify(path) } == .recalled(by: "9"))
    }

    @Test func `older, forked and foreign directories are refused`() throws {
        let shelf = try shelf(world.directoryNote(version: 7))
        #expect(throws: ReceptionError.self) {
            try shelf.take(self.world.directoryNote(version: 6))
        }
        #expect(throws: ReceptionError.self) {
            try shelf.take(self.world.directoryNote(version: 7, days: 91))
        }
        var altered = try world.directoryNote(version: 8)
        altered[60] ^= 1
        #expect(throws: ReceptionError.self) { try shelf.take(altered) }
        #expect(try shelf.newest().version == 7)
        _ = try shelf.take(world.directoryNote(version: 8))
        #expect(try shelf.newest().version == 8)
        #expect(try shelf.earlier().map(\.version).sorted() == [7, 8])
    }

    @Test func `a bundle under an older directory that was taken is accepted`() throws {
        let release = try SampleRelease(in: world)
        let (_, path) = try place(release)
        let shelf = try shelf(world.directoryNote(version: 8))
        #expect(throws: Never.self) { try Inspection(self.home, shelf).verify(path) }
    }

    @Test func `a clock set back gains nothing`() throws {
        let shelf = DirectoryShelf(home, clock: try required(Hour("2020-01-01T00")))
        let directory = try shelf.take(world.directoryNote())
        #expect(shelf.now(by: directory).text == "2026-11-01T00")
    }

    @Test func `keys come back from their files, sealed or not`() throws {
        let sealed = folder + "/sealed"
        _ = try Enrolment.run(
            at: sealed, office: required(OfficeID("office-a")), root: world.root(),
            kind: .mlkem768x25519, created: required(Day("2026-11-23")),
            protection: .passphrase(Secret(copying: [UInt8]("correct".utf8).span)))
        let good = { Secret(copying: [UInt8]("correct".utf8).span) }
        let bad = { Secret(copying: [UInt8]("wrong".utf8).span) }
        let other = try AgencyHome(opening: sealed)
        #expect(try AgencyKeys.identities(at: other.identityPath, passphrase: good).count == 1)
        _ = try AgencyKeys.signingKey(at: other.signingKeyPath, passphrase: good)
        #expect(throws: ReceptionError.self) {
            _ = try AgencyKeys.identities(at: other.identityPath, passphrase: bad)
        }
        for name in ["identity.age", "signing.key"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: sealed + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        #expect(throws: ReceptionError.self) {
            try Enrolment.run(
                at: sealed, office: self.home.office, root: self.home.root, kind: .x25519,
                created: required(Day("2026-11-23")), protection: .none)
        }
    }

    @Test func `an acknowledgement is signed only with the key that the directory has`() throws {
        let directory = try world.directory(world.directoryNote())
        let bundle = Hash(sha256: [1])
        let signed = try Acknowledging.signed(
            .opened, reason: "", bundle: bundle, home: home, directory: directory, hour: clock,
            key: SampleWorld.key(4))
        #expect(try Acknowledgement.verified(signed, by: directory).bundle == bundle)
        #expect(throws: ReceptionError.self) {
            try Acknowledging.signed(
                .opened, reason: "", bundle: bundle, home: self.home, directory: directory,
                hour: self.clock, key: SampleWorld.key(5))
        }
    }
}
