import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct ManifestTests {
    private func golden(
        _ change: (inout [Manifest.Part], inout [String]) -> Void = { _, _ in }
    ) -> Manifest {
        var parts = [
            Manifest.Part(
                partClass: .evidence, payloadDigest: digest(3), plaintextDigest: digest(5),
                name: "视频.mp4")
        ]
        var never = ["office-c"]
        change(&parts, &never)
        return Manifest(
            epoch: 5, tipKey: signer(7).key, sequence: 1, firstEnvelope: digest(8), parts: parts,
            never: never)
    }

    private func plaintext(_ manifest: Manifest) throws -> [UInt8] {
        try manifest.encoded(mailboxKey: secret(filled(9))).withBytes { [UInt8](copying: $0) }
    }

    /// Computed with Python, as in `EnvelopeTests`.
    @Test("a manifest's padded bytes are the format's, and decode to it and its mailbox key")
    func goldenBytes() throws {
        let bytes = try plaintext(golden())
        #expect(bytes.count == 1024)
        #expect(sha256(bytes) == "b5236c316bf8e6f5479781fbf5a7a5295114aedd4a78d3741d252c6230148591")
        let opened = try OpenedManifest<P>.decode(bytes.span)
        #expect(opened.manifest == golden())
        #expect(opened.mailboxKey.withBytes { [UInt8](copying: $0) } == filled(9))
    }

    @Test("cut anywhere, longer, or padded with anything but zeros, a manifest is refused")
    func padding() throws {
        let bytes = try plaintext(golden())
        for count in 0..<bytes.count {
            #expect(throws: FormatError.self) { try check(decoding: [UInt8](bytes[..<count])) }
        }
        #expect(throws: FormatError.wrongPadding) { try check(decoding: bytes + [0]) }
        for index in [bytes.count - 1, bytes.count - 500] {
            var changed = bytes
            changed[index] = 1
            #expect(throws: FormatError.wrongPadding) { try check(decoding: changed) }
        }
    }

    @Test("what breaks a rule is not written")
    func rules() {
        #expect(throws: FormatError.badText) {
            try plaintext(golden { _, never in never = ["Office C"] })
        }
        #expect(throws: FormatError.tooLarge) {
            try plaintext(
                golden { parts, _ in
                    parts[0] = Manifest.Part(
                        partClass: .evidence, payloadDigest: digest(3), plaintextDigest: digest(5),
                        name: String(repeating: "a", count: 256))
                })
        }
        #expect(throws: FormatError.wrongLength) {
            try plaintext(golden { parts, _ in parts = [] })
        }
    }

    @Test("the sample tip's manifest belongs to its envelope, consents and all")
    func matches() throws {
        let tip = try SampleTip()
        let verified = try tip.manifest.check(
            against: tip.frame.envelope, ownPayload: tip.manifestPayload, with: P.self)
        #expect(verified.consents.map(\.leaf.office) == ["office-a"])
    }

    @Test("nobody can re-sign someone else's parts as their own")
    func stolenParts() throws {
        let tip = try SampleTip()
        let stolen = try Frame.make(
            kind: .tip, epoch: 5, parts: tip.frame.parts, signedBy: signer(8))
        #expect(throws: ManifestMismatch.otherTip) {
            try tip.manifest.check(
                against: stolen.envelope, ownPayload: tip.manifestPayload, with: P.self)
        }
    }

    @Test("a part left out, swapped or another manifest's place is refused")
    func otherParts() throws {
        let tip = try SampleTip()
        let other = try SampleTip()
        #expect(throws: ManifestMismatch.otherParts) {
            try other.manifest.check(
                against: tip.frame.envelope, ownPayload: tip.manifestPayload, with: P.self)
        }
        #expect(throws: ManifestMismatch.otherParts) {
            try tip.manifest.check(
                against: tip.frame.envelope, ownPayload: tip.manifest.parts[0].payloadDigest,
                with: P.self)
        }
    }

    @Test("a supplement cannot consent, set a code word or wish; a tip has all seven parts")
    func kinds() throws {
        let tip = try SampleTip()
        let supplement = try Frame.make(
            kind: .supplement, epoch: 5, parts: tip.frame.parts, signedBy: signer(7))
        #expect(throws: ManifestMismatch.wrongKind) {
            try tip.manifest.check(
                against: supplement.envelope, ownPayload: tip.manifestPayload, with: P.self)
        }
        #expect(throws: ManifestMismatch.wrongKind) {
            try copy(of: tip.manifest, sequence: 1, firstEnvelope: digest(1)).check(
                against: tip.frame.envelope, ownPayload: tip.manifestPayload, with: P.self)
        }
        for wrong in [
            copy(of: tip.manifest, sequence: 1, firstEnvelope: digest(1), consents: []),
            copy(of: tip.manifest, sequence: 0, firstEnvelope: nil, consents: []),
        ] {
            let isRight = wrong.sequence == 1
            let result = try? wrong.check(
                against: supplement.envelope, ownPayload: tip.manifestPayload, with: P.self)
            #expect((result != nil) == isRight)
        }
    }

    @Test("a consent of another tip, or an office twice, is refused")
    func consents() throws {
        let tip = try SampleTip()
        let foreign = try SampleTip(signedBy: 8).manifest.consents
        #expect(throws: ManifestMismatch.badConsent) {
            try copy(of: tip.manifest, sequence: 0, firstEnvelope: nil, consents: foreign).check(
                against: tip.frame.envelope, ownPayload: tip.manifestPayload, with: P.self)
        }
        let twice = tip.manifest.consents + tip.manifest.consents
        #expect(throws: ManifestMismatch.officeTwice) {
            try copy(of: tip.manifest, sequence: 0, firstEnvelope: nil, consents: twice).check(
                against: tip.frame.envelope, ownPayload: tip.manifestPayload, with: P.self)
        }
    }

    @Test("a supplement that widens in one way only is refused, whichever way")
    func widening() throws {
        let tip = try SampleTip()
        let supplement = try Frame.make(
            kind: .supplement, epoch: 5, parts: tip.frame.parts, signedBy: signer(7))
        let lock = WithdrawalLock(salt: [UInt8](0..<16), logN: 10, hash: filled(1))
        for wide in [
            copy(of: tip.manifest, sequence: 1, firstEnvelope: digest(1)),
            copy(of: tip.manifest, sequence: 0, firstEnvelope: digest(1), consents: []),
            copy(
                of: tip.manifest, sequence: 1, firstEnvelope: digest(1), consents: [],
                withdrawal: lock),
            copy(
                of: tip.manifest, sequence: 1, firstEnvelope: digest(1), consents: [],
                wishes: .progress),
        ] {
            #expect(throws: ManifestMismatch.wrongKind) {
                try wide.check(
                    against: supplement.envelope, ownPayload: tip.manifestPayload, with: P.self)
            }
        }
    }

    private func copy(
        of manifest: Manifest, sequence: Int, firstEnvelope: SHA256Digest?,
        consents: [UnverifiedConsent]? = nil, withdrawal: WithdrawalLock? = nil,
        wishes: Manifest.Wishes = []
    ) -> Manifest {
        Manifest(
            epoch: manifest.epoch, tipKey: manifest.tipKey, sequence: sequence,
            firstEnvelope: firstEnvelope, parts: manifest.parts,
            consents: consents ?? manifest.consents, never: manifest.never,
            withdrawal: withdrawal, wishes: wishes)
    }

    private func check(decoding bytes: [UInt8]) throws {
        _ = try OpenedManifest<P>.decode(bytes.span)
    }
}

