internal import Agencies
internal import Custody
internal import Tips
internal import Verification

/// What a person decides about a case beside its judgement: what they found, its priority, that it is
/// held, and which office gets nothing of it.
struct DecidePage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    private var rulings: RulingView { at.opened.rulings }

    func show() async throws(DeskError) -> Shown {
        at.shown(
            "Decisions",
            [
                .p(
                    "Everything here needs a reason, and stays in “Who did what”. It orders the queue or "
                        + "keeps something back; it sends nothing."),
                Self.standing(rulings),
                .section("What you found", id: "found", findings),
                .section("How urgent it is", id: "urgent", [priority]),
                .section("Hold it", id: "hold", [hold]),
                .section("Keep it from an office", id: "withhold", withholding),
                .section(
                    "Keep it from retention", id: "keep",
                    [
                        at.opened.legalHold.map { .p("It is kept: ", .foreign($0)) }
                            ?? .p("Once nobody needs it any more, it is due to be destroyed."),
                        .p(.link(at.to(.keep), "Legal hold…")),
                    ]),
                .section(
                    "Reject it", id: "reject",
                    [
                        .p("A case that is not to be followed is rejected by two persons."),
                        .p(.link(at.to(.reject), "Reject this case…")),
                    ]),
            ])
    }

    /// What was decided and nobody has taken back.
    static func standing(_ rulings: RulingView) -> HTML {
        let words = rulings.all
        guard !words.isEmpty else { return .note("Nothing has been decided so far.") }
        return .list(
            words.map {
                .strong(.text($0.what)) + .text(" · \($0.person), \($0.hour.words): ")
                    + .foreign($0.why)
            })
    }

    // MARK: the forms

    private var findings: [HTML] {
        let find = form(
            [
                Field.select(
                    "I found that it", "finding", at.fields["finding"],
                    DeskFinding.allCases.map { ($0.rawValue, .text($0.found)) }),
                Field.area(
                    "What shows it", "find-why", at.fields["find-why"], rows: 2, isRequired: true),
                Field.button("Write it down", step: "find"),
            ])
        let standing = rulings.findings.map(\.finding)
        guard !standing.isEmpty else { return [find] }
        return [
            find,
            form(
                [
                    Field.select(
                        "Found before", "taken", at.fields["taken"],
                        standing.map { ($0.rawValue, .text($0.found)) }),
                    Field.area(
                        "Why it is taken back", "taken-why", at.fields["taken-why"], rows: 2,
                        isRequired: true),
                    Field.button("Take it back", step: "take-back", look: "quiet"),
                ]),
        ]
    }

    private var priority: HTML {
        form(
            [
                Field.select(
                    "The priority shall be", "level", at.fields["level"],
                    Priority.Level.allCases.map { ($0.name, .text($0.told)) }
                        + [("computed", "computed again, as the rules say")]),
                Field.area(
                    "Why this priority", "priority-why", at.fields["priority-why"], rows: 2,
                    isRequired: true),
                Field.button("Set the priority", step: "priority"),
            ])
    }

    private var hold: HTML {
        guard rulings.held == nil else {
            return .p(
                "It is held. ", .link(at.to(.resume), "Look into it, and let it go on"))
        }
        return form(
            [
                .p(
                    "Nothing is prepared, approved or sent until somebody lets it go on. Approvals count no "
                        + "more. What an office has fetched cannot be called back."),
                Field.area(
                    "Why it is held", "hold-why", at.fields["hold-why"], rows: 2,
                    isRequired: true),
                Field.button("Hold it", step: "hold"),
            ])
    }

    private var withholding: [HTML] {
        let kept = rulings.withheld.map(\.office)
        let others = at.desk.directory.offices.filter { !kept.contains($0.id.text) }
        return [
            others.isEmpty
                ? HTML()
                : office(
                    "withhold", "Keep it from", others.map { ($0.id.text, .text($0.name)) },
                    "Why this office gets nothing", "Keep it from this office"),
            kept.isEmpty
                ? HTML()
                : office(
                    "give-again", "Kept from", kept.map { ($0, .text($0)) },
                    "Why it may get something again", "Let it get something again"),
        ]
    }

    private func office(
        _ step: String, _ label: HTML, _ offices: [(value: String, words: HTML)], _ why: HTML,
        _ button: HTML
    ) -> HTML {
        form(
            [
                Field.select(label, step + "-office", at.fields[step + "-office"], offices),
                Field.area(
                    why, step + "-why", at.fields[step + "-why"], rows: 2, isRequired: true),
                Field.button(button, step: step),
            ])
    }

    private func form(_ content: [HTML]) -> HTML { at.form(.decide, content) }

    // MARK: what was sent

    func act() async throws(DeskError) -> Acted {
        let person = try at.person()
        let why = at.fields[whyField]
        switch at.visit.step {
        case "find":
            try at.opened.find(try finding("finding"), why: why, by: person)
            return at.goes("It is written down.", to: .decide)
        case "take-back":
            try at.opened.takeBack(try finding("taken"), why: why, by: person)
            return at.goes("It is taken back.", to: .decide)
        case "priority":
            try at.opened.setPriority(try level(), why: why, by: person)
            return at.goes("The priority is set.", to: .decide)
        case "hold":
            let told = try await at.opened.hold(
                why: why, over: try at.visit.console.link(at.desk), by: person)
            return at.goes("It is held.", [told], to: .decide)
        case "withhold":
            try at.opened.withhold(from: try office("withhold"), why: why, by: person)
            return at.goes("The office gets nothing of it.", to: .decide)
        case "give-again":
            try at.opened.giveAgain(to: try office("give-again"), why: why, by: person)
            return at.goes("The office may get something of it again.", to: .decide)
        default: return .showsPage
        }
    }

    private var whyField: String {
        at.visit.step == "take-back" ? "taken-why" : at.visit.step + "-why"
    }

    private func finding(_ name: String) throws(DeskError) -> DeskFinding {
        guard let finding = DeskFinding(rawValue: at.fields[name]) else {
            throw .badInput("Choose what was found.")
        }
        return finding
    }

    private func level() throws(DeskError) -> Priority.Level? {
        let name = at.fields["level"]
        if name == "computed" { return nil }
        guard let level = Priority.Level.allCases.first(where: { $0.name == name }) else {
            throw .badInput("Choose a priority.")
        }
        return level
    }

    private func office(_ step: String) throws(DeskError) -> OfficeID {
        guard let office = OfficeID(at.fields[step + "-office"]) else {
            throw .badInput("Choose an office.")
        }
        return office
    }
}

