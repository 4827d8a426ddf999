internal import Custody
internal import Agencies
internal import Forwarding
internal import Tips
internal import Verification

/// A case to read: what to do next, then what was written, then what the desk made of it.
struct OverviewPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let overview = try at.opened.overview()
        let texts = overview.parts.filter { $0.partClass != .evidence }
        let files = overview.parts.filter { $0.partClass == .evidence }
        var content = WorkPage(visit: at.visit, desk: at.desk).line + [next(overview)]
        for part in Self.inReadingOrder(texts) {
            content.append(try text(PartView(part: part), overview))
        }
        content += empty(texts)
        content += try HintsView(at: at).section()
        if !files.isEmpty { content.append(self.files(files, try at.opened.alikeFiles())) }
        if !overview.derivatives.isEmpty { content.append(made(overview)) }
        content += [consent(overview)]
        if !overview.questions.isEmpty { content.append(questions(overview)) }
        content += try LinksPage(at: at).standing()
        if !overview.rulings.all.isEmpty {
            content.append(
                .section(
                    "Decided", id: "decided", [DecidePage.standing(overview.rulings)]))
        }
        if let judgement = overview.judgement {
            content.append(self.judgement(judgement, overview))
        }
        if !overview.releases.isEmpty { content.append(releases(overview)) }
        if !overview.refused.isEmpty { content.append(refused(overview)) }
        return at.shown("Read", content)
    }

    func act() async throws(DeskError) -> Acted {
        guard at.visit.step == "examine" else { return .showsPage }
        guard try at.visit.console.beginExamining(at.opened) else {
            throw .notYet("Something else is being done already; look again when it has ended.")
        }
        return .goes(.open(at.tip, .overview))
    }

    /// Urgency first, then the story, then the rest as it came.
    private static func inReadingOrder(_ parts: [CaseOverview.Part]) -> [CaseOverview.Part] {
        parts.filter { !PartView(part: $0).isEmpty }
    }

    // MARK: what to do

    private func next(_ overview: CaseOverview) -> HTML {
        var steps: [HTML] = []
        switch overview.stage {
        case .toBeExamined:
            steps = [
                .link(at.to(.labels), "Say what each part contains"),
                .link(at.to(.judge), "Judge it"),
            ]
        case .assessed:
            steps = [.link(at.to(.release), "See what each office would get, and prepare it")]
        case .prepared, .beingSent:
            steps = [.link(at.to(.approve), "Read what would be sent, approve it, and send it")]
        case .rejected:
            steps = [.link(at.to(.decide), "Two persons rejected it: see why")]
        case .frozen: steps = [.link(at.to(.resume), "Look into it, and let it go on")]
        case .released, .recalled:
            steps = [.link(at.visit.to(.work), "Fetch: has an office answered?")]
        case .beingDestroyed, .unreadable: break
        }
        if at.opened.hasRecallPrepared {
            steps.append(.link(at.to(.approve), "A recall is prepared: approve it, and send it"))
        }
        steps += overview.questions.filter { $0.persons.count < 2 }.map {
            .link(at.to(.question($0.id)), "Question \($0.id) waits for a second person")
        }
        if overview.isDestroyable {
            steps.append(.link(at.to(.destroy), "Withdrawn with the right code word: destroy it"))
        }
        return .section("What to do next", id: "next", [.list(steps)])
    }

    // MARK: what was written

    private func text(
        _ view: PartView, _ overview: CaseOverview
    ) throws(DeskError) -> HTML {
        let made = overview.derivatives.filter { $0.original == view.part.payload }
        let links: [HTML] =
            made.map {
                .link(at.to(.derivative($0.payload)), "The \($0.kind.rawValue) beside it")
            }
            + (view.part.partClass == .withdrawal
                ? []
                : [
                    .link(
                        at.to(.derive(view.part.number)),
                        "Make a summary, redaction or translation of part \(view.part.number)"
                    )
                ])
            + [
                .link(
                    at.to(.trail, [("part", "\(view.part.number)")]),
                    "Who did what with part \(view.part.number)")
            ]
        return .section(
            .text(view.title), id: "part-\(view.part.number)",
            [
                try TranslationsView(at: at).content(view, made), view.facts, again(view),
                .element(.div, [.look("row")], [.list(links)]),
            ])
    }

    /// A text at which a worker ended can be read by another.
    private func again(_ view: PartView) -> HTML {
        guard case .unread = view.part.content else { return HTML() }
        return at.form(
            .overview, [Field.button("Let a worker read it again", step: "examine", look: "quiet")])
    }

    private func empty(_ parts: [CaseOverview.Part]) -> [HTML] {
        let empty = parts.filter { PartView(part: $0).isEmpty }
        guard !empty.isEmpty else { return [] }
        let names = empty.map { $0.partClass.title.lowercased() }.joined(separator: ", ")
        return [.note("Nothing was written about: \(names).")]
    }

    private func files(_ parts: [CaseOverview.Part], _ alike: [FileMatch]) -> HTML {
        .section(
            "Files", id: "files",
            [
                .p("\(parts.count) file(s). Nothing of them is shown before you ask for it."),
                .p(
                    .link(at.to(.links), "Are there files like these in other cases?"), " ",
                    "What is the same or looks alike is listed there."),
                examine(parts),
            ]
                + parts.map { part in
                    let view = PartView(part: part)
                    return .element(
                        .article, [.look("part")],
                        [
                            .element(
                                .h3, [.ownDirection],
                                [.text(part.name.isEmpty ? "A file" : part.name)]),
                            view.content, view.facts, likeOthers(part.number, alike),
                            .p(.link(at.to(.file(part.number)), "Look at part \(part.number)")),
                        ])
                })
    }

    /// Which other files of the case are the same as a file, or look like it.
    private func likeOthers(_ number: Int, _ alike: [FileMatch]) -> HTML {
        let others = alike.compactMap { match -> HTML? in
            guard match.here == number || match.there == number else { return nil }
            let other = match.here == number ? match.there : match.here
            return .text("\(match.likeness.words): ")
                + .link(at.to(.file(other)), "part \(other) of this case")
        }
        return others.isEmpty ? HTML() : .list(others)
    }

    /// The way to let workers look into what nobody has looked into yet.
    private func examine(_ files: [CaseOverview.Part]) -> HTML {
        let waiting = files.filter {
            guard case .original(_, _, .none) = $0.content else { return false }
            return true
        }
        guard !waiting.isEmpty else { return HTML() }
        return at.form(
            .overview,
            [
                .p(
                    "Nobody has looked into \(waiting.count) of them yet. Sandboxed workers do it, while you "
                        + "go on with something else."),
                Field.button("Look into them now", step: "examine", look: "quiet"),
            ])
    }

    private func made(_ overview: CaseOverview) -> HTML {
        .section(
            "Made at the desk", id: "made",
            [
                .list(
                    overview.derivatives.map { made in
                        let number =
                            overview.parts.first { $0.payload == made.original }?.number ?? 0
                        let page: CasePage =
                            made.kind == .safeCopy ? .file(number) : .derivative(made.payload)
                        return .link(
                            at.to(page),
                            "A \(made.kind.rawValue) of part \(number)")
                            + " · " + .foreign(made.note)
                    })
            ])
    }

    // MARK: what the desk knows and made of it

    private func consent(_ overview: CaseOverview) -> HTML {
        let may = overview.consents.map { consent -> HTML in
            .strong(.text(consent.office)) + " may have \(consent.words)"
        }
        let read = overview.readings.map { reading -> HTML in
            "\(reading.reader) read that \(reading.office) may have \(reading.words); this is not "
                + "consent before a second person has read the same"
        }
        let never = overview.never.map { office -> HTML in
            .badge("never", "badge danger") + " " + .strong(.text(office))
        }
        let all = never + may + read
        return .section(
            "Who may have it", id: "consent",
            [all.isEmpty ? .p("The reporter agreed to no office: nothing can go out.") : .list(all)]
        )
    }

    private func questions(_ overview: CaseOverview) -> HTML {
        .section(
            "Questions to the reporter", id: "questions",
            overview.questions.map { question in
                .element(
                    .article, [.look("part")],
                    [
                        .h3("Question \(question.id)"),
                        .words(question.text, language: question.language),
                        .note(
                            question.persons.count > 1
                                ? "By \(question.persons[0]), read by \(question.persons[1]): goes out with the next mailboxes"
                                : "By \(question.persons.first ?? ""), not read by a second person yet"
                        ),
                        question.persons.count > 1
                            ? HTML()
                            : .p(.link(at.to(.question(question.id)), "Read it and let it go")),
                    ])
            })
    }

    private func releases(_ overview: CaseOverview) -> HTML {
        .section(
            "What went out, and what came back", id: "released",
            recalling(overview)
                + overview.releases.map { release in
                    let answers = overview.answers.filter { $0.bundle == release.digest }
                    return .element(
                        .article, [.look("part")],
                        [
                            .h3(.text(release.office)),
                            release.isRecalled ? .p(.badge("recalled", "badge danger")) : HTML(),
                            .note(
                                "\(release.isReleased ? "Released" : "Prepared, not sent"), number \(release.number), \(release.kind), good until \(release.expires.words); approved by \(release.approvers.isEmpty ? "nobody yet" : release.approvers.joined(separator: " and "))"
                            ),
                            answers.isEmpty
                                ? .p(release.isReleased ? "No answer yet." : "")
                                : .list(
                                    answers.map {
                                        .text("\($0.hour.words): \($0.answer.words)")
                                            + ($0.reason.isEmpty ? "" : .words($0.reason))
                                    }),
                        ])
                })
    }

    private func recalling(_ overview: CaseOverview) -> [HTML] {
        let standing = overview.releases.contains {
            $0.isReleased && !$0.isRecalled && $0.notice?.recall == nil
        }
        return standing ? [.p(.link(at.to(.recall), "Recall it from offices…"))] : []
    }

    private func refused(_ overview: CaseOverview) -> HTML {
        .section(
            "Refused", id: "refused",
            [
                .p("Came in under this case’s name, and broke a rule. Nothing of it was taken."),
                .list(overview.refused.map { .text($0.why) }),
            ])
    }
}
