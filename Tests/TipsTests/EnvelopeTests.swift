import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct EnvelopeTests {
    /// Two parts with padded lengths, in a given order.
    private func golden(kind: Envelope.Kind = .supplement) -> Envelope {
        Envelope(
            kind: kind, epoch: 5, tipKey: signer(7).key,
            inOrder: [
                part(1, length: 1024, header: 2, 200), part(3, length: 2048, header: 4, 300),
            ])
    }

    private func part(
        _ payload: UInt8, length: Int, header: UInt8, _ headerLength: Int
    ) -> SealedPart {
        SealedPart(
            payloadDigest: digest(payload), payloadLength: Payload.sealedLength(of: length),
            headerDigest: digest(header), headerLength: headerLength)
    }

    /// The expected values were computed with Python: a CBOR writer of ten lines, hashlib, and
    /// Ed25519 of `cryptography`.
    @Test("an envelope's bytes and signature are the format's")
    func goldenBytes() throws {
        let envelope = golden()
        let expected = "337c9ccd72ed434f0693e83238e3a4bf8a0b7357b5e048ca4233460ec1896141"
        #expect(sha256(envelope.encoded) == expected)
        let signed = try envelope.signed(by: signer(7))
        #expect(signed.digest.hex == expected)
        #expect(
            Hex.string(signed.signature)
                == "862678caa9e32d6bc21a2cb0c9814121143e2ddb0a23171952d163e154c57faf"
                + "d167de3598f94a5d3edd9cd1a6bcc5e35e6aee45104aec25dd1c5c82c4fc4701")
    }

    @Test("an envelope decodes to itself and verifies")
    func roundTrip() throws {
        let signed = try golden().signed(by: signer(7))
        let read = try UnverifiedEnvelope(
            decoding: signed.encoded.span, signature: signed.signature)
        #expect(try read.verified(with: P.self) == signed)
        #expect(read.envelope == golden())
    }

    @Test("cut anywhere, or with a byte more, an envelope is refused")
    func truncations() {
        let bytes = golden().encoded
        for count in 0..<bytes.count {
            #expect(throws: FormatError.self) {
                try Envelope.decode(bytes.span.extracting(first: count))
            }
        }
        #expect(throws: FormatError.trailingBytes) { try Envelope.decode((bytes + [0]).span) }
    }

    @Test("any byte changed, an envelope is refused or its signature fails")
    func mutations() throws {
        let signed = try golden().signed(by: signer(7))
        for index in signed.encoded.indices {
            var bytes = signed.encoded
            bytes[index] ^= 1
            #expect(throws: FormatError.self) {
                try UnverifiedEnvelope(decoding: bytes.span, signature: signed.signature)
                    .verified(with: P.self)
            }
        }
        for index in signed.signature.indices {
            var signature = signed.signature
            signature[index] ^= 1
            #expect(throws: FormatError.badSignature) {
                try UnverifiedEnvelope(decoding: signed.encoded.span, signature: signature)
                    .verified(with: P.self)
            }
        }
    }

    @Test("another tip's key cannot sign it")
    func otherSigner() {
        #expect(throws: FormatError.otherTip) { try golden().signed(by: signer(8)) }
    }

    @Test("a tip has eight parts, a supplement at least two")
    func partCounts() {
        #expect(throws: FormatError.wrongLength) {
            try Envelope.decode(golden(kind: .tip).encoded.span)
        }
        let alone = Envelope(
            kind: .supplement, epoch: 5, tipKey: signer(7).key,
            inOrder: [part(1, length: 1024, header: 2, 200)])
        #expect(throws: FormatError.wrongLength) { try Envelope.decode(alone.encoded.span) }
    }

    @Test("a length that padding never gives is refused, and a part listed twice")
    func rules() {
        let unpadded = [
            part(1, length: 1025, header: 2, 200), part(3, length: 2047, header: 2, 200),
        ]
        for odd in unpadded {
            let envelope = Envelope(
                kind: .supplement, epoch: 5, tipKey: signer(7).key,
                inOrder: [odd, part(5, length: 1024, header: 2, 200)])
            #expect(throws: FormatError.wrongPadding) {
                try Envelope.decode(envelope.encoded.span)
            }
        }
        let twice = Envelope(
            kind: .supplement, epoch: 5, tipKey: signer(7).key,
            inOrder: [part(1, length: 1024, header: 2, 200), part(1, length: 1024, header: 4, 200)])
        #expect(throws: FormatError.notDistinct) { try Envelope.decode(twice.encoded.span) }
    }

    @Test("the order of parts is drawn anew: all six orders of three parts turn up")
    func shuffling() throws {
        let parts = (1...3).map { part(UInt8($0), length: 1024, header: 9, 200) }
        var orders: Set<[SHA256Digest]> = []
        for _ in 0..<500 {
            let envelope = try Envelope.shuffling(
                parts, kind: .supplement, epoch: 1, tipKey: signer(7).key, with: P.self)
            #expect(Set(envelope.parts) == Set(parts))
            orders.insert(envelope.parts.map(\.payloadDigest))
        }
        // Fails by chance once in 10^39.
        #expect(orders.count == 6)
    }
}
