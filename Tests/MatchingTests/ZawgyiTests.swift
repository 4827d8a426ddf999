import Foundation
import Testing

@testable import Matching

@Suite struct ZawgyiTests {
    /// Typed in Zawgyi, and what it says in Unicode.
    static let zawgyi: [(typed: String, unicode: String)] = [
        ("ျမန္မာႏိုင္ငံ", "မြန်မာနိုင်ငံ"),
        ("ေကာင္းပါတယ္", "ကောင်းပါတယ်"),
        ("ရန္ကုန္", "ရန်ကုန်"),
        ("ကြၽန္ေတာ္", "ကျွန်တော်"),
        ("မင္းေအာင္", "မင်းအောင်"),
        ("ေရႊကုကၠိဳ", "ရွှေကုက္ကို"),
        ("ေငြေတာင္းေနတယ္", "ငွေတောင်းနေတယ်"),
        ("အလုပ္ေပးမယ္ဆိုၿပီး ေခၚသြားတာပါ။", "အလုပ်ပေးမယ်ဆိုပြီး ခေါ်သွားတာပါ။"),
        ("သူ႔ဖုန္းကို သိမ္းထားတယ္။", "သူ့ဖုန်းကို သိမ်းထားတယ်။"),
        ("ကြၽန္ေတာ့္သားကို ျမဝတီကို ေခၚသြားတယ္။", "ကျွန်တော့်သားကို မြဝတီကို ခေါ်သွားတယ်။"),
        ("လူကုန္ကူးခံရတဲ့ ညီမေလးကို ကယ္ေပးပါ။", "လူကုန်ကူးခံရတဲ့ ညီမလေးကို ကယ်ပေးပါ။"),
        ("ရဲစခန္းမွာ တိုင္ထားတယ္။", "ရဲစခန်းမှာ တိုင်ထားတယ်။"),
    ]

    /// Words of the same kind in Unicode.
    static let unicode = [
        "မြန်မာနိုင်ငံ", "ကောင်းပါတယ်", "ရန်ကုန်", "ကျွန်တော်", "မင်းအောင်", "ရွှေကုက္ကို",
        "ငွေတောင်းနေတယ်", "သူ့ဖုန်းကို သိမ်းထားတယ်။", "ယောက်ျား", "အင်္ဂလိပ်", "ဗုဒ္ဓ", "ဩဂုတ်လ",
        "၎င်းကို ဖမ်းထားတယ်", "ဥက္ကဋ္ဌ", "ဝန်ထမ်း", "ပစ္စည်း", "ချောင်းသာ", "လက်ဖက်ရည်",
        "ညီမလေးကို ကယ်ပေးပါ။", "သတ္တဝါ", "မန္တလေး", "တိုက်ကြီး ၃ လုံး",
    ]
    /// Shan, Mon and S'gaw Karen in Unicode: names of places and languages, and everyday words.
    static let others = [
        "မိူင်းလႃး", "တႃႈၶီႈလဵၵ်း", "မိူင်းလိုမ်း", "လိၵ်ႈတႆး", "ၵႂၢမ်းတႆး", "ၽႃႇသႃႇတႆး", "ၵူၼ်းတႆး",
        "မႂ်ႇသုင်", "ႁဝ်းပဵၼ်ၵူၼ်းတႆး", "ၸႄႈတွၼ်ႈ", "ဝဵင်းတႃႈၵုင်ႈ", "ယူႇလီၵိၼ်ဝၢၼ်",
        "ဍုင်ကျာ်ပိ", "ဘာသာမန်", "အရေဝ်ဘာသာမန်", "ဍုင်မန်", "ပ္ဍဲဍုၚ်", "သၞာံ", "လၟုဟ်",
        "မွဲ ၜါ ပိ ပန် မသုန်", "တၚ်ဂုဏ်", "ကၠောန်", "ညးဂမၠိုၚ်", "ဗွဲမဂၠိုၚ်",
        "မၠၣ်ဝတံၣ်", "ကညီကျိာ်", "ပှၤကညီ", "သးခုကတၢၢ်", "တၢ်ဘၣ်သ့ၣ်ဘၣ်သး", "ဟးထီၣ်ဂ့ၤ", "ယအဲၣ်နၤ",
        "တၢ်ဂ့ၢ်", "ကီၢ်သူၣ်", "ထိက်တုဂ်ဓံင့်", "ဍုံမေဝ်ပ္တီ",
    ]

