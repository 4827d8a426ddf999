internal import Custody
internal import Tips
internal import Verification

/// Letting a safe copy go where its original cannot, and taking that back.
struct OfferView {
    let at: CaseVisit
    let part: Int
    let copy: CaseOverview.Copy

    /// The section of the file's page: what stands, or the form.
    func section() throws(DeskError) -> HTML {
        let standing = try at.opened.overview().derivatives.first { $0.payload == copy.payload }
        return .section(
            .text("Let copy \(copy.number) go to offices"), id: "offer",
            standing.map(offered) ?? [form])
    }

    private func offered(_ made: CaseOverview.Derivative) -> [HTML] {
        [
            .p(
                "It can go where the original cannot: it contains ",
                .text(made.labels.map(\.name).joined(separator: ", ")), "."),
            .p(.foreign(made.note)),
            at.form(
                .file(part),
                [
                    .p("Taken back, it goes nowhere any more. What was released stays released."),
                    Field.hidden("copy", "\(copy.number)"),
                    Field.button("Take this copy back", step: "take-back", look: "quiet"),
                ]),
        ]
    }

    private var form: HTML {
        let fields = at.fields
        return at.form(
            .file(part),
            [
                .p(
                    "A copy has no metadata, but it shows what the original shows: look at all of it first, "
                        + "and say what it contains. Both persons read the release before they sign it."
                ),
                Field.hidden("copy", "\(copy.number)"),
                Field.boxes(
                    "The copy contains", "contains", fields.all("contains"),
                    PartClass.releasable.filter { $0 != .evidence }.map {
                        ($0.name, .text($0.contents))
                    }),
                Field.line(
                    "How it was made, in words for the office", "note",
                    fields.has("note") ? fields["note"] : Self.usualNote),
                Field.box(
                    "seen", "yes", "I have looked at all of it", isOn: fields.has("seen", "yes")),
                Field.button("Let it go where the original cannot", step: "offer"),
            ])
    }

    private static let usualNote =
        "made from what can be seen or heard of the original; without its metadata"

    /// Does what was sent from here.
    func act() throws(DeskError) -> Acted {
        let page = CasePage.file(part)
        if at.visit.step == "take-back" {
            try at.opened.withdrawDerivative(copy.payload.hex, by: try at.person())
            return at.goes("The copy is taken back: it goes nowhere any more.", to: page)
        }
        guard at.fields.has("seen", "yes") else {
            throw .badInput("Look at all of the copy first, and say so.")
        }
        try at.opened.offerCopy(
            copy.number, ofPart: "\(part)", note: at.fields["note"],
            contains: Set(at.fields.all("contains").compactMap(PartClass.init(name:))),
            by: try at.person())
        return at.goes("The copy can go where its original cannot.", to: page)
    }
}
