internal import Agencies
internal import Tips
internal import Verification

/// What one person reads above the dividing line of a text that was sealed without the page.
struct ConsentPage: ConsolePage {
    let at: CaseVisit

    init(at visit: CaseVisit) { at = visit }

    func show() async throws(DeskError) -> Shown {
        let lines = try at.opened.consentText()
        let read: [HTML] = [
            .section("What stands in the text", id: "text", [.words(lines.joined(separator: "\n"))])
        ]
        return at.shown(
            "Consent",
            read + (canBeSigned ? try confirmation() : [form]))
    }

    /// Whether the next step is to sign what was ticked.
    private var canBeSigned: Bool {
        let read = self.read()
        return ["check", "sign"].contains(at.visit.step)
            && !(read.may.isEmpty && read.never.isEmpty)
    }

    private var offices: [Office] { at.desk.directory.offices }

    private var form: HTML {
        .all([
            .p(
                "Write down what you read in it. It becomes consent once a second person has read the "
                    + "same for an office. What is not clear means no. “Never” counts at once."),
            at.form(
                .consent,
                offices.map(choice) + [Field.button("Look at it once more", step: "check")]),
        ])
    }

    private func choice(_ office: Office) -> HTML {
        let name = "may-\(office.id)"
        let isNever = at.fields.has("never", office.id.text)
        return Field.group(
            .text("\(office.name) (\(office.id))"),
            [
                .element(
                    .div, [.look("boxes")],
                    PartClass.releasable.map {
                        Field.box(
                            name, $0.name, .text($0.contents), isOn: at.fields.has(name, $0.name))
                    }),
                Field.box("never", office.id.text, "never anything", isOn: isNever),
            ])
    }

    /// What was ticked; an office for which nothing was ticked is left out.
    private func read() -> ReadConsent {
        let may = offices.map { office in
            (
                office: office.id,
                classes: Set(at.fields.all("may-\(office.id)").compactMap(PartClass.init(name:)))
            )
        }.filter { !$0.classes.isEmpty }
        return ReadConsent(may: may, never: at.fields.all("never").compactMap(OfficeID.init))
    }

    private func confirmation() throws(DeskError) -> [HTML] {
        let read = read()
        let hidden = at.fields.values.filter {
            $0.name == "never" || $0.name.hasPrefix("may-")
        }.map { Field.hidden($0.name, $0.value) }
        return [
            .section(
                "You sign that you read in it", id: "read",
                [
                    .list(
                        read.may.map { office, classes in
                            .strong(.text(office.text)) + " may have "
                                + .text(classes.sorted().map(\.name).joined(separator: ", "))
                        } + read.never.map { .strong(.text($0.text)) + " never anything" })
                ]),
            at.form(
                .consent,
                hidden + [
                    Field.passphrase(of: try at.person()), Field.button("Sign it", step: "sign"),
                ]),
            at.form(.consent, hidden + [Field.button("Change it", step: "edit", look: "quiet")]),
        ]
    }

    func act() async throws(DeskError) -> Acted {
        let read = read()
        guard at.visit.step != "edit" else { return .showsPage }
        guard !read.may.isEmpty || !read.never.isEmpty else {
            throw .badInput("Nothing is ticked for any office.")
        }
        guard at.visit.step == "sign" else { return .showsPage }
        try at.opened.transcribe(
            read, signer: at.visit.console.signer, passphrase: at.visit.passphrase)
        return at.goes("What you read is written down.")
    }
}
