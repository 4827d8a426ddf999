import Agencies
import Custody
import Forwarding
import ReleaseKit
import Testing
import Tips

/// What an office learns only after opening is checked as strictly as what it saw before.
@Suite struct PredicateTests {
    let world: SampleWorld

    init() throws {
        world = try SampleWorld()
    }

    @discardableResult
    func verify(
        _ release: SampleRelease, predicate: [UInt8]? = nil
    ) throws -> VerifiedPredicate {
        let bundle = try release.build(in: world)
        let check = ReleaseCheck(
            directory: release.directory, now: try required(Hour("2026-11-23T12")), purpose: .using)
        return try PredicateCheck.verified(
            predicate ?? bundle.predicate, of: check.package(bundle.package))
    }

    @Test func `a good predicate passes and reads back the same`() throws {
        let release = try SampleRelease(in: world)
        let verified = try verify(release)
        #expect(try BundlePredicate(decoding: verified.predicate.encoded) == verified.predicate)
        #expect(verified.consent.classes == [.report, .place, .evidence])
    }

    @Test func `another predicate is not this release's`() throws {
        let release = try SampleRelease(in: world)
        let other = try release.build(in: world).predicate
        #expect(throws: BundleRefusal.otherPredicate) {
            try verify(release, predicate: other)
        }
    }

    @Test func `a consent leaf of another tip is refused`() throws {
        var release = try SampleRelease(in: world)
        release.consentTip = 21
        release.consentSigner = 21
        #expect(throws: BundleRefusal.consentOfAnotherTip) { try verify(release) }
    }

    @Test func `consent must be signed by the tip, for this office`() throws {
        var release = try SampleRelease(in: world)
        release.consentSigner = 21
        #expect(throws: BundleRefusal.badConsentSignature) { try verify(release) }
        release.consentSigner = 20
        release.consentOffice = "office-b"
        #expect(throws: BundleRefusal.consentForAnotherOffice) { try verify(release) }
    }

    @Test func `the predicate's tip is the statement's`() throws {
        var release = try SampleRelease(in: world)
        release.tip = 22
        #expect(throws: BundleRefusal.otherTip) { try verify(release) }
    }

    /// A transcription of the release's leaf by these persons, in this file.
    private func transcribed(
        by persons: [(String, UInt8)], file: UInt8 = 1, mandate: UInt8 = 1, key: UInt8 = 20,
        leaf changed: ConsentLeaf? = nil
    ) -> @Sendable (ConsentLeaf) throws -> ConsentProof {
        { leaf in
            let file = Hash(sha256: [file])
            let allowed = TranscriptionMandate(tipKey: leaf.tipKey, file: Hash(sha256: [mandate]))
            let signed = TranscribedConsent(leaf: changed ?? leaf, file: file).encoded
            return .transcribed(
                leaf: leaf.encoded,
                Transcription(
                    file: file, mandate: try SampleWorld.reporter(key).sign(allowed.encoded.span),
                    signatures: try persons.map { name, number in
                        .init(
                            person: try required(PersonID(name)),
                            signature: try SampleWorld.key(number).sign(signed))
                    }))
        }
    }

    @Test func `two persons may transcribe the consent of a dropped file`() throws {
        var release = try SampleRelease(in: world)
        release.consentProof = transcribed(by: [("alice", 10), ("carol", 12)])
        let verified = try verify(release)
        #expect(try BundlePredicate(decoding: verified.predicate.encoded) == verified.predicate)
        #expect(verified.consent.classes == [.report, .place, .evidence])
    }

    @Test func `a transcription is refused unless the tip allows it and two persons signed it`()
        throws
    {
        let other = try ConsentLeaf(
            tipKey: SampleWorld.reporter().key, office: "office-a", classes: [.report],
            directoryVersion: 7)
        let cases: [(@Sendable (ConsentLeaf) throws -> ConsentProof, String)] = [
            (transcribed(by: [("alice", 10)]), "two persons must have read it, not one"),
            (transcribed(by: []), "two persons must have read it, not one"),
            (transcribed(by: [("alice", 10), ("alice", 10)]), "alice signed it twice"),
            (transcribed(by: [("bob", 11), ("alice", 10)]), "alice signed it twice"),
            (transcribed(by: [("alice", 10), ("bob", 12)]), "the signature of bob is wrong"),
            (transcribed(by: [("alice", 10), ("zoe", 12)]), "the signature of zoe is wrong"),
            (
                transcribed(by: [("alice", 10), ("bob", 11)], leaf: other),
                "the signature of alice is wrong"
            ),
            (
                transcribed(by: [("alice", 10), ("bob", 11)], mandate: 2),
                "the tip does not allow that others write down its consent"
            ),
            (
                transcribed(by: [("alice", 10), ("bob", 11)], key: 21),
                "the tip does not allow that others write down its consent"
            ),
        ]
        for (proof, why) in cases {
            var release = try SampleRelease(in: world)
            release.consentProof = proof
            #expect(throws: BundleRefusal.badTranscription(why)) { try verify(release) }
        }
    }

    @Test func `consent covers classes and labels`() throws {
        var release = try SampleRelease(in: world)
        release.consented = [.report]
        #expect(
            throws: BundleRefusal.notConsented(part: "parts/01.age", contains: "evidence")
        ) { try verify(release) }
        release.consented = [.report, .evidence]
        release.parts[0].labels = [.place, .person]
        #expect(
            throws: BundleRefusal.notConsented(part: "parts/00.age", contains: "person, place")
        ) { try verify(release) }
    }

    @Test func `only the canonical text is a predicate`() throws {
        let text = try SampleRelease(in: world).build(in: world).predicate
        #expect(throws: BundleRefusal.self) { try BundlePredicate(decoding: text + [0x20]) }
        #expect(throws: BundleRefusal.self) {
            try BundlePredicate(decoding: [UInt8](text.dropLast()))
        }
        #expect(throws: BundleRefusal.self) { try BundlePredicate(decoding: []) }
        #expect(throws: BundleRefusal.self) { try BundlePredicate(decoding: [UInt8]("{}".utf8)) }
    }

    @Test func `evidence is one plain file and nothing else`() throws {
        let release = try SampleRelease(in: world)
        let part = release.parts[1]
        let signed = try verify(release).predicate.parts[1]
        func read(_ plaintext: [UInt8]) throws {
            var reader = OriginalReader(signed, name: "parts/01.age")
            var original: [UInt8] = []
            try reader.push(plaintext.span, into: &original)
            try reader.finish()
        }
        #expect(throws: Never.self) { try read(part.plaintext) }
        var altered = part.plaintext
        altered[600] ^= 1
        #expect(throws: BundleRefusal.alteredPlaintext("parts/01.age")) { try read(altered) }
        var link = part.plaintext
        link[156] = 0x32
        #expect(throws: BundleRefusal.badEvidence("parts/01.age", .notAFile)) { try read(link) }
        var second = part.plaintext
        let place = 512 + (part.original.count + 511) / 512 * 512
        second.replaceSubrange(place..<place + 512, with: part.plaintext[0..<512])
        #expect(throws: BundleRefusal.badEvidence("parts/01.age", .secondMember)) {
            try read(second)
        }
    }
}
