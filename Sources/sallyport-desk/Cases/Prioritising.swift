internal import ArgumentParser
internal import Terminal
internal import Verification

/// What a person found in a case.
struct FindingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finding",
        abstract: "Say what you found in a case, which orders the queue; or take it back.",
        discussion: """
            minor-abuse   words or material that show the sexual abuse of a minor: P0
            torture       marks, pictures or words of torture: P1
            says-fine     somebody says that all is well, which may be forced: P1
            out-and-safe  whoever was held is out, and safe: lowers a case without other danger

            It orders the queue and triggers nothing. The reason is asked for at the terminal, or read \
            as one line of standard input.

            Examples:
              sallyport-desk finding 3f2a90b1c4d5 torture --signer ana.sock
              sallyport-desk finding 3f2a90b1c4d5 says-fine --signer ana.sock
              sallyport-desk finding 3f2a90b1c4d5 torture --take-back --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "What was found.")
    var finding: DeskFinding

    @Flag(help: "Take it back.")
    var takeBack = false

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let person = try person.person(desk)
        if takeBack {
            let why = try Prompt.line("Why it is taken back: ")
            try opened.takeBack(finding, why: why, by: person)
        } else {
            let why = try Prompt.line("What shows it: ")
            try opened.find(finding, why: why, by: person)
        }
    }
}

extension DeskFinding: ExpressibleByArgument {}

/// A person's decision about the class.
struct PriorityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "priority",
        abstract: "Set a case's priority, or let it be computed again.",
        discussion: """
            Your decision holds until something comes from the reporter, or is found, that would make \
            the case more urgent. The list shows who decided, and why. The reason is asked for at the \
            terminal, or read as one line of standard input.

            Examples:
              sallyport-desk priority 3f2a90b1c4d5 P1 --signer ana.sock
              sallyport-desk priority 3f2a90b1c4d5 computed --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "P0, P1, P2 or P3; computed: as the rules say.")
    var level: PriorityChoice

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let why = try Prompt.line("Why: ")
        try opened.setPriority(level.level, why: why, by: try person.person(desk))
    }
}

/// A class, or none.
struct PriorityChoice: ExpressibleByArgument {
    let level: Priority.Level?

    init?(argument: String) {
        level = Priority.Level.allCases.first { $0.name == argument.uppercased() }
        guard level != nil || argument == "computed" else { return nil }
    }
}