    @Test("Burmese typed in Zawgyi is seen, and converted", arguments: zawgyi)
    func seen(typed: String, unicode: String) {
        #expect(Zawgyi.verdict(typed) == .zawgyi)
        #expect(Zawgyi.reading(typed).unicode == unicode)
        #expect(Zawgyi.verdict(unicode) != .zawgyi)
    }

    @Test("Burmese in Unicode is not taken for Zawgyi", arguments: unicode)
    func burmese(_ text: String) {
        #expect(Zawgyi.verdict(text) != .zawgyi)
        #expect(Zawgyi.reading(text).unicode == text)
        #expect(MyanmarSyllables(text).misplaced == 0)
    }

    @Test("nor is Shan, Mon or Karen in Unicode", arguments: others)
    func neighbours(_ text: String) {
        #expect(MyanmarSyllables(text).misplaced == 0)
        #expect(Zawgyi.verdict(text) != .zawgyi)
        #expect(Zawgyi.reading(text).unicode == text)
    }

    @Test("whole sentences of Shan, Mon and S'gaw Karen stay as they are")
    func sentences() {
        for text in [
            "ၵူၼ်းတႆး ယူႇသဝ်းၼႂ်းမိူင်းတႆး လႄႈ မိူင်းထႆး",
            "ဘာသာမန် ဂှ် ဒှ် ဘာသာ မွဲ ပ္ဍဲ ကၠုၚ် အရေဝ် ညးမန် ဍုၚ်ဗမာ ကဵု ဍုၚ်သေံ",
            "ပှၤကညီဖိ အိၣ်ဝဲလၢ ကီၢ်ပယီၤပူၤ ဒီး ကီၢ်ကၠီၣ်တဲၣ်ပူၤန့ၣ်လီၤ",
            Self.others.joined(separator: " "),
        ] {
            #expect(Zawgyi.verdict(text) != .zawgyi)
            #expect(Zawgyi.reading(text).unicode == text)
        }
    }

    @Test("every text of the page: seen as Unicode, and in Zawgyi as Zawgyi and read back")
    func page() throws {
        var (read, undecided) = (0, 0)
        for text in try pageTexts("my") where WritingSystems(of: text).counts[.myanmar] ?? 0 > 12 {
            let verdict = Zawgyi.verdict(text)
            #expect(verdict != .zawgyi, "\(text)")
            if verdict == .undecided { undecided += 1 }
            let zawgyi = try #require(
                text.applyingTransform(StringTransform(rawValue: "my-Zawgyi"), reverse: false))
            guard zawgyi != text else { continue }
            let other = Zawgyi.reading(zawgyi)
            #expect(other.verdict != .unicode, "\(text)")
            if other.verdict == .undecided { undecided += 1 }
            read += 1
        }
        #expect(read > 150)
        // None was judged wrongly; a few of one or two words make sense both ways.
        #expect(undecided * 30 < 2 * read)
    }

    @Test("no text is Zawgyi without Burmese; short ones that can be both are undecided")
    func short() {
        for text in ["", "KK Park", "在妙瓦底", "เมียวดี", "123"] {
            #expect(Zawgyi.reading(text) == .init(verdict: .unicode, unicode: text))
        }
        // The same code points say "ke la" in Unicode and "kale" (a child) in Zawgyi.
        #expect(Zawgyi.verdict("ကေလး") == .undecided)
        #expect(Zawgyi.reading("ကေလး").unicode == "ကေလး")
        // Nothing would change.
        #expect(Zawgyi.verdict("သမီး") == .unicode)
    }

    @Test("lines of a text are read each by itself: people quote what others typed")
    func mixed() {
        let typed = "Help!\nကျွန်တော့်ကို ကူညီပါ။\nသူက ဒီလိုေရးတယ္ ေငြေတာင္းေနတယ္\n\nကေလး\n"
        let reading = Zawgyi.reading(typed)
        let lines = reading.unicode.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "Help!")
        #expect(lines[1] == "ကျွန်တော့်ကို ကူညီပါ။")
        #expect(lines[2] == "သူက ဒီလိုရေးတယ် ငွေတောင်းနေတယ်")
        #expect(lines.count == 6)
        #expect(Zawgyi.reading("ေငြေတာင္းေနတယ္\nကေလး").unicode == "ငွေတောင်းနေတယ်\nကလေး")
    }
}
