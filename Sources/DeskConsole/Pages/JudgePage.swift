internal import Forwarding
internal import Tips
internal import Verification

/// The desk's judgement of a case.
struct JudgePage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let fields =
            at.fields.isEmpty ? Self.fields(of: try at.opened.overview().judgement) : at.fields
        return at.shown(
            "Judgement",
            [
                .p(
                    "The newest judgement counts; older ones stay in “Who did what”. A new one voids "
                        + "approvals that were given before."),
                at.form(
                    .judge,
                    [
                        Field.choice(
                            "How reliable is the source?", "source", fields["source"],
                            SourceReliability.allCases.map {
                                ($0.rawValue, .text("\($0.rawValue): \($0.words)"))
                            }),
                        Field.choice(
                            "How credible is the information?", "information",
                            fields["information"],
                            InformationCredibility.allCases.map {
                                ("\($0.rawValue)", .text("\($0.rawValue): \($0.words)"))
                            }),
                        Field.line(
                            "What the desk concludes, in one short line", "verdict",
                            fields["verdict"]),
                        Field.area(
                            "Why, in words for the office", "reason", fields["reason"],
                            hint: "Offices read this. The sentences below stay at the desk."),
                    ] + (try JudgementForm.shown(fields, at.opened)) + handling(fields) + [
                        Field.area(
                            "Notes, which stay at the desk", "notes", fields["notes"],
                            hint: "May be left empty."),
                        Field.button("Keep this judgement", step: "judge"),
                    ]),
            ])
    }

    private func handling(_ fields: FormFields) -> [HTML] {
        [
            Field.choice(
                "Who may see it (TLP)", "sharing", fields["sharing"],
                TrafficLight.allCases.map { ($0.rawValue, .text("\($0.rawValue): \($0.words)")) }),
            Field.choice(
                "What may be done (PAP)", "actions", fields["actions"],
                PermissibleActions.allCases.map {
                    ($0.rawValue, .text("\($0.rawValue): \($0.words)"))
                }),
            Field.group(
                "The place",
                [
                    Field.box(
                        "civilians", "yes", "People are held at the place: it must not be attacked",
                        isOn: fields.has("civilians", "yes"))
                ]),
            Field.area(
                "Further words on how to handle it", "caveat", fields["caveat"],
                hint: "May be left empty."),
        ]
    }

    func act() async throws(DeskError) -> Acted {
        guard let source = SourceReliability(rawValue: at.fields["source"]),
            let information = Int(at.fields["information"]).flatMap(
                InformationCredibility.init(rawValue:)),
            let sharing = TrafficLight(rawValue: at.fields["sharing"]),
            let actions = PermissibleActions(rawValue: at.fields["actions"])
        else {
            throw .badInput("Choose both grades, who may see it, and what may be done.")
        }
        let support = try JudgementForm.support(at.fields, at.opened)
        let judgement = Judgement(
            verdict: at.fields["verdict"],
            assessment: Assessment(
                source: source, information: information, reason: at.fields["reason"]),
            indicators: support.map(\.indicator),
            handling: Handling(
                sharing: sharing, actions: actions, caveat: at.fields["caveat"],
                civiliansHeldHere: at.fields.has("civilians", "yes")),
            support: support, elements: JudgementForm.elements(at.fields),
            corroboration: try JudgementForm.corroboration(at.fields),
            notes: at.fields["notes"])
        try at.opened.assess(judgement, by: try at.person())
        return at.goes("The judgement is kept.")
    }

    /// The form as the newest judgement fills it in, with the cautious choice where there is none.
    private static func fields(of judgement: Judgement?) -> FormFields {
        guard let judgement else {
            return FormFields([
                ("sharing", TrafficLight.amberStrict.rawValue),
                ("actions", PermissibleActions.amber.rawValue), ("sources", "0"),
            ])
        }
        let handling = judgement.handling
        return FormFields(
            [
                ("source", judgement.assessment.source.rawValue),
                ("information", "\(judgement.assessment.information.rawValue)"),
                ("verdict", judgement.verdict), ("reason", judgement.assessment.reason),
                ("sharing", handling.sharing.rawValue), ("actions", handling.actions.rawValue),
                ("caveat", handling.caveat), ("notes", judgement.notes),
                ("civilians", handling.civiliansHeldHere ? "yes" : "no"),
            ] + JudgementForm.fields(of: judgement))
    }
}
