internal import Tips
internal import Verification

/// Fetching from dispatch and writing mailboxes, in the background, and what came of what was begun.
struct WorkPage: ConsolePage {
    let visit: Visit
    let desk: Desk

    func show() async throws(DeskError) -> Shown {
        Shown(
            title: "Fetch and send",
            content: [.h1("Fetch and send")] + standing + [
                .section(
                    "Fetch", id: "fetch",
                    [
                        .p(
                            "Brings new tips, what reporters sent since, offices’ answers, and entries of the "
                                + "custody log."),
                        form("fetch", "Fetch now"),
                    ]),
                .section(
                    "Mailboxes", id: "mailboxes",
                    [
                        .p(
                            "Writes every reporter’s mailbox anew, all at once, so that nobody can see whom the "
                                + "desk wrote to. Questions that two persons have signed go out with it."
                        ),
                        form("publish", "Write all mailboxes"),
                    ]),
                .section("The way to dispatch", id: "way", [way]),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        let begins: Bool
        switch visit.step {
        case "fetch": begins = visit.console.beginFetch()
        case "publish": begins = visit.console.beginPublishing()
        default: return .showsPage
        }
        guard begins else {
            throw .notYet("Something else is being done already; look again when it has ended.")
        }
        return .goes(.work)
    }

    private var way: HTML {
        if let carried = visit.console.carried {
            return .p("A folder that is carried: ", .code(carried), ". The network is not used.")
        }
        return .p("The network: ", .code(desk.settings.dispatch), ".")
    }

    private func form(_ step: String, _ words: HTML) -> HTML {
        visit.form(.work, [Field.button(words, step: step)])
    }

    /// Where the work stands, for this page.
    private var standing: [HTML] {
        switch visit.console.work.standing {
        case .idle: []
        case .running: line
        case .ended(let title, let lines, let problem):
            if let problem {
                [Notice.problem(problem, visit)]
            } else {
                [
                    Notice.done(
                        Told(
                            words: "\(title): done.", lines: lines.isEmpty ? ["nothing new"] : lines
                        ))
                ]
            }
        }
    }

    /// One line for other pages: what is being done, or that something failed.
    var line: [HTML] {
        switch visit.console.work.standing {
        case .idle: []
        case .running(let title, let progress):
            [
                .element(
                    .div, [.look("notice"), .role("status")],
                    [
                        .p(
                            .text("\(title): \(progress). "),
                            .link(visit.to(visit.path), "Look again"))
                    ])
            ]
        case .ended(let title, _, let problem):
            [
                .element(
                    .p, [.look("note")],
                    [
                        .text(problem == nil ? "\(title): done. " : "\(title): NOT done. "),
                        .link(visit.to(.work), "What came of it"),
                    ])
            ]
        }
    }
}

extension Console {
    /// Begins to fetch everything that waits; false when something else is being done.
    func beginFetch() -> Bool {
        work.begin("Fetching") { [self] in
            let desk = try desk()
            let link = try link(desk)
            let report = try await Pull(desk, over: link).run { work.tell($0) }
            let answers = try await Sync(desk, over: link).run()
            let troubles = report.troubles.map { "NOT TAKEN: \($0)" }
            return troubles + report.lines + answers
        }
    }

    /// Begins to write all mailboxes; false when something else is being done.
    func beginPublishing() -> Bool {
        work.begin("Writing all mailboxes") { [self] in
            let desk = try desk()
            let done = try await Mailboxes(desk, over: try link(desk)).publish()
            return ["batch \(done.number): \(done.slots) mailbox(es)"]
                + done.unread.map {
                    "case \($0.hex.prefix(12)) could not be read and has no mailbox in it"
                }
        }
    }

    /// Begins to send what two persons approved; false when something else is being done.
    func beginSending(_ opened: String) -> Bool {
        work.begin("Sending case \(opened.prefix(12))") { [self] in
            let desk = try desk()
            return try await ReleaseSending(try desk.openCase(opened), over: try link(desk)).run()
        }
    }
}
