import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct MailboxTests {
    private let key = filled(3)

    private func message(
        address: UInt8 = 6, counter: Int = 4, text: String = "他在几楼?"
    ) throws -> DeskMessage {
        DeskMessage(
            address: try #require(MailboxAddress(filled(address))), counter: counter,
            date: "2026-11-23", state: .question, passed: 1,
            questions: [DeskQuestion(id: "q1", text: text, language: "zh-Hans")])
    }

    private func verified(
        _ message: DeskMessage, by seed: UInt8 = 7
    ) throws -> VerifiedMessage {
        let encoded = message.encoded
        let signature = signer(seed).sign(encoded.span)
        return try UnverifiedMessage(decoding: encoded, signature: signature)
            .verified(byOneOf: [signer(seed).key.bytes], with: P.self)
    }

    private func open(
        _ slot: [UInt8], key: [UInt8] = filled(3), address: UInt8 = 6, seen: Int? = nil
    ) throws -> VerifiedMessage {
        try MailboxSlot.open(
            slot.span, key: secret(key),
            address: try #require(MailboxAddress(filled(address))),
            trusting: [filled(0), signer(7).key.bytes], seen: seen)
    }

    /// Computed with Python, as in `EnvelopeTests`.
    @Test("a message's bytes are the format's")
    func golden() throws {
        #expect(
            sha256(try message().encoded)
                == "e64e96ba6ec9f5ab697f114a9ef8a4b22055bc8581923acd1543afc4ddb72179")
    }

    @Test("the inside of a slot is the format's")
    func goldenInside() throws {
        let slot = try MailboxSlot.seal(verified(message()), key: secret(key))
        guard let inside = SealedBox.open(slot.span, key: secret(key)) else {
            Issue.record("it did not open")
            return
        }
        let bytes = inside.withBytes { [UInt8](copying: $0) }
        #expect(
            sha256(bytes)
                == "d2ec2ea849a111f273af2c0dc11ae2a69f57fe3eb40ca40b0c0b2c1ca410a707")
    }

    @Test("a slot has 2,048 bytes and opens for its reporter, whatever it holds")
    func roundTrip() throws {
        for text in ["", "他在几楼?", String(repeating: "x", count: 1400)] {
            let sent = try verified(message(text: text))
            let slot = try MailboxSlot.seal(sent, key: secret(key))
            #expect(slot.count == 2048)
            #expect(try open(slot) == sent)
        }
    }

    @Test("a message that does not fit is refused, not cut")
    func tooLarge() throws {
        let long = DeskMessage(
            address: try #require(MailboxAddress(filled(6))), counter: 1, date: "2026-11-23",
            state: .question,
            questions: ["a", "b"].map {
                DeskQuestion(id: $0, text: String(repeating: "x", count: 950), language: "")
            })
        let sent = try verified(long)
        #expect(throws: FormatError.tooLarge) { _ = try MailboxSlot.seal(sent, key: secret(key)) }
    }

    @Test("another key, any byte changed, or a made-up answer: nothing is here")
    func nothingHere() throws {
        let slot = try MailboxSlot.seal(verified(message()), key: secret(key))
        #expect(throws: MailboxRefusal.nothingHere) { try open(slot, key: filled(5)) }
        for index in stride(from: 0, to: slot.count, by: 7) {
            var changed = slot
            changed[index] ^= 1
            #expect(throws: MailboxRefusal.nothingHere) { try open(changed) }
        }
        let address = try #require(MailboxAddress(filled(6)))
        let made = PseudoAnswer.slot(for: address, period: "2026-11-23", secret: secret(filled(1)))
        #expect(throws: MailboxRefusal.nothingHere) { try open(made) }
    }

    @Test("another mailbox's slot, an older one, and one nobody of the desk signed are refused")
    func refused() throws {
        let slot = try MailboxSlot.seal(verified(message()), key: secret(key))
        #expect(throws: MailboxRefusal.otherMailbox) { try open(slot, address: 5) }
        #expect(throws: MailboxRefusal.replayed) { try open(slot, seen: 5) }
        _ = try open(slot, seen: 4)
        let forged = try MailboxSlot.seal(verified(message(), by: 8), key: secret(key))
        #expect(throws: MailboxRefusal.badSignature) { try open(forged) }
        #expect(throws: MailboxRefusal.wrongSize) { try open([UInt8](slot.dropLast())) }
    }

    @Test("cut anywhere, a message is refused")
    func truncations() throws {
        let bytes = try message().encoded
        for count in bytes.indices {
            #expect(throws: FormatError.self) {
                try DeskMessage.decode(bytes.span.extracting(first: count))
            }
        }
    }

    @Test("made-up answers depend on secret, address and period, and on nothing else")
    func pseudo() throws {
        let address = try #require(MailboxAddress(filled(6)))
        let other = try #require(MailboxAddress(filled(7)))
        let answer = pseudo(address, "1")
        #expect(answer.count == 2048)
        #expect(pseudo(address, "1") == answer)
        #expect(pseudo(other, "1") != answer)
        #expect(pseudo(address, "2") != answer)
        #expect(pseudo(address, "1", door: 3) != answer)
        let parked = PseudoAnswer.parked(
            for: try #require(ParkedAddress(filled(6))), secret: secret(filled(1)))
        #expect(parked.count == 8192)
        #expect(parked[0..<2048] != answer[...])
        #expect(parked[0..<4096] != parked[4096...])
    }

    private func pseudo(_ address: MailboxAddress, _ period: String, door: UInt8 = 1) -> [UInt8] {
        PseudoAnswer.slot(for: address, period: period, secret: secret(filled(door)))
    }
}
