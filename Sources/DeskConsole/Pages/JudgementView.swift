internal import Forwarding
internal import Verification

/// The desk's judgement as a case shows it.
extension OverviewPage {
    func judgement(_ judgement: Judgement, _ overview: CaseOverview) -> HTML {
        let handling = judgement.handling
        let corroboration = judgement.corroboration
        var facts: [(HTML, HTML)] = [
            ("Verdict", .words(judgement.verdict)),
            (
                "Admiralty grade",
                "\(judgement.grade): source \(judgement.assessment.source.words); information \(judgement.assessment.information.words)"
            ),
            ("Why", .words(judgement.assessment.reason)),
            ("Indicators", indicators(judgement, overview)),
            (
                "Who else says it",
                .text(corroboration.words)
                    + (corroboration.note.isEmpty ? HTML() : .words(corroboration.note))
            ),
        ]
        if !judgement.elements.isEmpty {
            facts.append(("Trafficking in persons", .text(judgement.elements.words)))
        }
        if !corroboration.placeReason.isEmpty {
            facts.append(("The place on one source", .words(corroboration.placeReason)))
        }
        facts += [
            (
                "Handling",
                "\(handling.sharing.rawValue), \(handling.actions.rawValue)"
                    + (handling.civiliansHeldHere ? "; civilians are held here" : "")
            ),
            ("Further words", .words(handling.caveat)),
        ]
        if !judgement.notes.isEmpty { facts.append(("Notes", .words(judgement.notes))) }
        return .section(
            "The desk’s judgement", id: "judgement",
            [
                .element(
                    .dl, [],
                    facts.flatMap { [.element(.dt, [], [$0.0]), .element(.dd, [], [$0.1])] })
            ])
    }

    private func indicators(_ judgement: Judgement, _ overview: CaseOverview) -> HTML {
        guard !judgement.indicators.isEmpty else { return "none" }
        return .list(
            judgement.indicators.map { indicator in
                guard let shown = judgement.support.first(where: { $0.indicator == indicator })
                else { return .text(indicator.words) }
                return .text("\(indicator.words): ") + .foreign(shown.sentence)
                    + .text(" (\(overview.name(of: shown.part)))")
            })
    }
}
