import Testing

@testable import Matching

@Suite struct ScriptsTests {
    @Test("the table of scripts agrees with the runtime's Script property on every letter")
    func table() {
        let pairs: [(WritingSystem, Regex<Substring>)] = [
            (.arabic, /\p{Script=Arabic}/), (.bengali, /\p{Script=Bengali}/),
            (.cyrillic, /\p{Script=Cyrillic}/), (.devanagari, /\p{Script=Devanagari}/),
            (.ethiopic, /\p{Script=Ethiopic}/), (.greek, /\p{Script=Greek}/),
            (.gujarati, /\p{Script=Gujarati}/), (.gurmukhi, /\p{Script=Gurmukhi}/),
            (.han, /\p{Script=Han}/), (.hangul, /\p{Script=Hangul}/),
            (.hiragana, /\p{Script=Hiragana}/), (.katakana, /\p{Script=Katakana}/),
            (.khmer, /\p{Script=Khmer}/), (.lao, /\p{Script=Lao}/), (.latin, /\p{Script=Latin}/),
            (.myanmar, /\p{Script=Myanmar}/), (.sinhala, /\p{Script=Sinhala}/),
            (.tamil, /\p{Script=Tamil}/), (.telugu, /\p{Script=Telugu}/),
            (.thai, /\p{Script=Thai}/), (.tibetan, /\p{Script=Tibetan}/),
            (.malayalam, /\p{Script=Malayalam}/), (.kannada, /\p{Script=Kannada}/),
            (.odia, /\p{Script=Oriya}/), (.hebrew, /\p{Script=Hebrew}/),
        ]
        var checked = 0
        // Every eleventh letter, so that this takes a second; both ends of a block differ by more.
        for value in stride(from: UInt32(0x41), to: 0xFFDD, by: 11) {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic,
                let system = WritingSystem.of(scalar),
                let regex = pairs.first(where: { $0.0 == system })?.1
            else { continue }
            checked += 1
            let character = String(scalar)
            // What Unicode calls common or inherited is in no script; the table need not know.
            if character.wholeMatch(of: /[\p{Script=Common}\p{Script=Inherited}]/) != nil {
                continue
            }
            #expect(
                character.wholeMatch(of: regex) != nil, "U+\(String(value, radix: 16)) \(system)")
        }
        #expect(checked > 3000)
    }

    @Test("a text's scripts are counted, the most used first")
    func counting() {
        let systems = WritingSystems(of: "他在 KK Park，မြဝတီ, เมียวดี 2023")
        #expect(systems.counts == [.han: 2, .latin: 6, .myanmar: 5, .thai: 7])
        #expect(systems.inOrder == [.thai, .latin, .myanmar, .han])
        #expect(WritingSystems(of: "2023-05 ☎ 🙏").counts.isEmpty)
        #expect(WritingSystems(of: "አበበ Đức ਸਿੰਘ محمد").inOrder.count == 4)
    }

    @Test("folding takes away what people type differently without meaning it")
    func folding() {
        #expect(FoldedText.hasHanTable)
        for (typed, folded) in [
            ("ＫＫ　Ｐａｒｋ", "kk park"), ("KK園區", "kk园区"), ("Nguyễn Văn Đức", "nguyen van duc"),
            ("Łódź—STRASSE", "lodz strasse"), ("၁၂๓४٥", "12345"), ("ﬁne", "fine"),
            ("a\u{200B}b\u{AD}c", "abc"), ("မြဝတီ", "မြဝတီ"), ("  x,,y  ", "x y"), ("…", ""),
        ] {
            #expect(FoldedText.string(typed) == folded)
        }
        // Vowel signs are letters.
        #expect(FoldedText.string("ที่") != FoldedText.string("ท"))
        #expect(FoldedText.string("राजेश") == "राजेश")
    }
}
