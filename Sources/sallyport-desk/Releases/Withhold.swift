internal import Agencies
internal import ArgumentParser
internal import Terminal
internal import Verification

/// An office that gets nothing of a case, though it might.
struct Withhold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withhold",
        abstract: "Keep a case from an office that might have it; or take that back.",
        discussion: """
            Everything that was approved has to be approved again. To leave out parts only, see \
            prepare --without. The reason is asked for at the terminal, or read as one line of standard \
            input; whoever prepares or approves sees it.

            Examples:
              sallyport-desk withhold 3f2a90b1c4d5 office-b --signer ana.sock
              sallyport-desk withhold 3f2a90b1c4d5 office-b --take-back --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "The office.")
    var office: OfficeID

    @Flag(help: "Take it back.")
    var takeBack = false

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let person = try person.person(desk)
        let why = try Prompt.line("Why: ")
        if takeBack {
            try opened.giveAgain(to: office, why: why, by: person)
        } else {
            try opened.withhold(from: office, why: why, by: person)
        }
    }
}
