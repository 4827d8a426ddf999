internal import Examination
internal import Verification

/// One file that a reporter sent: first what was found in it, in words, and only then, and only when
/// asked for, a safe copy of it. The original itself is never shown.
struct FilePage: ConsolePage {
    let at: CaseVisit
    let number: Int

    init(at visit: CaseVisit, number: Int) {
        at = visit
        self.number = number
    }

    func show() async throws(DeskError) -> Shown {
        let part = try at.opened.overview(ofPart: "\(number)")
        guard case .original(_, _, let examination) = part.content else {
            throw .badInput("Part \(number) is a text: it is shown with the case.")
        }
        let view = PartView(part: part)
        return at.shown(
            "Part \(number), a file",
            [
                .p(.foreign(part.name.isEmpty ? "It has no name." : part.name)),
                .section("What was found in it", id: "found", view.found + [view.facts, ways]),
            ] + WorkPage(visit: at.visit, desk: at.desk).line
                + (try HintsView(at: at).claims(ofPart: number)) + (try await looking(examination)))
    }

    func act() async throws(DeskError) -> Acted {
        switch at.visit.step {
        case "never-render": return try neverShow()
        case "examine":
            guard try at.visit.console.beginExamining(at.opened, [number]) else {
                throw .notYet("Something else is being done already; look again when it has ended.")
            }
            return .goes(.open(at.tip, .file(number)))
        case "offer", "take-back":
            let copies = try at.opened.copies(ofPart: "\(number)")
            guard let copy = copies.first(where: { "\($0.number)" == at.fields["copy"] }) else {
                throw .badInput("There is no such copy of this part.")
            }
            return try OfferView(at: at, part: number, copy: copy).act()
        default: return .showsPage
        }
    }

    private func neverShow() throws(DeskError) -> Acted {
        try at.opened.markNeverRendered(part: "\(number)", by: try at.person())
        return at.goes(
            "Part \(number) is shown to nobody any more, and the case is frozen. Hand it to the body "
                + "in charge, as your rules say.")
    }

    private var ways: HTML {
        .element(
            .div, [.look("row")],
            [
                .list([
                    .link(at.to(.trail, [("part", "\(number)")]), "Who did what with this file"),
                    .link(at.to(.overview), "Back to the case"),
                ])
            ])
    }

    private func looking(
        _ examination: CaseOverview.Examination
    ) async throws(DeskError) -> [HTML] {
        switch examination {
        case .neverRendered:
            return [
                .section(
                    "To look at", id: "look",
                    [.p("It may show the sexual abuse of a minor: it is shown to nobody.")])
            ]
        case .none:
            return [.section("To look at", id: "look", notExamined), neverRender]
        case .report:
            let copies = try at.opened.copies(ofPart: "\(number)")
            let shown = copies.first { "\($0.number)" == at.fields["copy"] } ?? copies.first
            var sections = [
                HTML.section("To look at", id: "look", try await look(shown, of: copies))
            ]
            if let shown {
                sections.append(try OfferView(at: at, part: number, copy: shown).section())
            }
            return sections + [again, neverRender]
        }
    }

    private var notExamined: [HTML] {
        [
            .p("Nobody has looked into it yet, so there is nothing that is safe to show."),
            examine("Look into it now"),
        ]
    }

    private var again: HTML {
        .section(
            "Look into it again", id: "again",
            [
                .p(
                    "For example when the scanner could not say anything, or knows more by now. What was "
                        + "found before stays in “Who did what”."),
                examine("Look into it again"),
            ])
    }

    /// Sandboxed workers do it, in the background.
    private func examine(_ words: HTML) -> HTML {
        at.form(.file(number), [Field.button(words, step: "examine", look: "quiet")])
    }

    private func look(
        _ shown: CaseOverview.Copy?, of copies: [CaseOverview.Copy]
    ) async throws(DeskError) -> [HTML] {
        guard let shown else {
            return [
                .p("There is no safe copy of it: why is said above. The original stays sealed.")
            ]
        }
        let warning = Notice.warning(
            "It may be hard to see or to hear: violence, injuries, dead people. Look only if you have "
                + "to. Small and grey is easier, and you can stop at any moment.")
        return [warning] + choice(shown, of: copies)
            + (try await CopyView(at: at, part: number, copy: shown).content())
    }

    /// The copies of the files in an archive.
    private func choice(_ shown: CaseOverview.Copy, of copies: [CaseOverview.Copy]) -> [HTML] {
        guard copies.count > 1 else { return [] }
        let links = copies.map { copy in
            HTML.link(
                at.to(.file(number), [("copy", "\(copy.number)")]),
                .text("\(copy.number): \(copy.kind.words)")
                    + (copy.names.last.map { " " + .foreign($0) } ?? ""),
                copy.number == shown.number ? [.current] : [])
        }
        return [
            .p("\(copies.count) copies were made of what is in it:"),
            .element(.nav, [.label("Copies"), .look("copies")], [.list(links)]),
        ]
    }

    private var neverRender: HTML {
        .section(
            "If it may show the sexual abuse of a minor", id: "never-render",
            [
                .p(
                    "Then nobody looks at it any more, nothing of it goes to any office, and the case is "
                        + "frozen until it is handed to the body in charge. You need not be sure. Nobody can "
                        + "take that back."),
                at.form(
                    .file(number),
                    [Field.button("Never show it again", step: "never-render", look: "grave")]),
            ])
    }
}

extension SafeCopyFacts.Kind {
    /// The kind in a word or two.
    var words: String {
        switch self {
        case .picture: "a picture"
        case .document: "a document, page by page"
        case .film: "a film"
        case .sound: "a sound recording"
        case .text: "a text"
        }
    }
}
