internal import Custody
internal import Tips
internal import Verification

/// A question to the reporter, written by one person.
struct AskPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        guard !at.opened.isDropped else {
            return at.shown(
                "Ask", [.p("No question can reach who sealed a text without the page.")])
        }
        return canBeSigned ? try confirmation() : try form()
    }

    /// Whether the next step is to sign what was written.
    private var canBeSigned: Bool {
        guard ["check", "sign"].contains(at.visit.step) else { return false }
        do throws(DeskError) {
            try at.opened.checkQuestion(at.fields["text"], language: at.fields["language"])
            return true
        } catch {
            return false
        }
    }

    func act() async throws(DeskError) -> Acted {
        switch at.visit.step {
        case "check":
            try at.opened.checkQuestion(at.fields["text"], language: at.fields["language"])
            return .showsPage
        case "sign":
            let id = try at.opened.ask(
                at.fields["text"], language: at.fields["language"], signer: at.visit.console.signer,
                passphrase: at.visit.passphrase)
            return at.goes(
                "Question \(id) is written. A second person must read it before it goes.")
        default: return .showsPage
        }
    }

    private func form() throws(DeskError) -> Shown {
        let phrases = PhrasesView(at: at)
        let typed = (text: at.fields["text"], language: at.fields["language"])
        let draft = at.fields.has("text") ? typed : try phrases.chosen() ?? typed
        return at.shown(
            "Ask",
            [
                .p(
                    "Assume that a captor reads it over the reporter’s shoulder: no names, nothing that "
                        + "shows what was sent, no promise. It goes out only after a second person has read "
                        + "it, with the next mailboxes."),
                try phrases.page(),
                at.form(
                    .ask,
                    [
                        Field.area(
                            "The question, in the reporter’s language", "text", draft.text,
                            hint: "At most 1,000 bytes: about 300 Chinese characters.", rows: 3,
                            language: LanguageTag.isValidOrEmpty(draft.language)
                                ? draft.language : "", isRequired: true),
                        Field.line(
                            "Its language", "language", draft.language,
                            hint: "A tag such as zh-Hans, vi, en.", limit: Limits.languageBytes),
                        Field.button("Look at it once more", step: "check"),
                    ]),
            ])
    }

    /// Exactly what is signed, and the passphrase.
    private func confirmation() throws(DeskError) -> Shown {
        let (text, language) = (at.fields["text"], at.fields["language"])
        let hidden = [Field.hidden("text", text), Field.hidden("language", language)]
        return at.shown(
            "Sign this question",
            [
                .p("You sign that this question may be put to the reporter of this case:"),
                .words(text, language: language),
                .note("Language: \(language.isEmpty ? "not said" : language)"),
            ] + PhrasesView.meaning(of: text, in: language) + [
                at.form(
                    .ask,
                    hidden + [
                        Field.passphrase(of: try at.person()),
                        Field.button("Sign it", step: "sign"),
                    ]),
                at.form(.ask, hidden + [Field.button("Change it", step: "edit", look: "quiet")]),
            ])
    }
}

/// The second person's reading of a question.
struct QuestionPage: ConsolePage {
    let at: CaseVisit
    let id: String

    init(at visit: CaseVisit, id: String) {
        at = visit
        self.id = id
    }

    func show() async throws(DeskError) -> Shown {
        guard let question = at.opened.question(id) else {
            throw .badInput("There is no question \(id) in this case.")
        }
        let person = try at.person()
        return at.shown(
            "Question \(id)",
            [
                .note("Written by \(question.persons.first ?? "") at \(question.hour.words)."),
                .words(question.text, language: question.language),
                .note("Language: \(question.language.isEmpty ? "not said" : question.language)"),
            ] + PhrasesView.meaning(of: question.text, in: question.language)
                + form(question, person))
    }

    private func form(_ question: CaseOverview.Question, _ person: String) -> [HTML] {
        if question.persons.count > 1 {
            return [.p("Read by \(question.persons[1]): it goes out with the next mailboxes.")]
        }
        if question.persons.contains(person) {
            return [.p("You wrote it; a second person must read it at their own console.")]
        }
        return [
            .p(
                "Would it harm the reporter if a captor read it? Does it say what was sent, or name "
                    + "anybody? You sign exactly the text above."),
            at.form(
                .question(id),
                [
                    Field.hidden("digest", question.digest.hex), Field.passphrase(of: person),
                    Field.button("Sign it and let it go", step: "sign"),
                ]),
        ]
    }

    func act() async throws(DeskError) -> Acted {
        guard at.opened.question(id)?.digest.hex == at.fields["digest"] else {
            throw .recomputationDiffers("the question is not the one that you read")
        }
        try at.opened.approveQuestion(
            id, signer: at.visit.console.signer, passphrase: at.visit.passphrase)
        return at.goes("Question \(id) goes out with the next mailboxes.")
    }
}
