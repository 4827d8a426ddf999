internal import Tips
internal import Agencies
internal import Verification

/// What each office would get, part by part, and why; then preparing exactly that.
struct ReleasePage: ConsolePage {
    /// Most offices that can stand by; as many as have a place in the list.
    private static let standbyLimit = 9

    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let offices = try at.opened.preview()
        return at.shown(
            "What each office gets",
            [
                .p(
                    "Consent, the never list, the policy and the labels decide, office by office and part by "
                        + "part. Nothing is prepared or sent by looking."),
                at.form(
                    .release,
                    offices.map(office) + [leavingOut(offices)] + [
                        Field.number(
                            "Hours between one office that stands by and the next", "hours",
                            at.fields.isEmpty ? "72" : at.fields["hours"], in: 1...8760),
                        .p(
                            "Preparing replaces what was prepared and not sent, and voids its approvals. "
                                + "Two persons must approve what is prepared."),
                        Field.button("Prepare this", step: "prepare"),
                    ]),
            ])
    }

    private func office(_ office: OfficePreview) -> HTML {
        let kind = office.kind.isEmpty ? "" : " · \(office.kind)"
        let head = HTML.note(
            .text("\(office.office)\(kind)\(Self.before(office))"))
        guard office.barred.isEmpty else {
            return .section(
                .text(office.name), id: "gets-\(office.office)",
                [
                    head,
                    .p(
                        .badge("nothing goes", "badge danger"),
                        .text(" " + office.barred.joined(separator: "; "))),
                ])
        }
        let content = [head, decisions(office)]
        return .section(
            .text(office.name), id: "gets-\(office.office)",
            office.getsSomething ? content + [order(office)] : content)
    }

    /// What was sent to the office before, in words.
    private static func before(_ office: OfficePreview) -> String {
        if office.isRecalled { return " · what it had of this case was recalled" }
        return office.isReleased ? " · has got something of this case" : ""
    }

    private func decisions(_ office: OfficePreview) -> HTML {
        .element(
            .ul, [.look("decisions")],
            office.decisions.map { decision in
                .element(
                    .li, [],
                    [
                        decision.goes ? .badge("goes", "badge goes") : .badge("stays"), " ",
                        .foreign(decision.title),
                        decision.goes ? "" : .text(": " + decision.words),
                    ])
            })
    }

    private func order(_ office: OfficePreview) -> HTML {
        let name = "office-\(office.office)"
        let usual = office.isReleased ? "no" : "now"
        return Field.select(
            "When does \(office.name) get it?", name,
            at.fields.isEmpty ? usual : at.fields[name],
            [("no", "Not now"), ("now", "At once")]
                + (1...Self.standbyLimit).map { ("\($0)", "Stands by, number \($0)") })
    }

    private func leavingOut(_ offices: [OfficePreview]) -> HTML {
        var seen: Set<String> = []
        let going = offices.flatMap(\.decisions).filter {
            $0.goes && seen.insert($0.payload.hex).inserted
        }
        guard !going.isEmpty else { return HTML() }
        let boxes = Field.boxes(
            "Withhold from every office, though they might have it", "without",
            at.fields.all("without"), going.map { ($0.payload.hex, .foreign($0.title)) })
        return boxes
            + Field.area(
                "Why that is withheld", "withoutWhy", at.fields["withoutWhy"],
                hint: "Needed when something is ticked above. Both who approve read it.", rows: 2)
            + .p(
                .link(at.to(.decide), "Keep the whole case from an office"))
    }

    func act() async throws(DeskError) -> Acted {
        let chosen = try at.opened.preview().map(\.office).map {
            (office: $0, place: at.fields["office-\($0)"])
        }
        let now = chosen.filter { $0.place == "now" }.map(\.office)
        let standby = chosen.compactMap { one in Int(one.place).map { (one.office, $0) } }
            .sorted { $0.1 < $1.1 }
        guard !now.isEmpty else {
            throw .badInput("Choose at least one office that gets it at once.")
        }
        guard Set(standby.map(\.1)).count == standby.count else {
            throw .badInput("Two offices stand by in the same place.")
        }
        let order = ReleasePreparation.Order(
            now: now, standby: standby.map(\.0), standbyHours: Int(at.fields["hours"]) ?? 0,
            without: at.fields.all("without"), withoutWhy: at.fields["withoutWhy"])
        let (checkpoint, note) = await at.newestCheckpoint()
        let lines = try ReleasePreparation(at.opened, checkpoint: checkpoint).run(order)
        return at.goes("Prepared. Nothing has been sent.", note + lines, to: .approve)
    }
}
