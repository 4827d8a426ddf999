internal import ArgumentParser
internal import Terminal
internal import Verification

/// Nothing goes out for now.
struct Hold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Hold a case: nothing of it goes out until somebody lets it go on (resume).",
        discussion: """
            Approvals that were given do not count any more. Dispatch is asked to keep back what it \
            has; what an office has fetched cannot be called back. The reason is asked for at the \
            terminal, or read as one line of standard input.

            Example:
              sallyport-desk hold 3f2a90b1c4d5 --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() async throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let person = try person.person(desk)
        let why = try Prompt.line("Why it is held: ")
        let told = try await opened.hold(why: why, over: try link.link(desk), by: person)
        Say.result("held; \(told)")
    }
}

/// A case that is not to be followed.
struct Reject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Reject a case that is not to be followed; takes two persons, and is final.",
        discussion: """
            Nothing of it ever goes out, and it leaves the queue unless something more of the \
            reporter's comes. Its files stay until its retention ends, and the reporter's mailbox \
            shows nothing of it. The reason is asked for at the terminal, or read as one line of \
            standard input, before the passphrase.

            Example, by each of two persons:
              sallyport-desk reject 3f2a90b1c4d5 --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions
    @OptionGroup var signer: SignerOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() async throws {
        let desk = try desk.opened()
        let tip = try desk.tip(named: name)
        let why = try Prompt.line("Why it is rejected: ")
        let isRejected = try await Rejection(desk, over: try link.link(desk)).run(
            tip, why: why, signer: signer.client, passphrase: try signer.passphrase())
        Say.result(isRejected ? "rejected" : "signed; a second person must sign too")
    }
}
