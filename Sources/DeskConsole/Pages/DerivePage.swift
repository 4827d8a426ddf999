internal import Agencies
internal import Custody
internal import Tips
internal import Verification

/// A new text that can go where its original cannot; the original stays in sight.
struct DerivePage: ConsolePage {
    let at: CaseVisit
    let number: Int

    init(at visit: CaseVisit, number: Int) {
        at = visit
        self.number = number
    }

    private static let kinds: [(DerivativeKind, HTML)] = [
        (.redaction, "Redaction: the same text with passages covered"),
        (.summary, "Summary: a new text that says less"),
        (.translation, "Translation: a new text in another language"),
    ]

    func show() async throws(DeskError) -> Shown {
        let part = try at.opened.overview(ofPart: "\(number)")
        let view = PartView(part: part)
        return at.shown(
            "A new text",
            [
                .p(
                    "It is a new part with a digest of its own, beside the original, which stays as it "
                        + "came. Both persons read it whole before they sign a release. It can be taken back."
                ),
                .element(
                    .div, [.look("beside")],
                    [
                        .section(
                            .text("Original: \(view.title)"), id: "original",
                            [view.content, view.facts]),
                        .section("The new text", id: "new", [form]),
                    ]),
            ])
    }

    private var form: HTML {
        let fields = at.fields
        return at.form(
            .derive(number),
            [
                Field.choice(
                    "What it is", "kind", fields["kind"],
                    Self.kinds.map { ($0.0.rawValue, $0.1) }),
                Field.area(
                    "The new text", "text", fields["text"], rows: 14, language: fields["language"],
                    isRequired: true),
                Field.line(
                    "Its language", "language", fields.isEmpty ? "en" : fields["language"],
                    hint: "A tag such as en, th, zh-Hans.", limit: Limits.languageBytes),
                Field.line(
                    "How it was made, in words for the office", "note", fields["note"],
                    hint: "For example: summary without the place, by a person of the desk."),
                Field.boxes(
                    "The new text contains", "contains", fields.all("contains"),
                    PartClass.releasable.filter { $0 != .report }.map {
                        ($0.name, .text($0.contents))
                    }),
                Field.button("Keep this text", step: "derive"),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        guard let kind = DerivativeKind(rawValue: at.fields["kind"]), kind != .safeCopy else {
            throw .badInput("Choose what the new text is.")
        }
        guard LanguageTag.isValidOrEmpty(at.fields["language"]) else {
            throw .badInput("“\(at.fields["language"])” is not a language tag like zh-Hans.")
        }
        try at.opened.derive(
            from: "\(number)", kind: kind, text: at.fields["text"], language: at.fields["language"],
            note: at.fields["note"],
            contains: Set(at.fields.all("contains").compactMap(PartClass.init(name:))),
            by: try at.person())
        return at.goes("The \(kind.rawValue) is kept, beside its original.")
    }
}

/// A text made at the desk, beside what it was made from.
struct DerivativePage: ConsolePage {
    let at: CaseVisit
    let payload: Hash

    init(at visit: CaseVisit, payload: Hash) {
        at = visit
        self.payload = payload
    }

    func show() async throws(DeskError) -> Shown {
        let overview = try at.opened.overview()
        guard let made = overview.derivatives.first(where: { $0.payload == payload }),
            let part = overview.parts.first(where: { $0.payload == made.original })
        else { throw .badInput("This text was taken back, or never was in this case.") }
        let (text, language) = try at.opened.derivativeText(payload.hex)
        let view = PartView(part: part)
        let labels = made.labels.map(\.name).joined(separator: ", ")
        return at.shown(
            "A \(made.kind.rawValue) beside its original",
            [
                .element(
                    .div, [.look("beside")],
                    [
                        .section(
                            .text("Original: \(view.title)"), id: "original",
                            [view.content, view.facts]),
                        .section(
                            .text("The \(made.kind.rawValue)"), id: "made",
                            [
                                .words(text, language: language),
                                .note(.text("Contains \(labels) · \(made.note)")),
                            ]),
                    ]),
                at.form(
                    .derivative(payload),
                    [
                        .p(
                            "Taken back, it goes nowhere any more. What was released already stays released."
                        ),
                        Field.button("Take this text back", step: "withdraw", look: "quiet"),
                    ]),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        try at.opened.withdrawDerivative(payload.hex, by: try at.person())
        return at.goes("The text is taken back: it goes nowhere any more.")
    }
}
