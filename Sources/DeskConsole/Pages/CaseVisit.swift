internal import Agencies
internal import Tips
internal import Verification

/// A visit to a page of a case.
struct CaseVisit {
    let visit: Visit
    let desk: Desk
    let opened: OpenedCase

    var tip: TipID { opened.tip }
    var fields: FormFields { visit.fields }

    /// The page.
    func page(_ page: CasePage) -> any ConsolePage {
        switch page {
        case .overview: OverviewPage(at: self)
        case .labels: LabelsPage(at: self)
        case .judge: JudgePage(at: self)
        case .ask: AskPage(at: self)
        case .question(let id): QuestionPage(at: self, id: id)
        case .derive(let number): DerivePage(at: self, number: number)
        case .derivative(let payload): DerivativePage(at: self, payload: payload)
        case .file(let number): FilePage(at: self, number: number)
        case .copy(let name): FilePage(at: self, number: name.part)
        case .consent: ConsentPage(at: self)
        case .release: ReleasePage(at: self)
        case .approve: ApprovePage(at: self)
        case .resume: ResumePage(at: self)
        case .trail: TrailPage(at: self)
        case .decide: DecidePage(at: self)
        case .reject: RejectPage(at: self)
        case .keep: KeepPage(at: self)
        case .recall: RecallPage(at: self)
        case .links: LinksPage(at: self)
        case .link(let other): LinkPage(at: self, other: other)
        case .destroy: DestroyPage(visit: visit, desk: desk, tip: tip)
        }
    }

    /// The address of a page of this case.
    func to(_ page: CasePage, _ query: [(String, String)] = []) -> Place {
        visit.to(.open(tip, page), query)
    }

    /// A form of this case's page.
    func form(_ page: CasePage, _ content: [HTML]) -> HTML {
        visit.form(.open(tip, page), content)
    }

    /// After something was done in the case: to its page, which tells so.
    func goes(_ words: String, _ lines: [String] = [], to page: CasePage = .overview) -> Acted {
        .goes(.open(tip, page), Told(words: words, lines: lines))
    }

    /// The person behind the signing agent.
    ///
    /// - Throws: ``DeskError``.
    func person() throws(DeskError) -> String { try desk.person(visit.console.signer).text }

    /// Who is about to be shown something, for the case's journal.
    ///
    /// - Throws: ``DeskError``: nothing is shown to whom nobody knows.
    func reader() throws(DeskError) -> Reader { .person(try person()) }

    /// The newest checkpoint, so that office and desk can compare what the log showed them; a release
    /// is prepared without one when dispatch is down.
    func newestCheckpoint() async -> (String?, [String]) {
        do {
            return (try await visit.console.link(desk).checkpoint(), [])
        } catch {
            let why = Problem(DeskError(wrapping: error)).words
            return (nil, ["dispatch was not asked for its newest checkpoint: \(why)"])
        }
    }

    /// A page of the case, with the way to its other pages.
    func shown(_ title: String, _ content: [HTML]) -> Shown {
        let name = shortName(tip)
        return Shown(
            title: "\(title) · Case \(name)",
            content: [
                .element(
                    .p, [.look("where")],
                    [
                        "Case ", .strong(.text(name)), " · ",
                        .element(.span, [.ownDirection], [.text(opened.stage.told)]),
                    ]),
                navigation, .h1(.text(title)),
            ] + content)
    }

    private var navigation: HTML {
        var pages: [(CasePage, HTML)] = [
            (.overview, "Read"), (.labels, "Labels"), (.judge, "Judgement"),
            (.decide, "Decisions"), (.ask, "Ask"),
        ]
        if opened.isDropped { pages.append((.consent, "Consent")) }
        pages += [
            (.release, "What each office gets"), (.approve, "Approve and send"),
            (.links, "Cases like this one"), (.trail, "Who did what"),
        ]
        return .element(
            .nav, [.label("This case"), .look("tabs")],
            [
                .list(
                    pages.map { page, words in
                        .link(
                            to(page), words, visit.path == .open(tip, page) ? [.current] : [])
                    })
            ])
    }
}
