import Agencies
import Custody
import Forwarding
import NativePrimitives
import Opening
import ReleaseKit
import Sealing
import Testing
import Tips

/// A bundle passes when nothing is wrong, and every single thing that is wrong has its own refusal.
@Suite struct BundleTests {
    let world: SampleWorld
    let officeA: OfficeID

    init() throws {
        world = try SampleWorld()
        officeA = try required(OfficeID("office-a"))
    }

    func check(
        _ directory: Directory, earlier: [Directory] = [], at hour: String = "2026-11-23T12",
        for purpose: ReleaseCheck.Purpose = .using
    ) throws -> ReleaseCheck {
        ReleaseCheck(
            directory: directory, earlier: earlier, now: try required(Hour(hour)), purpose: purpose)
    }

    @discardableResult
    func verify(_ tar: [UInt8], _ check: ReleaseCheck) throws -> VerifiedBundle<MemoryBytes> {
        try BundleVerifier(MemoryBytes(tar), check: check).verified(for: officeA)
    }

    func opened(_ bundle: VerifiedBundle<MemoryBytes>, _ name: String) throws -> [UInt8] {
        let file = try required(bundle.tar.bytes(of: name, limit: .max))
        return try OpenedContainer.open(file.span, with: [world.officeA]).withBytes {
            [UInt8](copying: $0)
        }
    }

    @Test func `a good bundle passes, and gives back the originals`() throws {
        let release = try SampleRelease(in: world)
        let tar = try release.build(in: world).tar()
        let bundle = try verify(tar, check(release.directory))
        let predicate = try PredicateCheck.verified(
            opened(bundle, BundleNames.predicate), of: bundle.release)
        for (index, (name, part)) in predicate.parts.enumerated() {
            let plaintext = try opened(bundle, name)
            #expect(try Self.original(in: plaintext, of: part) == release.parts[index].original)
        }
        let cover = String(decoding: try opened(bundle, BundleNames.cover), as: UTF8.self)
        #expect(cover.contains("CIVILIANS ARE HELD HERE"))
        #expect(cover.contains("B2"))
        #expect(bundle.release.persons.map(\.text) == ["alice", "bob"])
    }

    static func original(
        in plaintext: [UInt8], of part: BundlePredicate.Part
    ) throws -> [UInt8] {
        var reader = OriginalReader(part, name: "a part")
        var original: [UInt8] = []
        try reader.push(plaintext.span, into: &original)
        try reader.finish()
        return original
    }

