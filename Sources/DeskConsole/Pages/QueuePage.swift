internal import Custody
internal import Tips
internal import Verification

/// All cases, the most urgent first, in pages.
struct QueuePage: ConsolePage {
    /// Cases on one page.
    static let pageSize = 50

    let visit: Visit
    let desk: Desk

    func show() async throws(DeskError) -> Shown {
        let snapshot = await visit.console.queue.snapshot(desk, on: visit.console.threads)
        let found = filtered(snapshot.entries)
        let last = max(1, (found.count + Self.pageSize - 1) / Self.pageSize)
        let page = min(max(1, Int(visit.fields["page"]) ?? 1), last)
        let shown = found.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize)
        var content: [HTML] = [.h1("Queue"), summary(snapshot, found.count)]
        content += status(snapshot)
        content += [filter, cases(Array(shown), from: (page - 1) * Self.pageSize + 1)]
        if last > 1 { content.append(pages(page, last)) }
        return Shown(title: "Queue", content: content)
    }

    private func filtered(_ entries: QueueKeeper.Entries) -> [QueueEntry] {
        let kind = CaseStage.Kind(rawValue: visit.fields["stage"])
        let priority = Int(visit.fields["priority"]).flatMap(Priority.Level.init(rawValue:))
        let chosen = kind == .rejected ? entries.rejected : entries.open
        guard kind != nil || priority != nil else { return chosen }
        return chosen.filter {
            (kind == nil || $0.stage.kind == kind)
                && (priority == nil || $0.priority?.level == priority)
        }
    }

    private func summary(_ snapshot: QueueKeeper.Snapshot, _ count: Int) -> HTML {
        let (open, urgent) = (snapshot.entries.open.count, snapshot.entries.urgentCount)
        return .p(
            "\(open) case(s), \(urgent) of them P0: somebody must look today. "
                + (count == open ? "" : "\(count) fit what you chose."))
    }

    private func status(_ snapshot: QueueKeeper.Snapshot) -> [HTML] {
        var notices: [HTML] = []
        if snapshot.isReading {
            notices.append(
                .element(
                    .div, [.look("notice"), .role("status")],
                    [
                        .p(
                            snapshot.entries.open.isEmpty
                                ? "Cases are still being read; the list may not be whole. "
                                : "The list is being brought up to date. ",
                            .link(visit.to(.queue), "Look again"))
                    ]))
        }
        if let problem = snapshot.problem { notices.append(Notice.problem(problem, visit)) }
        notices += WorkPage(visit: visit, desk: desk).line
        return notices
    }

    private var filter: HTML {
        let stages =
            [("", HTML("Any state"))]
            + CaseStage.Kind.allCases.map { ($0.rawValue, HTML.text($0.words)) }
        let priorities =
            [("", HTML("Any priority"))]
            + Priority.Level.allCases.map { ("\($0.rawValue)", HTML.text($0.told)) }
        return .element(
            .form, [.get, .action(visit.to(.queue)), .look("row"), .label("Choose cases")],
            [
                Field.select("State", "stage", visit.fields["stage"], stages),
                Field.select("Priority", "priority", visit.fields["priority"], priorities),
                Field.button("Show", look: "quiet"),
            ])
    }

    private func cases(_ entries: [QueueEntry], from number: Int) -> HTML {
        guard !entries.isEmpty else { return .p("There are no cases here.") }
        return .element(
            .ol, [.look("queue")],
            entries.map { entry in
                .element(.li, [.look("case")], [item(entry)])
            })
    }

    private func item(_ entry: QueueEntry) -> HTML {
        let link = HTML.element(
            .h2, [],
            [.link(visit.to(.open(entry.tip, page(entry))), "Case \(shortName(entry.tip))")])
        let reason = reason(entry)
        return .all(
            [link, marks(entry)]
                + (reason.isEmpty
                    ? [] : [.element(.p, [.ownDirection, .look("reason")], [.text(reason)])]) + [
                    .element(.p, [.look("note")], [.text(standing(entry))])
                ]
                + (entry.priority == nil
                    ? []
                    : [
                        .element(
                            .p, [.look("note"), .ownDirection], [.text("Why here: \(entry.reason)")]
                        )
                    ]))
    }

    private func page(_ entry: QueueEntry) -> CasePage {
        if case .beingDestroyed = entry.stage { .destroy } else { .overview }
    }

    private func marks(_ entry: QueueEntry) -> HTML {
        var words: [HTML] = []
        if let priority = entry.priority {
            let isGrave = priority.level == .p0 || priority.isOverdue
            let look: StaticString = isGrave ? "badge danger" : "badge"
            words.append(.badge(priority.words, look))
        }
        if entry.stage.kind != .broken {
            words += entry.danger.map { .badge($0.words, "badge danger") }
        }
        if !entry.deadline.isEmpty { words.append(.badge("by \(entry.deadline)", "badge danger")) }
        return .element(.p, [.look("badges")], words.flatMap { [$0, " "] })
    }

    private func reason(_ entry: QueueEntry) -> String {
        switch entry.stage {
        case .beingDestroyed: "Open it, and destroy it again."
        case .unreadable(let why): why
        default: entry.urgency
        }
    }

    private func standing(_ entry: QueueEntry) -> String {
        var words = entry.stage.told
        if let received = entry.received { words += " · came in \(received.words)" }
        if let last = entry.lastHour, last != entry.received || !entry.lastPerson.isEmpty {
            words += " · last change \(last.words)"
        }
        if !entry.lastPerson.isEmpty { words += " · last worked on by \(entry.lastPerson)" }
        return words
    }

    private func pages(_ page: Int, _ last: Int) -> HTML {
        func link(_ number: Int, _ words: HTML) -> HTML {
            .link(
                visit.to(
                    .queue,
                    [
                        ("stage", visit.fields["stage"]), ("priority", visit.fields["priority"]),
                        ("page", "\(number)"),
                    ]), words)
        }
        var items: [HTML] = []
        if page > 1 { items += [link(1, "First page"), link(page - 1, "Page before")] }
        items.append("Page \(page) of \(last)")
        if page < last { items += [link(page + 1, "Next page"), link(last, "Last page")] }
        return .element(.nav, [.label("Pages of the queue"), .look("row")], [.list(items)])
    }
}
