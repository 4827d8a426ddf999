internal import ArgumentParser
internal import Terminal
internal import Verification

/// After a freeze.
struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a frozen case go on, after somebody has looked into it.",
        discussion: """
            Also lets bundles go on that no office has fetched yet, and that dispatch holds because \
            something new arrived. The reason is asked for at the terminal, or read as one line of \
            standard input.

            Example:
              sallyport-desk resume 3f2a90b1c4d5 --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() async throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        try await opened.resume(
            why: try Prompt.line("Why it goes on: "), over: try link.link(desk),
            by: try person.person(desk))
    }
}
