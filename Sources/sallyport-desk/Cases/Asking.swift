internal import ArgumentParser
internal import Terminal
internal import Tips
internal import Verification

/// A question for the reporter.
struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Write a question for the reporter, in the reporter's language.",
        discussion: """
            Assume that a captor reads it over the reporter's shoulder: no names, nothing that \
            shows what was sent. It goes out only after a second person has read it.

            The question is asked for at the terminal, or read as one line of standard input before \
            the passphrase: never from an argument, which other users of the machine can read.

            Example:
              sallyport-desk ask 3f2a90b1c4d5 --language zh-Hans --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var signer: SignerOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(help: "Its language, as a tag like zh-Hans.")
    var language: String

    func run() throws {
        let opened = try desk.opened().openCase(name)
        let text = try Prompt.line("The question, on one line: ")
        let id = try opened.ask(
            text, language: language, signer: signer.client, passphrase: try signer.passphrase())
        Say.result(id)
        Say.note(
            "A second person must read it: sallyport-desk approve-question \(opened.name) \(id)")
    }
}

/// The second person's reading.
struct ApproveQuestion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve-question",
        abstract: "Read a question as the second person, and let it go to the reporter.",
        discussion: """
            Example:
              sallyport-desk approve-question 3f2a90b1c4d5 q1 --signer ben.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var signer: SignerOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "The question's identifier.")
    var question: String

    func run() throws {
        let opened = try desk.opened().openCase(name)
        if let asked = opened.question(question) { Say.note(asked.line) }
        try opened.approveQuestion(
            question, signer: signer.client, passphrase: try signer.passphrase())
        Say.result("question \(question) goes out with the next mailboxes")
    }
}

/// All mailbox slots.
struct PublishMailbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish-mailbox",
        abstract: "Write every reporter's mailbox anew and hand all slots to dispatch.",
        discussion: """
            All slots change together, so that nobody can see whom the desk wrote to. Run it on a \
            clock, several times a day, whether there is news or not.

            Example:
              sallyport-desk publish-mailbox
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    func run() async throws {
        let desk = try desk.opened()
        let done = try await Mailboxes(desk, over: try link.link(desk)).publish()
        Say.result("batch \(done.number): \(done.slots) slot(s)")
        for tip in done.unread {
            Say.note("warning: case \(tip.hex.prefix(12)) could not be read and has no slot")
        }
    }
}
