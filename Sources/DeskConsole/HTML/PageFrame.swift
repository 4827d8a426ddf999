/// What is around every page.
enum PageFrame {
    /// A page for whoever is not let in: no way leads on from it.
    static func bare(title: String, _ content: [HTML]) -> HTML {
        document(title: title, [.element(.main, [.id("main"), .look("bare")], content)])
    }

    /// A page of the session: first the way past everything to the content, then where one can go.
    static func page(title: String, visit: Visit, _ content: [HTML]) -> HTML {
        document(
            title: title,
            [
                .element(.a, [.look("skip"), .href(id: "main")], ["To the content"]),
                header(visit),
                .element(.main, [.id("main"), .focusable], content),
            ])
    }

    private static func document(title: String, _ body: [HTML]) -> HTML {
        HTML.document(
            head: [
                .element(.meta, [.charset()], []),
                .element(
                    .meta, Attribute.meta("viewport", "width=device-width, initial-scale=1"), []),
                .element(.meta, Attribute.meta("color-scheme", "light dark"), []),
                .element(.title, [], [.text(title)]),
                .element(.link, Attribute.stylesheet(), []),
                .element(.link, Attribute.icon(), []),
            ], body: body)
    }

    private static func header(_ visit: Visit) -> HTML {
        let places: [(ConsolePath, HTML, Attribute)] = [
            (.queue, "Queue", .accessKey("q")), (.work, "Fetch and send", .accessKey("w")),
            (.offices, "Offices", .accessKey("o")), (.retention, "Retention", .accessKey("r")),
            (.about, "This desk", .accessKey("d")),
        ]
        let links = places.map { path, words, key in
            HTML.link(visit.to(path), words, path == visit.path ? [key, .current] : [key])
        }
        return .element(
            .header, [],
            [
                .element(.nav, [.label("Desk")], [.list(links)]),
                visit.form(
                    .lock,
                    [
                        .element(
                            .button, [.type("submit"), .accessKey("l"), .look("quiet")],
                            ["Lock now"])
                    ]),
            ])
    }
}
