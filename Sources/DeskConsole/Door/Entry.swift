/// The page on which a code from the terminal is entered. Opening it uses up nothing; its form does.
struct Entry {
    let console: Console

    /// Shows the page, or lets somebody in.
    ///
    /// - Throws: ``RequestRules/Denial/stranger`` for a wrong code.
    func answer(_ path: String, _ body: FormBody?) throws(RequestRules.Denial) -> ConsoleAnswer {
        guard let body else {
            return .page(
                page(code: String(path.dropFirst(ConsolePath.entryText.count + 1))), status: 200)
        }
        guard path == ConsolePath.entryText, let fields = body.fields(),
            let session = console.sessions.enter(fields["code"])
        else { throw .stranger }
        let next = console.sessions.keptPath ?? .queue
        return .goTo(
            Place(prefix: session.prefix, next),
            cookie: "\(ConsoleResponder.cookieName)=\(session.cookie); Path=/\(session.prefix)/; "
                + "HttpOnly; SameSite=Strict")
    }

    private func page(code: String) -> HTML {
        // A code of another form is not shown again.
        let isCode = code.utf8.count == 32 && code.utf8.allSatisfy(Self.isDigit)
        let field: [HTML] =
            isCode
            ? [.element(.input, [.type("hidden"), .name("code"), .value(code)], [])]
            : [
                .element(.label, [.of("code")], ["The code from the terminal"]),
                .element(
                    .input,
                    [
                        .type("text"), .id("code"), .name("code"), .required, .noCompletion,
                        .noSpelling, .autofocus,
                    ], []),
            ]
        let button = HTML.element(
            .button, [.type("submit"), .look("main")] + (isCode ? [.autofocus] : []),
            ["Open the console"])
        return PageFrame.bare(
            title: "Desk",
            [
                .h1("Open the desk’s console"),
                .p("The code works once. Nobody else on this machine can use it after you."),
                .element(.form, [.post, .action(.entry)], field + [button]),
            ])
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// What is shown to whoever has no session: it tells nothing.
    static let locked = PageFrame.bare(
        title: "Locked",
        [
            .h1("Locked"),
            .p(
                "To go on, look at the terminal in which the console runs: press Enter there, and open "
                    + "the new address that it shows."),
        ])

    /// The same, when something had been typed that is kept.
    static let lockedWithKept = PageFrame.bare(
        title: "Locked",
        [
            .h1("Locked, and nothing is lost"),
            .p(
                "Nothing was asked for a while, so the console locked itself. What you typed is kept "
                    + "until you come back, but for a passphrase; nothing was done with it yet."),
            .p(
                "To go on, look at the terminal in which the console runs: press Enter there, and open "
                    + "the new address that it shows."),
        ])
}
