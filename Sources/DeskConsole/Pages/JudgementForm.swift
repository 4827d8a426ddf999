internal import Verification

/// The part of the judgement's form that is about what was told: the sentences, the three elements,
/// and who else says the same.
enum JudgementForm {
    private static let list = "sentences"

    /// The fields.
    static func shown(_ fields: FormFields, _ opened: OpenedCase) throws(DeskError) -> [HTML] {
        [
            Field.suggestions(list, try opened.sentences()),
            indicators(fields), elements(fields),
            sources(fields, linked: try opened.linkedCases()),
        ]
    }

    private static func indicators(_ fields: FormFields) -> HTML {
        let hint: HTML =
            "Give beside each indicator the one sentence of the case that shows it, word for word: type "
            + "a few of its words and choose it, or paste it. Leave the others empty. One alone may "
            + "suffice."
        return Field.group(
            "Indicators of forced labour (ILO)",
            [.note(hint)]
                + ForcedLabourIndicator.allCases.map { indicator in
                    let name = self.name(indicator)
                    return Field.suggested(
                        .text(indicator.words), name, fields[name], from: list,
                        limit: IndicatorSupport.sentenceLimit)
                })
    }

    private static func elements(_ fields: FormFields) -> HTML {
        Field.group(
            "Trafficking in persons (Palermo Protocol)",
            [
                .note(
                    "All three are needed: what was done, how, and what for. For a child no means is "
                        + "needed."),
                boxes("What was done", "acts", fields, PalermoAct.allCases) { $0.words },
                boxes("How", "means", fields, PalermoMeans.allCases) { $0.words },
                boxes("What for", "purposes", fields, PalermoPurpose.allCases) { $0.words },
                Field.box(
                    "child", "yes", "Whoever is held is under 18",
                    isOn: fields.has("child", "yes")),
            ])
    }

    private static func boxes<Value: RawRepresentable<String>>(
        _ legend: HTML, _ name: String, _ fields: FormFields, _ values: [Value],
        _ words: (Value) -> String
    ) -> HTML {
        Field.boxes(
            legend, name, fields.all(name), values.map { ($0.rawValue, .text(words($0))) })
    }

    /// A linked case may be another source, or the same person once more: only people can say which.
    private static func sources(_ fields: FormFields, linked: Int) -> HTML {
        let links =
            linked == 0
            ? "" : " Linked to this case: \(linked). Are they other sources, or the same one?"
        return Field.group(
            "Who else says the same",
            [
                Field.number(
                    "How many other sources, independent of this one?", "sources",
                    fields["sources"], in: 0...Corroboration.sourceLimit,
                    hint: .text("0: this source alone.\(links)")),
                Field.area(
                    "Which they are, and what they say", "sourcesNote", fields["sourcesNote"],
                    hint: "Stays at the desk. May be left empty.", rows: 2),
                Field.area(
                    "Why the place may go to offices on this source alone", "placeReason",
                    fields["placeReason"],
                    hint: """
                        With 0 other sources no office gets the place unless you write here why it may. \
                        Whoever approves reads it.
                        """, rows: 2),
            ])
    }

    // MARK: what was filled in

    /// The indicators with a sentence, each tied to its part.
    static func support(
        _ fields: FormFields, _ opened: OpenedCase
    ) throws(DeskError) -> [IndicatorSupport] {
        try opened.support(
            ForcedLabourIndicator.allCases.map { ($0, fields[name($0)]) }
                .filter { !$0.1.isEmpty })
    }

    /// The elements that were ticked.
    static func elements(_ fields: FormFields) -> PalermoElements {
        PalermoElements(
            acts: PalermoAct.allCases.filter { fields.has("acts", $0.rawValue) },
            means: PalermoMeans.allCases.filter { fields.has("means", $0.rawValue) },
            purposes: PalermoPurpose.allCases.filter { fields.has("purposes", $0.rawValue) },
            isChild: fields.has("child", "yes"))
    }

    /// The count, and its words.
    static func corroboration(_ fields: FormFields) throws(DeskError) -> Corroboration {
        guard let sources = Int(fields["sources"]) else {
            throw .badInput("Say how many other sources there are; 0 when there are none.")
        }
        return Corroboration(
            sources: sources, note: fields["sourcesNote"], placeReason: fields["placeReason"])
    }

    /// The fields as a judgement fills them in.
    static func fields(of judgement: Judgement) -> [(name: String, value: String)] {
        let elements = judgement.elements
        return judgement.support.map { (name($0.indicator), $0.sentence) }
            + elements.acts.map { ("acts", $0.rawValue) }
            + elements.means.map { ("means", $0.rawValue) }
            + elements.purposes.map { ("purposes", $0.rawValue) } + [
                ("child", elements.isChild ? "yes" : "no"),
                ("sources", "\(judgement.corroboration.sources)"),
                ("sourcesNote", judgement.corroboration.note),
                ("placeReason", judgement.corroboration.placeReason),
            ]
    }

    private static func name(_ indicator: ForcedLabourIndicator) -> String {
        "sentence-\(indicator.rawValue)"
    }
}
