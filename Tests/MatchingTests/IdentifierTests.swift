import NativePrimitives
import Sealing
import Testing
import Tips

@testable import Matching

@Suite struct IdentifierTests {
    private func found(
        _ text: String, _ field: IdentifierScan.Field = .free
    ) -> Set<String> {
        Set(IdentifierScan(text, field, owner: .mentioned).found.map { "\($0.kind) \($0.value)" })
    }

    @Test("one telephone number, however it is typed, is one")
    func phones() {
        let china: Set = ["phone +8613800138000", "nationalPhone 13800138000"]
        for text in [
            "+86 138 0013 8000", "0086-138-0013-8000", "+86(138)00138000", "＋８６１３８００１３８０００",
            "打电话+8613800138000给他",
        ] {
            #expect(found(text) == china, "\(text)")
        }
        // Without the plus, 86 may be China or not.
        #expect(found("８６１３８００１３８０００") == china.union(["nationalPhone 8613800138000"]))
        #expect(found("他的电话13800138000。") == ["nationalPhone 13800138000"])
        let thai: Set = ["phone +66812345678", "nationalPhone 812345678"]
        for text in ["+66 81 234 5678", "+66 (0) 81-234-5678", "006681 234 5678"] {
            #expect(found(text, .contact) == thai, "\(text)")
        }
        #expect(found("โทร ๐๘๑-๒๓๔-๕๖๗๘") == ["nationalPhone 812345678"])
        #expect(found("၀၉ ၇၈၉ ၁၂၃ ၄၅၆") == ["nationalPhone 9789123456"])
        #expect(found("फ़ोन +९१ ९८७६५ ४३२१०") == ["phone +919876543210", "nationalPhone 9876543210"])
        #expect(found("+855 12 345 678") == ["phone +85512345678", "nationalPhone 12345678"])
        #expect(found("012 345 678", .contact) == ["nationalPhone 12345678"])
    }

    @Test("dates, sums and bits of words are no telephone numbers")
    func notPhones() {
        for text in [
            "on 2023-05-14", "20230514", "500000 baht", "room 4-12", "B12345678901234567890123",
            "ab81234567890", "12:30", "1", "+", "++", "+12",
        ] {
            #expect(found(text).allSatisfy { !$0.contains("hone") }, "\(text)")
        }
    }

