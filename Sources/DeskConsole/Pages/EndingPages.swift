internal import Custody
internal import Agencies
internal import Tips
internal import Verification

/// After a freeze: somebody has looked into it, and the case goes on.
struct ResumePage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        guard case .frozen(let why) = at.opened.stage else {
            return at.shown("Let it go on", [.p("This case is not frozen."), form])
        }
        return at.shown(
            "Let it go on",
            [
                .p("It is frozen: ", .foreign(why)),
                .p(
                    "People who hold someone may force them to withdraw. Find out first, without telling an "
                        + "office that it was a false alarm."),
                form,
            ])
    }

    private var form: HTML {
        at.form(
            .resume,
            [
                .p(
                    "This also lets bundles go on that no office has fetched yet, and that dispatch holds "
                        + "because something new arrived."
                ),
                Field.area("Why it goes on", "why", at.fields["why"], rows: 3, isRequired: true),
                Field.button("Let it go on", step: "resume"),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        try await at.opened.resume(
            why: at.fields["why"], over: try at.visit.console.link(at.desk), by: try at.person())
        return at.goes("The case goes on.")
    }
}

/// The end of a case, by two persons. The case itself may be unreadable by then.
struct DestroyPage: ConsolePage {
    let visit: Visit
    let desk: Desk
    let tip: TipID

    func show() async throws(DeskError) -> Shown {
        let person = try desk.person(visit.console.signer).text
        let opened = try? OpenedCase(tip, of: desk)
        let signed = (try? opened?.overview().destroyers) ?? []
        let warning = opened?.destroyWarning
        return Shown(
            title: "Destroy · Case \(shortName(tip))",
            content: [
                .h1("Destroy case \(shortName(tip))"),
                .p(
                    "Only a case whose reporter withdrew with the right code word can be destroyed, and only "
                        + "by two persons. With the second signature the case’s key and all its files go, here and "
                        + "at dispatch. Nobody can bring it back."),
                warning.map { warning in
                    .section(
                        "Not recalled yet", id: "not-recalled",
                        [
                            .p(.text(warning)),
                            .p(.link(visit.to(.open(tip, .recall)), "Recall it from offices…")),
                        ])
                } ?? HTML(),
                .p("You sign this decision: erase the tip ", .code(tip.hex), "."),
                signed.isEmpty
                    ? .p("Nobody has signed it yet.")
                    : .p("Signed by \(signed.joined(separator: " and "))."),
                visit.form(
                    .open(tip, .destroy),
                    [
                        Field.passphrase(of: person),
                        Field.button("Sign that it be destroyed", step: "destroy", look: "grave"),
                    ]),
                .p(.link(visit.to(.queue), "No, go back")),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        let isGone = try await Destruction(desk, over: try visit.console.link(desk)).run(
            tip, signer: visit.console.signer, passphrase: visit.passphrase)
        guard isGone else {
            return .goes(
                .open(tip, .overview), Told(words: "Signed. A second person must sign too."))
        }
        return .goes(.queue, Told(words: "Case \(shortName(tip)) is destroyed."))
    }
}

/// Who did what in a case, and when; all of it, or what concerned one part.
struct TrailPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let parts = try at.opened.overview().parts
        let chosen = Int(at.fields["part"]).flatMap { number in
            parts.first { $0.number == number }
        }
        let entries = at.opened.trail.filter { entry in
            chosen.map { entry.parts.contains($0.payload) } ?? true
        }
        return at.shown(
            "Who did what",
            [
                .p(
                    "Entries of the custody log are written by dispatch and can be checked by anybody who "
                        + "holds a proof; the others are the desk’s own journal. Who was shown something is "
                        + "written down before it is shown, once a day for each part."),
                filter(parts), table(entries),
            ])
    }

    private func filter(_ parts: [CaseOverview.Part]) -> HTML {
        let options =
            [("", HTML("The whole case"))]
            + parts.map {
                ("\($0.number)", HTML.text("Part \($0.number): \(PartView(part: $0).title)"))
            }
        return .element(
            .form, [.get, .action(at.to(.trail)), .look("row"), .label("Choose a part")],
            [
                Field.select("Of what", "part", at.fields["part"], options),
                Field.button("Show", look: "quiet"),
            ])
    }

    private func table(_ entries: [TrailEntry]) -> HTML {
        let head = ["Hour", "Who", "What"].map {
            HTML.element(.th, [.scope("col")], [.text($0)])
        }
        let rows = entries.map { entry in
            HTML.element(
                .tr, [],
                [
                    .element(.td, [], [.text(entry.hour.words)]),
                    .element(.td, [], [.text(entry.who)]),
                    .element(.td, [.ownDirection], [.text(entry.words)]),
                ])
        }
        return .element(
            .div,
            [.look("table"), .scrollable, .role("region"), .label("Who did what, hour by hour")],
            [
                .element(
                    .table, [],
                    [.element(.thead, [], [.element(.tr, [], head)]), .element(.tbody, [], rows)])
            ])
    }
}
