import NativePrimitives
import Sealing
import Testing

/// Base64, Bech32, Padmé and the sizes of payloads.
@Suite struct EncodingTests {
    @Test func base64RoundTripsAtEveryLength() {
        for count in 0..<70 {
            let bytes = NativePrimitives.randomBytes(count: count)
            for padded in [false, true] {
                let text = Base64.encode(bytes.span, padded: padded)
                #expect(Base64.decode(text.span, padded: padded) == bytes)
            }
        }
    }

    @Test(arguments: ["AB", "AAB", "A", "AA=", "AA==", "A A", "AA\n", "-_8", "AAAAA"])
    func base64RefusesWhatIsNotCanonical(_ text: String) {
        #expect(Base64.decode(Array(text.utf8).span, padded: false) == nil)
    }

    @Test(arguments: ["AA", "AAA", "AB==", "AAB=", "====", "A===", "AA=A", "=AAA", "AAAA=="])
    func paddedBase64RefusesWhatIsNotCanonical(_ text: String) {
        #expect(Base64.decode(Array(text.utf8).span, padded: true) == nil)
    }

    @Test func bech32DecodesTheVectorOfBIP173() throws {
        let text = ascii("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw")
        let decoding = Bech32.decode(text.span)
        let decoded = try #require(decoding)
        #expect(decoded.prefix == ascii("abcdef"))
        #expect(Bech32.encode(prefix: decoded.prefix, decoded.data.span) == text)
    }

    @Test(arguments: [
        "A12uEL5L", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "de1lg7wt", "10a06t8",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxv", "",
    ])
    func bech32RefusesMixedCaseBadChecksumsAndMissingParts(_ text: String) {
        #expect(Bech32.decode(Array(text.utf8).span) == nil)
    }

    @Test func oneWrongCharacterInARecipientIsNoticed() throws {
        let text = Recipient.x25519([UInt8](repeating: 9, count: 32)).text
        #expect(try Recipient(parsing: text.span) == .x25519([UInt8](repeating: 9, count: 32)))
        for index in text.indices {
            var typo = text
            typo[index] = typo[index] == 0x71 ? 0x70 : 0x71
            if typo == text { continue }
            #expect(throws: SealingError.badRecipient) { try Recipient(parsing: typo.span) }
        }
    }

    @Test func paddingMatchesThePublishedFigures() {
        #expect(Padding.paddedLength(0) == 1024)
        #expect(Padding.paddedLength(1024) == 1024)
        #expect(Padding.paddedLength(1025) == 1088)
        #expect(Padding.paddedLength(1_000_001) == 1_015_808)
    }

    @Test func paddingCostsAtMostTwelvePercentAndIsStable() {
        for _ in 0..<2000 {
            let length = Int.random(in: 1025...(1 << 32))
            let padded = Padding.paddedLength(length)
            #expect(padded >= length)
            #expect(Double(padded) <= Double(length) * 1.12)
            #expect(Padding.isPadded(padded))
        }
    }

    @Test func payloadLengthsInvertEachOther() {
        for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 10_000_000] {
            #expect(Payload.plaintextLength(of: Payload.sealedLength(of: length)) == length)
        }
        for impossible in [0, 16, 31, 16 + 65_552 + 15, 16 + 65_552 + 16] {
            #expect(Payload.plaintextLength(of: impossible) == nil)
        }
        #expect(Payload.plaintextLength(of: UInt32(3)) == nil)
    }

    @Test func theLargestLengthsAreNoTrouble() {
        for sealed in (Int.max - 70_000)...Int.max {
            guard let plaintext = Payload.plaintextLength(of: sealed) else { continue }
            #expect(Payload.sealedLength(of: plaintext) == sealed)
        }
        #expect(!Padding.isPadded(Int.max))
        #expect(Padding.isPadded(Int.max / 2 + 1))
        for length in 0..<100_000 {
            #expect(Padding.isPadded(length) == (Padding.paddedLength(length) == length))
        }
    }

    @Test func aKeyIsDecodedInOnePlace() throws {
        let text = Recipient.x25519([UInt8](repeating: 9, count: 32)).text
        var data: [UInt8] = []
        #expect(Bech32.decode(text.span, into: &data) == ascii("age"))
        #expect(data == [UInt8](repeating: 9, count: 32))
        // What was decoded of a wrong text is where the caller can wipe it.
        var typo = text
        typo[typo.count - 1] ^= 1
        data = []
        #expect(Bech32.decode(typo.span, into: &data) == nil)
        #expect(data == [UInt8](repeating: 9, count: 32))
    }
}
