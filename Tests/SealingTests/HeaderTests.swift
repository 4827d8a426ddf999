import NativePrimitives
import Sealing
import Testing

/// What a header refuses to be made of.
@Suite struct HeaderTests {
    private let curve = Recipient.x25519(
        NativePrimitives.x25519PublicKey(scalar: [UInt8](repeating: 1, count: 32).span))

    private func hybrid() throws -> Recipient {
        .mlkem768x25519(
            try NativePrimitives.xWingPublicKey(seed: [UInt8](repeating: 2, count: 32).span))
    }

    private func header(to recipients: [Recipient]) throws -> Header {
        try Header(wrapping: FileKey<NativePrimitives>(), to: recipients)
    }

    @Test func postQuantumAndOtherRecipientsAreNeverMixed() throws {
        let hybrid = try hybrid()
        #expect(throws: SealingError.mixedRecipients) { try header(to: [curve, hybrid]) }
        #expect(throws: SealingError.mixedRecipients) { try header(to: [hybrid, curve]) }
        #expect(try header(to: [hybrid, hybrid]).stanzas.count == 2)
    }

    @Test func thereIsAtLeastOneRecipientAndNotTooMany() throws {
        #expect(throws: SealingError.noRecipients) { try header(to: []) }
        let many = [Recipient](repeating: curve, count: Header.stanzaLimit + 1)
        #expect(throws: SealingError.tooManyRecipients) { try header(to: many) }
    }

    @Test func aPublicKeyOfSmallOrderIsNotSealedTo() {
        let zero = Recipient.x25519([UInt8](repeating: 0, count: 32))
        #expect(throws: SealingError.primitive) { try header(to: [zero]) }
        #expect(throws: SealingError.badRecipient) { try zero.prove(with: NativePrimitives.self) }
    }

    @Test func aRecipientOfAnotherLengthIsNone() {
        for (prefix, count) in [("age", 31), ("age", 33), ("age1pq", 1215), ("age1pq", 32)] {
            let bytes = [UInt8](repeating: 9, count: count)
            let text = Bech32.encode(prefix: Array(prefix.utf8), bytes.span)
            #expect(throws: SealingError.badRecipient, "\(prefix), \(count) bytes") {
                try Recipient(parsing: text.span)
            }
        }
    }

    @Test func aHeaderWithoutAStanzaIsNone() {
        let mac = Base64.encode([UInt8](repeating: 1, count: 32).span, padded: false)
        let bare = ascii("age-encryption.org/v1\n--- ") + mac + ascii("\n")
        #expect(throws: HeaderError.noStanzas) { try Header.parse(bare.span) }
    }

    @Test func aLineThatBeginsNoStanzaIsRefused() {
        for line in ["->x", "-> ", "->  x", "-> x ", "-> x\u{7}", "x"] {
            let text = Array("age-encryption.org/v1\n\(line)\n\n".utf8)
            #expect(throws: HeaderError.badStanzaArguments, "\(line)") {
                try Header.parse(text.span)
            }
        }
    }

    @Test func aMACThatIsNot32BytesOfCanonicalBase64IsRefused() {
        let mac = Base64.encode([UInt8](repeating: 1, count: 32).span, padded: false)
        let padded = mac + ascii("=")
        let lastBitSet = mac.dropLast() + ascii("F")
        for bad in [mac.dropLast() + [], padded, [UInt8](lastBitSet)] {
            let text = ascii("age-encryption.org/v1\n-> x\n\n--- ") + bad + ascii("\n")
            #expect(throws: HeaderError.badMAC) { try Header.parse(text.span) }
        }
    }

    @Test func aWorkFactorIsNeitherTooSmallNorTooLarge() {
        let passphrase = Secret(copying: ascii("correct horse").span)
        let limits = ScryptStanza.workFactorLimit
        for factor in [limits.lowerBound - 1, limits.upperBound + 1] {
            #expect(throws: SealingError.badWorkFactor, "\(factor)") {
                try Header(
                    wrapping: FileKey<NativePrimitives>(), passphrase: passphrase,
                    workFactor: factor)
            }
        }
    }

    @Test func aBodyLineOfMoreThan64ColumnsIsRefused() {
        let line = [UInt8](repeating: 0x41, count: 68)
        let long = ascii("age-encryption.org/v1\n-> x\n") + line + ascii("\n\n---")
        #expect(throws: HeaderError.badStanzaBody) { try Header.parse(long.span) }
    }

    @Test func everyTruncationOfAHeaderIsNoticed() throws {
        let bytes = try header(to: [curve]).encoded
        for count in 0..<bytes.count {
            #expect(throws: HeaderError.truncated) {
                try Header.parse(bytes.span.extracting(first: count))
            }
        }
        #expect(try Header.parse(bytes.span).byteCount == bytes.count)
    }

    @Test func anEndlessHeaderIsRefusedAtItsLimit() {
        let endless = ascii("age-encryption.org/v1\n-> ") + [UInt8](repeating: 0x41, count: 300_000)
        #expect(throws: HeaderError.tooLarge) { try Header.parse(endless.span) }
        var stanzas = ascii("age-encryption.org/v1\n")
        for _ in 0...Header.stanzaLimit { stanzas += ascii("-> x\n\n") }
        #expect(throws: HeaderError.tooLarge) { try Header.parse(stanzas.span) }
    }
}
