internal import Agencies
internal import Custody
internal import Tips
internal import Verification

/// What is due to be destroyed and why, for two persons to sign; and what is kept from that.
struct RetentionPage: ConsolePage {
    let visit: Visit
    let desk: Desk

    /// Most due cases on a page: each box is a decision, and nobody takes hundreds at a time.
    static let dueLimit = 50

    func show() async throws(DeskError) -> Shown {
        Shown(
            title: "Retention",
            content: [.h1("Retention")] + WorkPage(visit: visit, desk: desk).line
                + [.section("What is due, and when", id: "rules", rules)] + (try found()))
    }

    func act() async throws(DeskError) -> Acted {
        switch visit.step {
        case "look":
            guard visit.console.beginRetention() else {
                throw .notYet("Something else is being done already; look again when it has ended.")
            }
            return .goes(.retention)
        case "sign": return try await sign()
        default: return .showsPage
        }
    }

    // MARK: what is shown

    private var rules: [HTML] {
        let rules = desk.settings.retention
        return [
            .p(
                "Due is what nobody has worked on for \(rules.unopenedDays) days and has no sign of "
                    + "danger, and what every office that has it closed or declined, or two persons "
                    + "rejected, \(rules.closedDays) days ago. Never due: a case under legal hold, a frozen or "
                    + "held one, and one with a release that is prepared or on its way."),
            .p(
                "Looking opens every case. It changes nothing, and goes on while you do something else."
            ),
            visit.form(.retention, [Field.button("Look for what is due", step: "look")]),
        ]
    }

    private func found() throws(DeskError) -> [HTML] {
        guard let items = visit.console.retention.items else {
            return [.note("Nobody has looked since this console was started.")]
        }
        let due = items.filter { $0.grounds != nil }
        let held = items.filter { $0.grounds == nil }
        return [
            .section("Due", id: "due", due.isEmpty ? [.p("Nothing is due.")] : try form(due)),
            .section(
                "Kept by legal hold", id: "held",
                held.isEmpty ? [.p("No case is under legal hold.")] : [.list(held.map(kept))]),
        ]
    }

    private func form(_ due: [Retention.Item]) throws(DeskError) -> [HTML] {
        let person = try desk.person(visit.console.signer).text
        let shown = due.prefix(Self.dueLimit)
        let more = due.count - shown.count
        return [
            .p(
                "With the second person’s signature a case’s key and all its files go, here and at "
                    + "dispatch. Nobody can bring it back. Until then a legal hold keeps it."),
            more > 0
                ? .note("The \(shown.count) oldest of \(due.count); the others follow.") : HTML(),
            visit.form(
                .retention,
                [
                    Field.group(
                        "You sign that these be destroyed, each for itself",
                        shown.map { line($0, person) }),
                    Field.passphrase(of: person),
                    Field.button("Sign for the ticked cases", step: "sign", look: "grave"),
                ]),
        ]
    }

    private func line(_ item: Retention.Item, _ person: String) -> HTML {
        let name = "Case \(shortName(item.tip))"
        let words =
            "\(item.grounds?.words(desk.settings.retention) ?? ""); it came in \(item.received.words)"
            + (item.signed.isEmpty ? "" : "; signed by \(item.signed.joined(separator: " and "))")
        let box =
            item.signed.contains(person)
            ? .p("\(name): \(words). A second person must sign too.")
            : Field.box(
                "case", item.tip.hex, "\(name): \(words)",
                isOn: visit.fields.has("case", item.tip.hex))
        return box
            + .p(
                .link(
                    visit.to(.open(item.tip, .overview)), "Read case \(shortName(item.tip)) first"),
                " · ",
                .link(
                    visit.to(.open(item.tip, .keep)),
                    "Keep case \(shortName(item.tip)) from retention"))
    }

    private func kept(_ item: Retention.Item) -> HTML {
        .link(visit.to(.open(item.tip, .keep)), "Case \(shortName(item.tip))") + ": "
            + .foreign(item.hold ?? "")
    }

    // MARK: what was sent

    private func sign() async throws(DeskError) -> Acted {
        let tips = ticked
        guard !tips.isEmpty else { throw .badInput("No case is ticked: nothing was signed.") }
        let person = try desk.person(visit.console.signer).text
        let outcomes = try await Retention(desk).carryOut(
            tips, over: try visit.console.link(desk), signer: visit.console.signer,
            passphrase: visit.passphrase)
        return .goes(
            .retention,
            Told(
                words: "This came of it:",
                lines: outcomes.map { "case \(shortName($0.tip)): \(told($0, person))" }))
    }

    /// The ticked cases among those that were found due.
    private var ticked: [TipID] {
        let due = (visit.console.retention.items ?? []).filter { $0.grounds != nil }
        return due.prefix(Self.dueLimit).map(\.tip).filter { visit.fields.has("case", $0.hex) }
    }

    /// What became of one, which is also remembered for the page.
    private func told(
        _ one: (tip: TipID, outcome: Retention.Outcome), _ person: String
    ) -> String {
        switch one.outcome {
        case .signed:
            visit.console.retention.sign(one.tip, by: person)
            return "signed; a second person must sign too"
        case .destroyed:
            visit.console.retention.forget([one.tip])
            return "destroyed"
        case .left(let why):
            visit.console.retention.forget([one.tip])
            return "left as it is: \(why)"
        }
    }
}
