internal import Agents
internal import Custody
internal import Agencies
internal import Verification

/// The state of this desk, and how to use the console.
struct AboutPage: ConsolePage {
    let visit: Visit
    let desk: Desk

    func show() async throws(DeskError) -> Shown {
        Shown(
            title: "This desk",
            content: [
                .h1("This desk"), .element(.dl, [], facts()),
                .section(
                    "By keyboard", id: "keys",
                    [
                        .p(
                            "Tab goes on, Shift and Tab goes back, Enter opens or sends, Space ticks a box, the "
                                + "arrows choose among several. The first thing on each page leads past the links "
                                + "to the content. With your browser’s key for shortcuts (often Alt and Shift): "
                                + "q for the queue, w for fetch and send, o for offices, r for retention, d for "
                                + "this page, l to lock.")
                    ]),
                .section(
                    "What is done at a terminal", id: "terminal",
                    [
                        .p(
                            "The work on cases is all here. These stay commands of ",
                            .code("sallyport-desk"), ":"),
                        .list(Self.terminal.map { .code($0.command) + ": " + $0.what }),
                    ]),
                .section(
                    "How this console protects", id: "protects",
                    [
                        .p(
                            "Only this machine reaches it, and only the browser that entered the terminal’s code. "
                                + "It locks itself after \(minutes) minutes without use. It runs no script and "
                                + "loads nothing from elsewhere. Your key stays with your signing agent: the "
                                + "passphrase passes through this page to it, and is not kept."),
                        .p(
                            "It cannot protect you from the browser itself: use one on this machine that is used "
                                + "for nothing else, without extensions."),
                    ]),
            ])
    }

    /// What has no page: it is about machines and keys, or would lead out of this browser.
    private static let terminal: [(command: String, what: HTML)] = [
        ("init, keygen-verifier, agent, signer", "the desk’s keys and their agents"),
        ("directory", "a newer signed directory and its policy"),
        ("rotate, destroy-epochs", "the keys of the next epoch, and the end of old ones"),
        ("watch", "fetching without anybody there, and an alarm for a P0"),
        (
            "show --export-original",
            "an original as a file, unsealed; nothing of an original comes into a browser"
        ),
    ]

    private var minutes: Int { Int(Sessions.idleLimit.components.seconds / 60) }

    private func facts() -> [HTML] {
        let contents = desk.directory.contents
        var facts: [(HTML, HTML)] = [
            ("You", person),
            ("Your signing agent", .code(visit.console.signerPath)),
            ("Desk’s folder", .code(visit.console.folder)),
            (
                "Signed directory",
                "version \(desk.directory.version), issued \(contents.issued.text), until \(contents.expires.text)"
            ),
            ("Hour", "\(desk.now.words)"),
        ]
        do {
            let status = try desk.agent.status()
            facts.append(
                (
                    "Desk agent",
                    "answers; has the keys of epochs \(status.epochs.map(String.init).joined(separator: ", "))"
                ))
        } catch {
            facts.append(("Desk agent", .text(Problem(DeskError.agent(error)).words)))
        }
        if case .ended(let title, let lines, let problem) = visit.console.work.standing {
            facts.append(
                (
                    "Done last",
                    .text("\(title): \(problem?.words ?? "\(lines.count) line(s) of news")")
                ))
        }
        return facts.flatMap { [.element(.dt, [], [$0.0]), .element(.dd, [], [$0.1])] }
    }

    private var person: HTML {
        do throws(DeskError) {
            let person = try desk.person(visit.console.signer)
            let name = desk.directory.verifiers.first { $0.person == person }?.name ?? ""
            return "\(name) (\(person.text)), on the roster"
        } catch {
            return .text(Problem(error).words)
        }
    }
}
