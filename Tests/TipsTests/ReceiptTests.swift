import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct ReceiptTests {
    private func parse(_ text: String) throws(ReceiptError) -> Receipt<P> {
        try Receipt(parsing: [UInt8](text.utf8).span)
    }

    private func text(_ receipt: borrowing Receipt<P>) -> String {
        receipt.formatted().withBytes { String(decoding: [UInt8](copying: $0), as: UTF8.self) }
    }

    /// The keys are those of Python's `hashlib.scrypt(b"12345678901234567890",
    /// salt=b"sallyport.receipt/1", n=2**15, r=8, p=1, dklen=96)`; the public key is that of
    /// `cryptography`, the picture that of HKDF written with `hmac`.
    @Test("a receipt's keys are scrypt's, as Python computes them")
    func golden() throws {
        let keys = try parse("1234 5678 9012 3456 7890").deriveKeys()
        #expect(
            keys.signer.key.hex
                == "b17264294ac6f8cc900ae9f68333d530254bd2bad6c221831723c9d43dae2667")
        #expect(
            keys.mailboxKey.withBytes { Hex.string([UInt8](copying: $0)) }
                == "305df858e786b93af586e0f8b890eefeea437338d461da3a66141e73706e62c6")
        #expect(
            keys.resumeSecret.withBytes { Hex.string([UInt8](copying: $0)) }
                == "1a1083f8e1d861f7511d6b97c54e1428d8d1b681754f2b1e56e7c74f777f4431")
        #expect(keys.picture.indices == [30, 7, 29])
        #expect(keys.picture.words == "kite, grapes, drum")
        #expect(
            keys.tipID().hex == "88015b828b083f018192cc5484d1427b2be76a65492e476871bf76b051aaaf71")
        #expect(
            keys.mailboxAddress().hex
                == "0ee78b64c4cc904de2bfc412457d76bed2312e51bb07c1c4f6399decd636eb5c")
    }

    @Test(
        "what is shown is read back, with spaces and hyphens or without",
        arguments: [
            "12345678901234567890", "1234-5678-9012-3456-7890", " 1 2345 678-901 23456-7890 ",
        ])
    func tolerant(_ typed: String) throws {
        #expect(text(try parse(typed)) == "1234 5678 9012 3456 7890")
    }

    @Test("anything else is refused, and says how many digits there were")
    func refused() {
        for (typed, digits) in [
            ("", 0), ("1234", 4), ("1234 5678 9012 3456 789", 19),
            ("1234 5678 9012 3456 7890 1", 21),
        ] {
            #expect(throws: ReceiptError.wrongLength(digits: digits)) {
                _ = try parse(typed)
            }
        }
        for typed in ["1234 5678 9012 3456 789O", "１２３４", "1234\n", "+1234"] {
            #expect(throws: ReceiptError.unexpectedCharacter) { _ = try parse(typed) }
        }
    }

    @Test("random receipts have 20 digits, each digit equally often")
    func random() {
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<50_000 {
            let shown = Receipt<P>.random().formatted().withBytes { [UInt8](copying: $0) }
            #expect(shown.count == 24)
            for byte in shown where byte != 0x20 { counts[Int(byte - 0x30)] += 1 }
        }
        // 100,000 expected of each, with a standard deviation of 300. Taking five bytes more than
        // a multiple of ten would shift them by 1,960.
        for count in counts { #expect((98_500...101_500).contains(count)) }
    }

    @Test("the 32 pictures are different, and one code point each")
    func pictures() {
        #expect(ReceiptPicture.symbols.count == 32)
        #expect(Set(ReceiptPicture.symbols.map(\.emoji)).count == 32)
        #expect(Set(ReceiptPicture.symbols.map(\.word)).count == 32)
        for symbol in ReceiptPicture.symbols { #expect(symbol.emoji.unicodeScalars.count == 1) }
    }

    @Test("keys without a receipt are new each time")
    func withoutReceipt() {
        #expect(ReceiptKeys<P>.random().signer.key != ReceiptKeys<P>.random().signer.key)
    }

    /// Python: `hashlib.scrypt(word, salt=b"sallyport.withdrawal/1"+salt, n=1024, r=8, p=1,
    /// dklen=32)`.
    @Test("a withdrawal's hash is scrypt's, and only the code word opens it")
    func withdrawal() throws {
        let lock = WithdrawalLock(
            salt: [UInt8](0..<16), logN: 10,
            hash: hex("b9f4a5bddd5eb8f53af0504b24f791af51efec233a8296de84c3ff1e17b959f8"))
        #expect(try opens(lock, " 蓝色的门  "))
        #expect(try !opens(lock, "红色的门"))
        let made = try WithdrawalLock.make(
            codeWord: [UInt8]("door".utf8).span, logN: 10, with: P.self)
        #expect(try opens(made, "door"))
        #expect(try !opens(made, "Door"))
    }

    private func opens(_ lock: WithdrawalLock, _ word: String) throws -> Bool {
        try lock.opens(with: [UInt8](word.utf8).span, P.self)
    }

    @Test("32 bytes are read from 64 lower-case digits only")
    func identifiers() {
        let text = String(repeating: "0a", count: 32)
        #expect(TipID(hex: text)?.hex == text)
        #expect(TipID(hex: text.uppercased()) == nil)
        #expect(TipID(hex: String(text.dropLast())) == nil)
        #expect(TipID([1]) == nil)
    }
}
