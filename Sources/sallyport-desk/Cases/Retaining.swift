internal import ArgumentParser
internal import Terminal
internal import Tips
internal import Verification

/// What is due to be destroyed.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract:
            "List what is due to be destroyed and why; with --sign, sign that; takes two persons.",
        discussion: """
            Due is what nobody has worked on for a year and has no sign of danger, and what every office \
            that has it closed or declined, or two persons rejected, two years ago. The days are in the \
            desk's settings.json (unopenedDays, closedDays; 30 to 3,650). Never due: a case under legal \
            hold, a frozen or held one, and one with a release that is prepared or on its way.

            Without --sign nothing is changed. With it you are asked how many cases you have seen, and \
            for your passphrase once; each case is signed for itself. What a second person signs too is \
            destroyed as destroy does it, and the custody log has an entry for each.

            Examples, by each of two persons:
              sallyport-desk retention
              sallyport-desk retention --sign --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    @Flag(help: "Sign that everything listed as due is destroyed.")
    var sign = false

    @Option(help: ArgumentHelp("The socket of your signing agent.", valueName: "socket"))
    var signer: String?

    func validate() throws {
        guard sign == (signer != nil) else {
            throw ValidationError("--sign and --signer go together.")
        }
    }

    func run() async throws {
        let desk = try desk.opened()
        let retention = Retention(desk)
        let items = try retention.items()
        for item in items { Say.result(item.line(desk.settings.retention)) }
        let due = items.filter { $0.grounds != nil }
        guard !due.isEmpty else { return Say.note("Nothing is due.") }
        guard let signer else { return Say.note("\(due.count) due. Nothing was changed.") }
        let count = try Prompt.line("How many cases are to be destroyed? ")
        guard count == String(due.count) else {
            throw Failure("\(due.count) are due, not “\(count)”. Nothing was signed.")
        }
        let client = SignerOptions.client(signer)
        let outcomes = try await retention.carryOut(
            due.map(\.tip), over: try link.link(desk), signer: client,
            passphrase: try SignerOptions.passphrase(client))
        for (tip, outcome) in outcomes {
            Say.result("\(tip.hex.prefix(12))  \(Self.words(outcome))")
        }
    }

    private static func words(_ outcome: Retention.Outcome) -> String {
        switch outcome {
        case .signed: "signed; a second person must sign too"
        case .destroyed: "destroyed"
        case .left(let why): "left as it is: \(why)"
        }
    }
}

/// Keeps a case though it would be due.
struct LegalHold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "legal-hold",
        abstract: "Keep a case from retention, or lift that.",
        discussion: """
            The reason is asked for at the terminal, or read as one line of standard input. It holds \
            back retention only: a case that its reporter withdrew with the right code word can still be \
            destroyed by two persons.

            Examples:
              sallyport-desk legal-hold 3f2a90b1c4d5 --signer ana.sock
              sallyport-desk legal-hold 3f2a90b1c4d5 --lift --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Flag(help: "Lift the hold.")
    var lift = false

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let by = try person.person(desk)
        if lift {
            try opened.liftLegalHold(why: try Prompt.line("Why it is lifted: "), by: by)
        } else {
            try opened.holdLegally(why: try Prompt.line("Why it is kept: "), by: by)
        }
    }
}
