internal import Sealing
internal import Tips
internal import Custody
internal import Agencies
internal import NativePrimitives
internal import Verification

/// One request of the verifier: the page, and what was filled in.
struct Visit: Sendable {
    let console: Console
    let session: Sessions.Session
    let path: ConsolePath
    /// What was asked or sent; for a page whose form was kept, what was typed.
    private(set) var fields: FormFields
    private let body: FormBody?

    /// A visit of `path`; a `body` when something was sent.
    init(
        console: Console, session: Sessions.Session, path: ConsolePath, fields: FormFields,
        body: FormBody?
    ) {
        self.console = console
        self.session = session
        self.path = path
        self.fields = fields
        self.body = body
    }

    /// The passphrase that was typed; empty when none was.
    var passphrase: Secret { body?.passphrase() ?? Secret(count: 0) }

    /// The step that the pressed button names.
    var step: String { fields["step"] }

    /// The address of a page of this session.
    func to(_ path: ConsolePath, _ query: [(String, String)] = []) -> Place {
        Place(prefix: session.prefix, path, query)
    }

    /// A form of this session that goes to `path`.
    func form(_ path: ConsolePath, _ content: [HTML]) -> HTML {
        .element(
            .form, [.post, .action(to(path)), .noCompletion],
            [Field.hidden("token", session.token)] + content)
    }

    /// The page, or what comes after what was sent.
    func answer() async -> ConsoleAnswer {
        if case .open(let tip, .copy(let name)) = path {
            guard body == nil else { return .denied(.method) }
            return await CopyRequest(console: console, tip: tip, name: name).answer()
        }
        return body == nil ? await read() : await act()
    }

    private func read() async -> ConsoleAnswer {
        var visit = self
        if let kept = console.sessions.takeKept(path) { visit.fields = kept }
        do throws(DeskError) {
            let desk = try console.desk()
            let shown = try await visit.page(desk).show()
            return .page(visit.framed(shown, desk, nil), status: 200)
        } catch {
            return visit.failed(Problem(error))
        }
    }

    /// Does what was sent, and shows the same page again, filled in as it was, if that did not work.
    private func act() async -> ConsoleAnswer {
        if path == .lock {
            console.showNewAddress()
            return .page(Entry.locked, status: 200)
        }
        do throws(DeskError) {
            let desk = try console.desk()
            do throws(DeskError) {
                return try await acted(try await page(desk).act(), desk)
            } catch {
                let shown = try await page(desk).show()
                return .page(framed(shown, desk, Problem(error)), status: 409)
            }
        } catch {
            // Not even the page can be shown: what was typed waits for when it can.
            console.sessions.keep(.init(path: path, fields: fields))
            return failed(Problem(error))
        }
    }

    private func acted(_ done: Acted, _ desk: Desk) async throws(DeskError) -> ConsoleAnswer {
        switch done {
        case .showsPage:
            return .page(framed(try await page(desk).show(), desk, nil), status: 200)
        case .goes(let next, let told):
            if let told { console.sessions.tell(told) }
            return .goTo(to(next))
        }
    }

    private func page(_ desk: Desk) throws(DeskError) -> any ConsolePage {
        switch path {
        case .queue: QueuePage(visit: self, desk: desk)
        case .work, .lock: WorkPage(visit: self, desk: desk)
        case .offices: OfficesPage(visit: self, desk: desk)
        case .retention: RetentionPage(visit: self, desk: desk)
        case .about: AboutPage(visit: self, desk: desk)
        case .open(let tip, .destroy): DestroyPage(visit: self, desk: desk, tip: tip)
        case .open(let tip, let page):
            try opened(tip, page, desk).page(page)
        }
    }

    /// A case for one of its pages. Who will read its texts there is written down first.
    private func opened(
        _ tip: TipID, _ page: CasePage, _ desk: Desk
    ) throws(DeskError) -> CaseVisit {
        let visit = CaseVisit(visit: self, desk: desk, opened: try OpenedCase(tip, of: desk))
        if page.showsTexts { try visit.opened.lookAtTexts(by: try visit.reader()) }
        return visit
    }

    private func framed(_ shown: Shown, _ desk: Desk, _ problem: Problem?) -> HTML {
        var above: [HTML] = []
        if desk.hoursBehind > 0 {
            above.append(
                Notice.warning(
                    "This machine’s clock is at least \(desk.hoursBehind) hour(s) behind what the desk "
                        + "has seen. \(desk.now.words) is used. Set the clock right."))
        }
        if let told = console.sessions.takeTold() { above.append(Notice.done(told)) }
        if let problem { above.append(Notice.problem(problem, self)) }
        return PageFrame.page(
            title: (problem == nil ? "" : "Not done: ") + shown.title + " · Desk", visit: self,
            above + shown.content)
    }

    private func failed(_ problem: Problem) -> ConsoleAnswer {
        .page(
            PageFrame.page(
                title: "Not possible now · Desk", visit: self,
                [.h1("This is not possible now"), Notice.problem(problem, self)]), status: 503)
    }
}

/// What a page shows.
struct Shown {
    /// For the browser's title: nothing of what a reporter wrote.
    let title: String
    /// Everything below the notices.
    let content: [HTML]
}

/// What came of what was sent.
enum Acted {
    /// The same page shows the next step.
    case showsPage
    /// It is done; the next page tells so.
    case goes(ConsolePath, Told? = nil)
}

/// A page, for whoever looks at it and for what is sent from it.
protocol ConsolePage {
    /// The page, filled in with the fields of its visit.
    func show() async throws(DeskError) -> Shown
    /// Does what was sent.
    func act() async throws(DeskError) -> Acted
}

extension ConsolePage {
    func act() async throws(DeskError) -> Acted { .showsPage }
}
