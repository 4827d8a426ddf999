internal import Agencies
internal import Verification

/// The offices of the signed directory, and the end of a key that was lost.
struct OfficesPage: ConsolePage {
    let visit: Visit
    let desk: Desk

    func show() async throws(DeskError) -> Shown {
        if visit.step == "ask", let office = chosen { return confirmation(office) }
        return Shown(
            title: "Offices",
            content: [
                .h1("Offices"),
                .p("Who can get something, as the signed directory says."),
            ] + desk.directory.offices.map(describe))
    }

    func act() async throws(DeskError) -> Acted {
        guard let office = chosen else { throw .badInput("There is no such office.") }
        guard visit.step == "revoke" else { return .showsPage }
        let lines = try await OfficeRevocation(desk, over: try visit.console.link(desk))
            .run(office.id)
        return .goes(
            .offices,
            Told(words: "Everything sealed to \(office.name)’s key is stopped.", lines: lines))
    }

    private var chosen: Office? {
        OfficeID(visit.fields["office"]).flatMap(desk.directory.office)
    }

    private func describe(_ office: Office) -> HTML {
        let classes = office.descriptions["en"] ?? ""
        let isRevoked = desk.directory.isRevoked(office)
        return .section(
            .text(office.name), id: "office-\(office.id)",
            [
                .p(.code(office.id.text), " · ", .text("\(office.kind.words), \(office.country)")),
                .p(.foreign(classes)),
                isRevoked
                    ? .p(.badge("Its key is revoked", "badge danger"))
                    : visit.form(
                        .offices,
                        [
                            Field.hidden("office", office.id.text),
                            Field.button("Its key was lost or stolen…", step: "ask", look: "quiet"),
                        ]),
            ])
    }

    private func confirmation(_ office: Office) -> Shown {
        Shown(
            title: "Stop an office’s key",
            content: [
                .h1("Stop everything sealed to this key?"),
                .p(.strong(.text(office.name)), " · ", .code(office.id.text)),
                .p(
                    "Dispatch stops handing out every bundle that is sealed to this office’s key, and says "
                        + "which of them were handed out already. Those cannot be called back."),
                .p(
                    "This cannot be undone here. Afterwards the root’s keeper must sign a directory that revokes "
                        + "the key."),
                visit.form(
                    .offices,
                    [
                        Field.hidden("office", office.id.text),
                        Field.button("Stop this key", step: "revoke", look: "grave"),
                    ]),
                .p(.link(visit.to(.offices), "No, go back")),
            ])
    }
}