    @Test("wallets are taken when their checksum is right")
    func wallets() {
        let good = [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        ]
        for address in good {
            #expect(found("USDT：\(address)。") == ["wallet \(address)"])
            // One letter wrong.
            var wrong = address
            wrong.removeLast()
            wrong += address.hasSuffix("3") ? "4" : "3"
            #expect(!found(wrong).contains { $0.hasPrefix("wallet") }, "\(wrong)")
        }
        #expect(
            found("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")
                == ["wallet bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"])
        #expect(
            found("0xdAC17F958D2ee523a2206206994597C13D831ec7")
                == ["wallet 0xdac17f958d2ee523a2206206994597c13d831ec7"])
        #expect(found("0xdAC17F958D2ee523a2206206994597C13D831ec").isEmpty)
    }

    @Test("accounts of networks: by a word before them, an @, or their address")
    func handles() {
        #expect(found("Telegram: @Boss_88") == ["handle telegram:boss_88", "handle @:boss_88"])
        #expect(found("contact https://t.me/Boss_88.") == ["handle telegram:boss_88"])
        #expect(found("他的微信号：wxid_ab12cd，快") == ["handle wechat:wxid_ab12cd"])
        #expect(found("加我微信abc_123") == ["handle wechat:abc_123"])
        #expect(found("Line ID: somchai99") == ["handle line:somchai99"])
        #expect(found("ไลน์ somchai99") == ["handle line:somchai99"])
        #expect(
            found("https://wa.me/8613800138000")
                == ["phone +8613800138000", "nationalPhone 13800138000"])
        #expect(found("facebook.com/recruit.kh?x=1") == ["handle facebook:recruit.kh"])
        // A word of a sentence is no name.
        #expect(found("He wrote on Telegram and then on Line again").isEmpty)
        #expect(found("他在微信 and left").isEmpty)
    }

    @Test("e-mail addresses and websites")
    func addresses() {
        #expect(found("HR@Lucky-Star.com,") == ["email hr@lucky-star.com"])
        #expect(
            found("see https://www.Lucky88.vip/jobs?id=1 and lucky-star.com.")
                == ["domain lucky88.vip", "domain lucky-star.com"])
        #expect(found("He left.Then he came. 3.5 million, v2.0, a.b").isEmpty)
        #expect(found("https://maps.app.goo.gl/Xyz").isEmpty)
        #expect(found("a@b@c.com @ x@ @y").isEmpty)
    }

    @Test("papers: in their field as they are, in free text by form or check digit")
    func papers() {
        #expect(found("E 12345678".replacing(" ", with: ""), .papers) == ["paper E12345678"])
        #expect(
            found("passport eb 1234567, 身份证11010519491231002X", .papers).isSuperset(
                of: ["paper 11010519491231002X"]))
        #expect(found("身份证号：１１０１０５１９４９１２３１００２x") == ["paper 11010519491231002X"])
        #expect(found("护照 EB1234567") == ["paper EB1234567"])
        #expect(found("my passport: m1234567") == ["paper M1234567"])
        // The check digit is wrong; then it is a card by its length only if that check holds.
        #expect(!found("110105194912310021").contains { $0.hasPrefix("paper") })
        #expect(found("room b12345").isEmpty)
    }

    @Test("bank accounts: in their field, after a word for one, or by the check digit of cards")
    func accounts() {
        #expect(found("银行卡号 6222021234567890128").contains("account 6222021234567890128"))
        #expect(found("bank account 012-3-45678-9").contains("account 0123456789"))
        #expect(found("KBank 0123456789", .accounts).contains("account 0123456789"))
        #expect(found("4111 1111 1111 1111") == ["account 4111111111111111"])
        #expect(found("4111 1111 1111 1112").isEmpty)
    }

    @Test("fields say whose an identifier is")
    func owners() {
        var perpetrators = PerpetratorsPart()
        perpetrators.people = ["阿强, 微信 qiang_888"]
        perpetrators.accounts = ["TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"]
        #expect(
            Identifier.all(in: .perpetrators(perpetrators)).map(\.value).sorted() == [
                "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "wechat:qiang_888",
            ])
        var reporter = ReporterPart()
        reporter.contact = "+66812345678"
        #expect(Identifier.all(in: .reporter(reporter)).map(\.owner) == [.reporter, .reporter])
        var person = PersonPart()
        var held = PersonPart.Held()
        held.papers = "E12345678"
        person.people = [held]
        #expect(
            Identifier.all(in: .person(person)) == [
                Identifier(kind: .paper, value: "E12345678", owner: .held)
            ])
    }

    @Test("keys are equal for equal identifiers, whoever owns them, under one key only")
    func keys() {
        let first = Identifier(kind: .phone, value: "+66812345678", owner: .perpetrator)
        let second = Identifier(kind: .phone, value: "+66812345678", owner: .reporter)
        let other = Identifier(kind: .account, value: "+66812345678", owner: .reporter)
        let key = secret(1)
        #expect(StrongKey(first, key: key).hash == StrongKey(second, key: key).hash)
        #expect(StrongKey(first, key: key) != StrongKey(second, key: key))
        #expect(StrongKey(first, key: key).hash != StrongKey(other, key: key).hash)
        #expect(StrongKey(first, key: key).hash != StrongKey(first, key: secret(2)).hash)
        let message = [UInt8]("sallyport.match/1\u{0}phone\u{0}+66812345678".utf8)
        let bytes = [UInt8](repeating: 1, count: 32)
        #expect(
            StrongKey(first, key: key).hash.bytes
                == NativePrimitives.hmacSHA256(key: bytes.span, message.span))
    }

    @Test("a hostile text gives no more than the limit")
    func limits() {
        let many = (0..<2000).map { "@name\($0)x" }.joined(separator: " ")
        var report = ReportPart()
        report.narrative = many
        #expect(Identifier.all(in: .report(report)).count == Identifier.limit)
        let digits = String(repeating: "1 ", count: 30_000)
        #expect(found(digits).isEmpty)
    }
}
