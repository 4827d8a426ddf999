import Agencies
import Custody
import Forwarding
import ReleaseKit
import Testing
import Tips

/// What the desk uploads, and what offices answer.
@Suite struct PackageTests {
    let world: SampleWorld

    init() throws {
        world = try SampleWorld()
    }

    @Test func `a package has one encoding`() throws {
        let package = try SampleRelease(in: world).build(in: world).package
        let bytes = package.encoded
        #expect(try ReleasePackage(decoding: bytes) == package)
        #expect(throws: FormatError.trailingBytes) { try ReleasePackage(decoding: bytes + [0]) }
        for count in stride(from: 0, to: bytes.count, by: 997) {
            #expect(throws: FormatError.self) {
                try ReleasePackage(decoding: [UInt8](bytes.prefix(count)))
            }
        }
    }

    @Test func `dispatch refuses a package whose files are not the signed ones`() throws {
        let release = try SampleRelease(in: world)
        let good = try release.build(in: world).package
        let check = ReleaseCheck(
            directory: release.directory, now: try required(Hour("2026-11-23T12")),
            purpose: .storing)
        #expect(throws: Never.self) { try check.package(good) }
        func bent(
            predicate: [UInt8]? = nil, sums: [UInt8]? = nil, parts: [ReleasePackage.Part]? = nil
        ) -> ReleasePackage {
            ReleasePackage(
                statement: good.statement, predicate: predicate ?? good.predicate,
                cover: good.cover, sums: sums ?? good.sums, signatures: good.signatures,
                parts: parts ?? good.parts)
        }
        #expect(throws: BundleRefusal.sumsMismatch("predicate.age")) {
            try check.package(bent(predicate: good.cover))
        }
        #expect(throws: BundleRefusal.sumsMismatch("SHA256SUMS")) {
            try check.package(bent(sums: good.sums + [0x0A]))
        }
        #expect(throws: BundleRefusal.wrongPartCount) {
            try check.package(bent(parts: [good.parts[0]]))
        }
        let swapped = [good.parts[1], good.parts[0]]
        #expect(throws: BundleRefusal.alteredPayload("parts/00.age")) {
            try check.package(bent(parts: swapped))
        }
        let header = ReleasePackage.Part(
            header: good.parts[1].header, payload: good.parts[0].payload,
            payloadBytes: good.parts[0].payloadBytes)
        #expect(throws: BundleRefusal.alteredHeader("parts/00.age")) {
            try check.package(bent(parts: [header, good.parts[1]]))
        }
    }

    @Test func `an acknowledgement is believed only from its office`() throws {
        let directory = try world.directory(world.directoryNote())
        let acknowledgement = try required(
            Acknowledgement(
                bundle: Hash(sha256: [1]), office: required(OfficeID("office-a")),
                answer: .accepted, reason: "", hour: required(Hour("2026-11-23T12"))))
        let signed = acknowledgement.signed(with: try SampleWorld.key(4))
        #expect(try Acknowledgement.verified(signed, by: directory) == acknowledgement)
        let forged = acknowledgement.signed(with: try SampleWorld.key(5))
        #expect(throws: AcknowledgementRefusal.badSignature(acknowledgement.office)) {
            try Acknowledgement.verified(forged, by: directory)
        }
        let revoked = try world.directory(
            world.directoryNote(revoked: [SampleWorld.key(4).publicKey.fingerprint]))
        #expect(throws: AcknowledgementRefusal.unknownOffice(acknowledgement.office)) {
            try Acknowledgement.verified(signed, by: revoked)
        }
        #expect(throws: AcknowledgementRefusal.malformed) {
            try Acknowledgement.verified(signed + [0x20], by: directory)
        }
        #expect(throws: AcknowledgementRefusal.malformed) {
            try Acknowledgement.verified([UInt8](signed.dropLast()), by: directory)
        }
    }

    @Test func `declining needs a reason`() throws {
        let office = try required(OfficeID("office-a"))
        let hour = try required(Hour("2026-11-23T12"))
        for answer in OfficeAnswer.allCases {
            let silent = Acknowledgement(
                bundle: Hash(sha256: [1]), office: office, answer: answer, reason: "", hour: hour)
            #expect((silent == nil) == (answer == .declined || answer == .needsMore))
        }
    }
}
