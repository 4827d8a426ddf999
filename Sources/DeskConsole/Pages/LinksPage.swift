internal import Custody
internal import Tips
internal import Verification

/// Cases that may be about the same people, and those that the case is linked to.
struct LinksPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let links = try at.desk.links(of: at.tip)
        let proposals = try at.opened.proposals()
        return at.shown(
            "Cases like this one",
            [
                .p(
                    "A machine’s opinion, for you to check: read both before you link them. A planted "
                        + "tip can name whoever it likes. A link changes nothing else, and no sender and "
                        + "no office learns of it.")
            ] + standing(links) + [
                .section("May belong to it", id: "alike", alike(proposals))
            ])
    }

    /// The links of the case, for its page; nothing when there are none.
    func standing() throws(DeskError) -> [HTML] { standing(try at.opened.links()) }

    private func standing(_ links: [CaseLink]) -> [HTML] {
        guard !links.isEmpty else { return [] }
        return [
            .section(
                "Linked to \(links.count) other case(s)", id: "linked",
                [
                    .list(
                        links.map { link in
                            .link(at.visit.to(.open(link.other, .overview)), name(link.other))
                                + " · " + .foreign(link.reason)
                                + " · \(link.person), \(link.hour.words) · "
                                + .link(
                                    at.to(.link(link.other)),
                                    "Look at this link, or undo it: \(shortName(link.other))")
                        })
                ])
        ]
    }

    private func alike(_ proposals: LinkProposals) -> [HTML] {
        let found: HTML =
            proposals.list.isEmpty
            ? .p("Nothing like it was found. That says nothing about the case.")
            : .all(proposals.list.map(proposal))
        return [found] + proposals.remarks.map { .note(.text("\($0).")) }
    }

    private func proposal(_ proposal: LinkProposal) -> HTML {
        .element(
            .article, [.look("part")],
            [
                .h3(
                    .link(at.visit.to(.open(proposal.tip, .overview)), name(proposal.tip))
                        + " " + .badge(proposal.strength.words)),
                .list(
                    proposal.reasons.map { .foreign($0) }
                        + proposal.files.map { file($0, proposal.tip) }),
                .p(
                    .link(
                        at.to(.link(proposal.tip)),
                        "Link it, with a reason: \(shortName(proposal.tip))")),
            ])
    }

    /// Two files, each with the way to it.
    private func file(_ match: FileMatch, _ other: TipID) -> HTML {
        .text("\(match.likeness.words): ")
            + .link(at.to(.file(match.here)), "part \(match.here) here") + ", "
            + .link(
                at.visit.to(.open(other, .file(match.there))),
                "part \(match.there) of case \(shortName(other))")
    }

    private func name(_ tip: TipID) -> HTML { "Case \(shortName(tip))" }
}

/// The link between two cases: made, or taken back, with a reason.
struct LinkPage: ConsolePage {
    let at: CaseVisit
    let other: TipID

    init(at visit: CaseVisit, other: TipID) {
        at = visit
        self.other = other
    }

    func show() async throws(DeskError) -> Shown {
        let standing = try at.desk.links(of: at.tip).first { $0.other == other }
        let way: HTML = .p(
            .link(
                at.visit.to(.open(other, .overview)), "Read case \(shortName(other)) first"))
        guard let standing else { return at.shown("Link to case \(shortName(other))", [way, new]) }
        return at.shown(
            "Link to case \(shortName(other))",
            [
                way,
                .p(.text("Linked by \(standing.person), \(standing.hour.words), because:")),
                .words(standing.reason), undo,
            ])
    }

    private var new: HTML {
        form(
            "Why they belong together", "Link them", step: "link",
            hint: "Say why, not what the other case says: it stays when that case is destroyed.")
    }

    private var undo: HTML {
        form(
            "Why they do not belong together", "Undo this link", step: "unlink",
            hint: "Who made the link, and who undid it, stays in both cases.")
    }

    private func form(_ label: HTML, _ button: HTML, step: String, hint: HTML) -> HTML {
        at.form(
            .link(other),
            [
                Field.area(
                    label, "reason", at.fields["reason"], hint: hint, rows: 3, isRequired: true),
                Field.button(button, step: step),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        let linked = try OpenedCase(other, of: at.desk)
        let (reason, person) = (at.fields["reason"], try at.person())
        switch at.visit.step {
        case "link":
            try at.opened.link(to: linked, reason: reason, by: person)
            return at.goes("Linked to case \(shortName(other)).", to: .links)
        case "unlink":
            try at.opened.unlink(from: linked, reason: reason, by: person)
            return at.goes("No longer linked to case \(shortName(other)).", to: .links)
        default: return .showsPage
        }
    }
}
