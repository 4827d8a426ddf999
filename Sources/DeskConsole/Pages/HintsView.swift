internal import Tips
internal import Verification

/// What a machine points out in a case's texts, and in its files beside what the tip says: to be
/// checked, never to be relied on.
struct HintsView {
    let at: CaseVisit

    /// The section of the case's page; nothing when nothing was found.
    func section() throws(DeskError) -> [HTML] {
        let groups = try at.opened.hintGroups()
        guard !groups.isEmpty else { return [] }
        let articles = groups.map { group in
            HTML.element(
                .article, [.look("part")],
                [
                    .h3(.text("Part \(group.number): \(group.partClass.title)")),
                    .list(group.lines.map { .element(.span, [.ownDirection], [.text($0)]) }),
                ])
        }
        return [
            .section(
                "What the program points out", id: "hints",
                [.note("A machine’s opinion, for you to check. Nothing of it is written down.")]
                    + articles)
        ]
    }

    /// Time and place of a file beside what the tip says, for the file's page.
    func claims(ofPart number: Int) throws(DeskError) -> [HTML] {
        let claims = try at.opened.fileClaims(ofPart: "\(number)")
        guard !claims.isEmpty else { return [] }
        let items = claims.flatMap { claim in
            [
                HTML.element(
                    .dt, [.ownDirection], [.text("\(claim.field): "), .strong(.text(claim.value))]),
                .element(
                    .dd, [],
                    [.list(claim.beside.map { .element(.span, [.ownDirection], [.text($0)]) })]),
            ]
        }
        return [
            .section(
                "Its time and place, beside the tip", id: "claims",
                [
                    .note(
                        "Fields can be wrong, and can be made to be wrong: a clock that was never set, a "
                            + "message that was passed on, a photo of a photo."),
                    .element(.dl, [], items),
                ])
        ]
    }
}