extension DeskFinding {
    /// After “I found that it”.
    fileprivate var found: String {
        switch self {
        case .minorAbuse: "shows the sexual abuse of a minor"
        case .torture: "shows torture"
        case .outAndSafe: "is over: whoever was held is out, and safe"
        case .saysFine: "says that all is well, which may be forced"
        }
    }
}

/// Rejecting a case, by two persons.
struct RejectPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let rulings = at.opened.rulings
        var content: [HTML] = [
            .p(
                "Two persons reject a case that is not to be followed. Nothing of it ever goes out then, and "
                    + "it leaves the queue unless something more of the reporter’s comes. Its files stay until "
                    + "its retention ends. The reporter’s mailbox shows nothing of it. This is final."
            )
        ]
        content += rulings.rejecters.map {
            .p(.strong(.text("\($0.person) signed it: ")), .foreign($0.why))
        }
        content.append(
            rulings.isRejected ? .p("It is rejected.") : try form())
        return at.shown("Reject", content)
    }

    private func form() throws(DeskError) -> HTML {
        at.form(
            .reject,
            [
                .p("You sign this decision: reject the tip ", .code(at.tip.hex), "."),
                Field.area(
                    "Why it is rejected", "why", at.fields["why"], rows: 3, isRequired: true),
                Field.passphrase(of: try at.person()),
                Field.button("Sign that it be rejected", step: "reject", look: "grave"),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        let isRejected = try await Rejection(
            at.desk, over: try at.visit.console.link(at.desk)
        ).run(
            at.tip, why: at.fields["why"], signer: at.visit.console.signer,
            passphrase: at.visit.passphrase)
        return isRejected
            ? at.goes("The case is rejected.")
            : at.goes("Signed. A second person must sign too.")
    }
}