@Suite struct ConsentTests {
    /// Computed with Python, as in `EnvelopeTests`.
    @Test("a leaf's bytes and signature are the format's")
    func goldenBytes() throws {
        let leaf = try leaf()
        #expect(
            Hex.string(leaf.encoded)
                == "857373616c6c79706f72742e636f6e73656e742f315820ea4a6c63e29c520abe"
                + "f5507b132ec5f9954776aebebe7b92421eea691446d22c686f66666963652d61"
                + "8301020803")
        let signed = try leaf.signed(by: signer(7))
        #expect(
            Hex.string(signed.signature)
                == "e477574bd150af0fca2c3d88bbea3880060811ab95fdde6a21c5ce05513835da"
                + "cc5a2a62bf84270c42281a217fd26a00a479687ef240f517a1d4cdd5f04e6903")
        #expect(try signed.verified(for: signer(7).key, with: P.self).leaf == leaf)
    }

    @Test("a leaf of another tip, changed in any byte, or cut anywhere is refused")
    func refused() throws {
        let signed = try leaf().signed(by: signer(7))
        #expect(throws: FormatError.otherTip) {
            try signed.verified(for: signer(8).key, with: P.self)
        }
        for index in signed.encoded.indices {
            var bytes = signed.encoded
            bytes[index] ^= 1
            #expect(throws: FormatError.self) {
                try UnverifiedConsent(decoding: bytes, signature: signed.signature)
                    .verified(for: signer(7).key, with: P.self)
            }
            #expect(throws: FormatError.self) {
                try UnverifiedConsent(
                    decoding: [UInt8](signed.encoded[..<index]), signature: signed.signature)
            }
        }
    }

    @Test("classes out of order or twice, and consent to the manifest, are refused")
    func classes() throws {
        for (list, error) in [
            ([2, 1], FormatError.notDistinct), ([1, 1], .notDistinct), ([0, 1], .outOfRange),
            ([10], .outOfRange), ([11], .outOfRange), ([], .wrongLength),
        ] {
            var writer = CBORWriter()
            writer.array(5)
            writer.label("sallyport.consent/1")
            writer.bytes(signer(7).key.bytes)
            writer.text("office-a")
            writer.array(list.count)
            for code in list { writer.uint(code) }
            writer.uint(3)
            #expect(throws: error) {
                try UnverifiedConsent(
                    decoding: writer.bytes, signature: [UInt8](repeating: 0, count: 64))
            }
        }
    }

    @Test(
        "names of offices follow one rule",
        arguments: [
            ("a", true), ("office-a", true), ("9-b-c", true), ("", false), ("-a", false),
            ("a-", false), ("a--b", false), ("A", false), ("a.b", false), ("a b", false),
            ("é", false),
        ])
    func names(_ name: String, _ isValid: Bool) {
        #expect(OfficeName.isValid(name) == isValid)
    }

    private func leaf() throws -> ConsentLeaf {
        try ConsentLeaf(
            tipKey: signer(7).key, office: "office-a", classes: [.evidence, .urgency, .report],
            directoryVersion: 3)
    }
}
