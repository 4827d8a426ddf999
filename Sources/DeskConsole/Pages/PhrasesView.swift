internal import Matching
internal import Tips
internal import Verification

/// Questions that were thought about before, in the reporter's language beside their English, to
/// choose from.
struct PhrasesView {
    let at: CaseVisit

    /// The book that was chosen, or else that of the language in which the tip was written; nil when
    /// there is none of it.
    func book() throws(DeskError) -> PhraseBook? {
        let chosen = at.fields["book"]
        if !chosen.isEmpty { return PhraseBook.builtIn.first { $0.language == chosen } }
        return PhraseBook.book(for: try at.opened.overview().language)
    }

    /// The phrase that was chosen, as a question to be asked; nil when none was.
    func chosen() throws(DeskError) -> (text: String, language: String)? {
        guard let book = try book(), let phrase = book[at.fields["phrase"]] else { return nil }
        return (phrase.text, book.language)
    }

    /// The phrases, folded away until somebody wants them.
    func page() throws(DeskError) -> HTML {
        let book = try book()
        let isWanted = at.fields.has("book")
        return .element(
            .details, isWanted ? [.open] : [],
            [
                .element(.summary, [], ["Phrases that were thought about"]),
                languages(book), book.map(phrases) ?? .p("There is no book in the tip’s language."),
            ])
    }

    private func languages(_ book: PhraseBook?) -> HTML {
        let none = book == nil ? [("", HTML("Choose a language"))] : []
        return .element(
            .form, [.get, .action(at.to(.ask)), .look("row"), .label("Choose the language")],
            [
                Field.select(
                    "Language of the phrases", "book", book?.language ?? "",
                    none + PhraseBook.builtIn.map { ($0.language, .text($0.name)) }),
                Field.button("Show these phrases", look: "quiet"),
            ])
    }

    private func phrases(_ book: PhraseBook) -> HTML {
        let items = book.phrases.map { phrase in
            HTML.link(
                at.to(.ask, [("book", book.language), ("phrase", phrase.id)]),
                .text(phrase.english ?? phrase.text))
                + (phrase.english == nil || phrase.english == phrase.text
                    ? "" : .words(phrase.text, language: book.language))
        }
        return .all([
            Notice.warning(
                .text("\(book.name): \(book.status). Ask only what you or a colleague can read.")),
            .element(.ul, [.look("phrases")], items.map { .element(.li, [], [$0]) }),
        ])
    }

    /// What a question means in English, when it is word for word one of a book.
    static func meaning(of text: String, in language: String) -> [HTML] {
        guard let book = PhraseBook.builtIn.first(where: { $0.language == language }),
            let phrase = book.phrases.first(where: { $0.text == text }),
            let english = phrase.english, english != text
        else { return [] }
        return [
            .note(
                .text("In English, by the phrase book (\(book.status)): “\(english)”"))
        ]
    }
}

extension PhraseBook.Phrase {
    /// The same question in English.
    fileprivate var english: String? { PhraseBook.book(for: "en")?[id]?.text }
}

extension PhraseBook {
    /// The language's name in English.
    fileprivate var name: String {
        switch language {
        case "en": "English"
        case "zh-Hans": "Chinese, simplified"
        case "zh-Hant": "Chinese, traditional"
        case "vi": "Vietnamese"
        case "my": "Burmese"
        case "am": "Amharic"
        case "id": "Indonesian"
        case "th": "Thai"
        case "hi": "Hindi"
        case "ur": "Urdu"
        default: language
        }
    }
}

extension CaseOverview {
    /// The language in which the tip was written; "" when it does not say.
    var language: String {
        for part in parts {
            guard case .fields(let fields) = part.content else { continue }
            for field in fields where field.key == "language" {
                if case .text(let tag) = field.value, !tag.isEmpty { return tag }
            }
        }
        return ""
    }
}
