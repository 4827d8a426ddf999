import Testing
import Tips

@testable import Matching

@Suite struct PhraseBookTests {
    @Test("every language of the page has a book, with the same questions in the same order")
    func complete() throws {
        let languages = ["en", "zh-Hans", "zh-Hant", "vi", "my", "am", "id", "th", "hi", "ur"]
        #expect(PhraseBook.builtIn.map(\.language) == languages)
        let english = try #require(PhraseBook.book(for: "en"))
        #expect(english.phrases.count == 29)
        for book in PhraseBook.builtIn {
            #expect(book.phrases.map(\.id) == english.phrases.map(\.id), "\(book.language)")
            #expect(book.language == "en" || book.status.contains("not yet read"))
        }
    }

    @Test("each question fits, is in its language's script, and was translated")
    func texts() {
        let scripts: [String: WritingSystem] = [
            "zh-Hans": .han, "zh-Hant": .han, "my": .myanmar, "am": .ethiopic, "th": .thai,
            "hi": .devanagari, "ur": .arabic,
        ]
        let english = PhraseBook.builtIn[0]
        for book in PhraseBook.builtIn {
            for phrase in book.phrases {
                #expect(phrase.text.utf8.count <= PhraseBook.questionBytes)
                let script = scripts[book.language] ?? .latin
                #expect(
                    WritingSystems(of: phrase.text).inOrder.first == script,
                    "\(book.language) \(phrase.id)")
                #expect(book.language == "en" || phrase.text != english[phrase.id]?.text)
                #expect(Zawgyi.verdict(phrase.text) != .zawgyi)
            }
        }
    }

    @Test("the two Chinese books say the same")
    func chinese() throws {
        let simplified = try #require(PhraseBook.book(for: "zh-Hans"))
        let traditional = try #require(PhraseBook.book(for: "zh-TW"))
        for (one, other) in zip(simplified.phrases, traditional.phrases) {
            let likeness = Set(FoldedText.scalars(one.text)).intersection(
                FoldedText.scalars(other.text))
            #expect(Double(likeness.count) > 0.6 * Double(Set(FoldedText.scalars(one.text)).count))
        }
    }

    @Test("a book is found by its tag, or by the language alone")
    func finding() {
        #expect(PhraseBook.book(for: "my-MM")?.language == "my")
        #expect(PhraseBook.book(for: "zh")?.language == "zh-Hans")
        #expect(PhraseBook.book(for: "zh-Hant-HK")?.language == "zh-Hant")
        #expect(PhraseBook.book(for: "EN")?.language == "en")
        #expect(PhraseBook.book(for: "fr") == nil)
        #expect(PhraseBook.book(for: "") == nil)
        #expect(PhraseBook.builtIn[0]["pay.nobody"]?.topic == "pay")
    }

    @Test("the reader refuses what is not a book")
    func reader() {
        for text in [
            #"{"language":"","status":"","questions":{}}"#, #"{"language":"en","status":""}"#,
            #"{"language":"en","status":"","questions":{"a":""}}"#,
            #"{"language":"en","status":"","questions":{"a":1}}"#,
            #"{"language":"en","status":"","questions":{"a":"x","a":"y"}}"#,
            #"{"language":"en","status":"","questions":{},"more":1}"#,
            #"{"language":"en","status":"","questions":{"a":""#
                + String(repeating: "x", count: 1001)
                + #""}}"#,
        ] {
            #expect(throws: JSONError.self) { _ = try PhraseBook([UInt8](text.utf8)) }
        }
    }
}
