internal import Tips
internal import Verification

/// What each part really contains: without a label it goes nowhere.
struct LabelsPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let parts = try written()
        guard !parts.isEmpty else {
            return at.shown("Labels", [.p("Nothing was written that could go anywhere.")])
        }
        return at.shown(
            "Labels",
            [
                .p(
                    "Say what each part really contains: a story names the place, a photo carries "
                        + "coordinates. An office gets a part only if it may have everything in it. A part "
                        + "that you do not tick goes nowhere. You can change a label at any time; it voids "
                        + "approvals that were given before."),
                at.form(
                    .labels,
                    parts.map(label) + [Field.button("Keep these labels", step: "label")]),
            ])
    }

    func act() async throws(DeskError) -> Acted {
        let person = try at.person()
        var done: [String] = []
        for part in try written() {
            guard at.fields.has(Self.read(part), "yes") else { continue }
            let classes = Set(at.fields.all(Self.contains(part)).compactMap(PartClass.init(name:)))
            guard part.labels.map(Set.init) != classes else { continue }
            try at.opened.label(part: part.payload.hex, contains: classes, by: person)
            done.append("\(PartView(part: part).title): \(list(classes))")
        }
        guard !done.isEmpty else {
            throw .badInput("Nothing has changed: tick the parts that you have read.")
        }
        return at.goes("Labels kept.", done)
    }

    private func list(_ classes: Set<PartClass>) -> String {
        classes.isEmpty
            ? "contains nothing more"
            : "contains \(classes.sorted().map(\.name).joined(separator: ", "))"
    }

    /// Parts in which there is something, and which may leave the desk at all.
    private func written() throws(DeskError) -> [CaseOverview.Part] {
        try at.opened.overview().parts.filter {
            !PartView(part: $0).isEmpty && PartClass.releasable.contains($0.partClass)
        }
    }

    private static func read(_ part: CaseOverview.Part) -> String { "read-\(part.number)" }
    private static func contains(_ part: CaseOverview.Part) -> String { "contains-\(part.number)" }

    private func label(_ part: CaseOverview.Part) -> HTML {
        let view = PartView(part: part)
        let name = Self.contains(part)
        let isSent = !at.fields.isEmpty
        let ticked = isSent ? at.fields.all(name) : (part.labels ?? []).map(\.name)
        let isRead = isSent ? at.fields.has(Self.read(part), "yes") : part.labels != nil
        let others = PartClass.releasable.filter { $0 != part.partClass }
        return Field.group(
            .text("Part \(part.number). \(view.title)"),
            [
                .element(
                    .details, [], [.element(.summary, [], ["Read it here"]), view.content]),
                Field.box(
                    Self.read(part), "yes", "I have read it. Beside what it is, it contains:",
                    isOn: isRead),
                .element(
                    .div, [.look("boxes")],
                    others.map {
                        Field.box(name, $0.name, .text($0.contents), isOn: ticked.contains($0.name))
                    }),
            ])
    }
}
