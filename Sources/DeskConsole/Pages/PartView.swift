internal import Custody
internal import Tips
internal import Verification

/// The parts of a case for a reader: text first, files by size and digest alone.
struct PartView {
    let part: CaseOverview.Part

    /// Whether nothing was written in it.
    var isEmpty: Bool {
        if case .fields(let fields) = part.content { fields.isEmpty } else { false }
    }

    /// What it is, in a few words.
    var title: String {
        part.name.isEmpty ? part.partClass.title : "\(part.partClass.title): \(part.name)"
    }

    /// What it contains, as a verifier said.
    var labels: String {
        guard let labels = part.labels else { return "not labelled yet: it goes nowhere" }
        return labels.isEmpty
            ? "labelled: contains nothing more"
            : "labelled: contains \(labels.map(\.name).joined(separator: ", "))"
    }

    /// Number, labels and hour.
    var facts: HTML {
        .element(
            .p, [.look("note")],
            [.text("Part \(part.number) · \(labels) · came in \(part.hour.words)")])
    }

    /// The text, or the place of a file that is not opened.
    var content: HTML {
        switch part.content {
        case .fields(let fields): isEmpty ? .note("Nothing was written here.") : list(fields)
        case .dropped(let text): dropped(text)
        case .unread: .note(.text(CaseOverview.Content.unreadWords))
        case .original:
            .element(
                .figure, [.look("file")],
                [
                    .element(
                        .div, [.look("covered")],
                        [
                            "Not shown. It may be a picture or a film that is hard to see."
                        ]),
                    .element(.figcaption, [], brief),
                ])
        }
    }

    /// The first of what is known of a file, and the rest folded away; all of it is on its own page.
    private var brief: [HTML] {
        guard case .original(let byteCount, _, let examination) = part.content else { return [] }
        let lines = examination.lines
        let all = HTML.element(
            .details, [], [.element(.summary, [], ["All that is known of it"])] + found)
        return [
            .p("\(size(byteCount)) (\(byteCount) bytes)"),
            .list(lines.prefix(Self.briefLines).map { .foreign($0) }), all,
        ]
    }

    /// Lines in sight: its type, and what the scanner says.
    private static let briefLines = 2

    /// What is known of a file that is not shown; nothing for a text.
    var found: [HTML] {
        guard case .original(let byteCount, let digest, let examination) = part.content else {
            return []
        }
        return [
            .p("\(size(byteCount)) (\(byteCount) bytes)"),
            .p("SHA-256 of the original: ", .code(digest.hex)),
            .list(examination.lines.map { .foreign($0) }),
        ]
    }

    private var language: String {
        guard case .fields(let fields) = part.content else { return "" }
        return fields.first { $0.key == "language" }.flatMap {
            if case .text(let tag) = $0.value { tag } else { nil }
        } ?? ""
    }

    private func list(_ fields: [TextField]) -> HTML {
        .element(
            .dl, [],
            fields.flatMap { field in
                [
                    HTML.element(.dt, [], [.text(field.label)]),
                    HTML.element(.dd, [], [value(field.value, field.key)]),
                ]
            })
    }

    private func value(_ value: TextField.Value, _ key: String) -> HTML {
        switch value {
        case .none: "none"
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let number): "\(number)"
        case .text(let text):
            key == "danger"
                ? .badge(Danger(rawValue: text)?.words ?? text, "badge danger")
                : .words(text, language: key == "language" ? "" : language)
        case .list(let items):
            .element(
                .ul, [], items.map { .element(.li, [], [self.value($0, key)]) })
        case .group(let fields): list(fields)
        }
    }

    private func dropped(_ text: DropText) -> HTML {
        let consent: HTML =
            text.consent.map { .words($0.joined(separator: "\n")) }
            ?? .p("There is not exactly one dividing line: nothing here is consent.")
        return .all([
            .p("Sealed without the page; read as \(text.encoding)."),
            .h3("Who may have it"), consent,
            .h3("The report"), .words(text.report.joined(separator: "\n")),
        ])
    }
}
