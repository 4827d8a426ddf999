internal import Agencies
internal import Verification

/// Keeping one case from retention, and letting retention look at it again.
struct KeepPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        at.shown(
            "Keep it from retention",
            [
                .p(
                    "A legal hold keeps the case though it would be due to be destroyed, until somebody lifts "
                        + "it. It holds back retention only: a case that its reporter withdrew with the right code "
                        + "word can still be destroyed by two persons."),
                try due(), at.opened.legalHold.map(standing) ?? hold,
            ])
    }

    func act() async throws(DeskError) -> Acted {
        let why = at.fields["why"]
        switch at.visit.step {
        case "hold":
            try at.opened.holdLegally(why: why, by: try at.person())
            at.visit.console.retention.forget([at.tip])
            return at.goes("It is kept from retention.", to: .keep)
        case "lift":
            try at.opened.liftLegalHold(why: why, by: try at.person())
            at.visit.console.retention.forget([at.tip])
            return at.goes("It is not kept from retention any more.", to: .keep)
        default: return .showsPage
        }
    }

    private func due() throws(DeskError) -> HTML {
        guard at.opened.legalHold == nil, let grounds = try at.opened.retentionGrounds() else {
            return .p("It is not due to be destroyed.")
        }
        return Notice.warning(
            "It is due to be destroyed: \(grounds.words(at.desk.settings.retention)).")
    }

    private var hold: HTML {
        form("Why it is kept", "Keep it", step: "hold")
    }

    private func standing(_ why: String) -> HTML {
        .p("It is kept, because: ") + .words(why)
            + form("Why it is not kept any more", "Lift the legal hold", step: "lift")
    }

    private func form(_ label: HTML, _ button: HTML, step: String) -> HTML {
        at.form(
            .keep,
            [
                Field.area(label, "why", at.fields["why"], rows: 3, isRequired: true),
                Field.button(button, step: step),
            ])
    }
}