    /// One byte changed in a file, and what is said about it.
    @Test(arguments: [
        (BundleNames.part(0), -1, "the payload of parts/00.age is not the one that was signed"),
        (BundleNames.part(1), 40_000, "the payload of parts/01.age is not the one that was signed"),
        (BundleNames.part(0), 30, "the header of parts/00.age is not the one that was signed"),
        (BundleNames.predicate, -1, "SHA256SUMS does not fit predicate.age"),
        (BundleNames.cover, 30, "SHA256SUMS does not fit cover.age"),
        (BundleNames.sums, 3, "the signature of alice over SHA256SUMS is wrong"),
        ("SHA256SUMS.bob.sig", 9, "the signature of bob over SHA256SUMS is wrong"),
        (BundleNames.event, 3, "the proof does not show that the custody log holds this release"),
        (BundleNames.proof, -5, "the proof of the custody log is refused"),
        (BundleNames.proof, 31, "the proof"),
    ])
    func `one changed byte is named`(name: String, place: Int, message: String) throws {
        let release = try SampleRelease(in: world)
        var files = try release.build(in: world).files()
        let index = try required(files.firstIndex { $0.name == name })
        let offset = place < 0 ? files[index].bytes.count + place : place
        files[index].bytes[offset] = Self.altered(files[index].bytes[offset])
        let tar = try SampleBundle.tar(files)
        let refusal = #expect(throws: BundleRefusal.self) {
            try verify(tar, check(release.directory))
        }
        #expect(refusal.map { "\($0)".hasPrefix(message) } == true, "\(refusal as Any)")
    }

    /// Another byte that keeps hexadecimal, decimal and base64 texts well formed.
    static func altered(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x30...0x39: byte == 0x31 ? 0x32 : 0x31
        case 0x61...0x7A: byte == 0x61 ? 0x62 : 0x61
        default: byte ^ 1
        }
    }

    @Test func `a changed statement and a changed signature are both named`() throws {
        let release = try SampleRelease(in: world)
        let bundle = try release.build(in: world)
        let envelope = try SignatureEnvelope(bundle.package.statement)
        let alice = try required(PersonID("alice"))
        var altered = SignatureEnvelope(
            payloadType: envelope.payloadType,
            payload: envelope.payload.map { $0 == 0x37 ? 0x38 : $0 })
        for signature in envelope.signatures { altered.add(signature) }
        #expect(throws: BundleRefusal.badStatementSignature(alice)) {
            try verify(
                replacing(BundleNames.statement, altered.encoded, in: bundle),
                check(release.directory))
        }
        var forged = SignatureEnvelope(
            payloadType: envelope.payloadType, payload: envelope.payload)
        var bytes = envelope.signatures[0].bytes
        bytes[5] ^= 1
        forged.add(.init(keyID: envelope.signatures[0].keyID, bytes: bytes))
        forged.add(envelope.signatures[1])
        #expect(throws: BundleRefusal.badStatementSignature(alice)) {
            try verify(
                replacing(BundleNames.statement, forged.encoded, in: bundle),
                check(release.directory))
        }
    }

    func replacing(
        _ name: String, _ bytes: [UInt8], in bundle: SampleBundle
    ) throws -> [UInt8] {
        try SampleBundle.tar(
            bundle.files().map { ($0.name, $0.name == name ? bytes : $0.bytes) })
    }

    @Test func `two persons must sign, not one, and not one twice`() throws {
        let alice = try required(PersonID("alice"))
        var release = try SampleRelease(in: world)
        release.signers = ["alice"]
        #expect(throws: BundleRefusal.onlyOnePerson(alice)) {
            try verify(release.build(in: world).tar(), check(release.directory))
        }
        release.signers = ["alice", "alice"]
        #expect(throws: BundleRefusal.samePersonTwice(alice)) {
            try verify(release.build(in: world).tar(), check(release.directory))
        }
        release.signers = []
        #expect(throws: BundleRefusal.unsigned) {
            try verify(release.build(in: world).tar(), check(release.directory))
        }
        release.signers = ["alice", "bob", "carol"]
        #expect(throws: Never.self) {
            try verify(release.build(in: world).tar(), check(release.directory))
        }
    }

    @Test func `the persons over SHA256SUMS are those of the statement`() throws {
        let release = try SampleRelease(in: world)
        let bundle = try release.build(in: world)
        let carol = try SampleWorld.key(12)
        let files = try bundle.files().map { file in
            file.name == "SHA256SUMS.bob.sig"
                ? ("SHA256SUMS.carol.sig", carol.sign(bundle.package.sums)) : file
        }
        #expect(throws: BundleRefusal.missingMember("SHA256SUMS.bob.sig")) {
            try verify(SampleBundle.tar(files), check(release.directory))
        }
        let more =
            try bundle.files() + [
                ("SHA256SUMS.carol.sig", carol.sign(bundle.package.sums))
            ]
        #expect(throws: BundleRefusal.otherSumsSigners) {
            try verify(SampleBundle.tar(more), check(release.directory))
        }
    }

    @Test func `a key outside the roster, and a revoked one, sign nothing`() throws {
        let release = try SampleRelease(in: world)
        let bob = try SampleWorld.key(11).publicKey
        let revoked = try world.directory(
            world.directoryNote(version: 8, revoked: [bob.fingerprint]))
        #expect(throws: BundleRefusal.unknownSigner) {
            try verify(
                release.build(in: world).tar(), check(revoked, earlier: [release.directory]))
        }
    }

    @Test func `a bundle for B is refused by A, and by its own key's revocation`() throws {
        let release = try SampleRelease(for: "office-b", in: world)
        #expect(throws: BundleRefusal.wrongOffice(stated: "office-b", expected: officeA)) {
            try verify(release.build(in: world).tar(), check(release.directory))
        }
        let mine = try SampleRelease(in: world)
        let revoked = try world.directory(
            world.directoryNote(version: 8, revoked: [world.officeA.recipient.fingerprint]))
        #expect(throws: BundleRefusal.revokedOfficeKey(officeA)) {
            try verify(mine.build(in: world).tar(), check(revoked, earlier: [mine.directory]))
        }
        var swapped = try SampleRelease(in: world)
        swapped.recipient = world.officeB.recipient
        #expect(throws: BundleRefusal.wrongOfficeKey(officeA)) {
            try verify(swapped.build(in: world).tar(), check(swapped.directory))
        }
    }

    @Test func `time is kept`() throws {
        let release = try SampleRelease(in: world)
        let tar = try release.build(in: world).tar()
        #expect(throws: BundleRefusal.expired("2026-12-20T00")) {
            try verify(tar, check(release.directory, at: "2026-12-20T00"))
        }
        #expect(throws: BundleRefusal.notYetValid("2026-11-20T00")) {
            try verify(tar, check(release.directory, at: "2026-11-19T23"))
        }
        #expect(throws: BundleRefusal.directoryExpired("2027-01-30")) {
            try verify(tar, check(release.directory, at: "2027-01-31T00"))
        }
        #expect(throws: Never.self) {
            try verify(tar, check(release.directory, at: "2026-11-19T23", for: .storing))
            try verify(tar, check(release.directory, at: "2030-01-01T00", for: .auditing))
        }
    }

    @Test func `the directory must be the statement's or a newer one`() throws {
        let release = try SampleRelease(in: world)
        let tar = try release.build(in: world).tar()
        let older = try world.directory(world.directoryNote(version: 6))
        #expect(throws: BundleRefusal.directoryOlder(version: 6, seen: 7)) {
            try verify(tar, check(older))
        }
        let other = try world.directory(world.directoryNote(days: 91))
        #expect(throws: BundleRefusal.otherDirectory) { try verify(tar, check(other)) }
        let newer = try world.directory(world.directoryNote(version: 8))
        #expect(throws: BundleRefusal.otherDirectory) { try verify(tar, check(newer)) }
        #expect(throws: Never.self) {
            try verify(tar, check(newer, earlier: [release.directory]))
        }
        var policy = release
        policy.policy = Hash(sha256: [9])
        #expect(throws: BundleRefusal.policyMismatch) {
            try verify(policy.build(in: world).tar(), check(release.directory))
        }
    }

    @Test func `the log must hold this very release`() throws {
        var release = try SampleRelease(in: world)
        release.eventObject = Hash(sha256: [5])
        #expect(throws: BundleRefusal.otherEvent) {
            try verify(release.build(in: world).tar(), check(release.directory))
        }
    }

    @Test func `files are exactly those of a bundle`() throws {
        let release = try SampleRelease(in: world)
        let bundle = try release.build(in: world)
        for (name, _) in try bundle.files() {
            let files = try bundle.files().filter { $0.name != name }
            #expect(throws: BundleRefusal.missingMember(name)) {
                try verify(SampleBundle.tar(files), check(release.directory))
            }
        }
        for name in ["parts/02.age", "README", "parts/00.age.bak", "custody/x"] {
            let files = try bundle.files() + [(name, [1])]
            #expect(throws: BundleRefusal.unexpectedMember(name)) {
                try verify(SampleBundle.tar(files), check(release.directory))
            }
        }
    }
}
