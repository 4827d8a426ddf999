internal import Agencies
internal import ArgumentParser
internal import Forwarding
internal import Terminal
internal import Tips
internal import Verification

/// The desk's judgement.
struct Assess: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: "Record the desk's judgement of a case.",
        discussion: """
            --source is the first half of the Admiralty scale (A reliable … E unreliable, F cannot \
            be judged), --information the second (1 confirmed … 5 improbable, 6 cannot be judged).
            ILO indicators: \(ForcedLabourIndicator.allCases.map(\.rawValue).joined(separator: ", ")).

            The verdict, its reason and further words for the office are asked for at the terminal, \
            or read as three lines of standard input, the last two of which may be empty: never from \
            arguments, which other users of the machine can read. Then, each on a line of its own: \
            for each indicator the sentence of the case that shows it, word for word; with --sources \
            which they are; with --place-on-one-source the reason; with --notes the notes.

            Offices get the indicators, the elements (act, means, purpose) and the number of sources \
            as words beside the reason. The sentences, the other sources and the notes stay at the \
            desk. The place goes to no office on one source alone, unless the reason is written down.

            Example:
              sallyport-desk assess 3f2a90b1c4d5 --signer ana.sock --source C --information 3 \\
                --indicators movement,debt --acts recruitment,harbouring --means deception,force \\
                --purposes labour --sources 1 --civilians
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(help: "How reliable the source is: A to F.")
    var source: String

    @Option(help: "How credible the information is: 1 to 6.")
    var information: Int

    @OptionGroup var judgement: JudgementOptions

    @Option(help: "Who may see it: red, amber+strict, amber or green (TLP).")
    var sharing = "amber+strict"

    @Option(help: "What may be done: red, amber, green or clear (PAP).")
    var actions = "amber"

    @Flag(help: "People are held at the place: it must not be attacked.")
    var civilians = false

    func run() throws {
        let desk = try desk.opened()
        guard let source = SourceReliability(rawValue: source.uppercased()),
            let information = InformationCredibility(rawValue: information),
            let sharing = TrafficLight(rawValue: "TLP:" + sharing.uppercased()),
            let actions = PermissibleActions(rawValue: "PAP:" + actions.uppercased())
        else {
            throw Failure(
                "A grade is not right.",
                hint: "--source A to F, --information 1 to 6; see sallyport-desk assess --help.")
        }
        let opened = try desk.openCase(name)
        let verdict = try Prompt.line("What the desk concludes, in one short line: ")
        let reason = try Prompt.line("Why, in words for the office: ")
        let caveat = try Prompt.line("Further words on how to handle it (none: only Enter): ")
        let support = try opened.support(try judgement.sentences())
        try opened.assess(
            Judgement(
                verdict: verdict,
                assessment: Assessment(source: source, information: information, reason: reason),
                indicators: judgement.indicators.values,
                handling: Handling(
                    sharing: sharing, actions: actions, caveat: caveat,
                    civiliansHeldHere: civilians),
                support: support, elements: judgement.elements,
                corroboration: try judgement.corroboration(),
                notes: judgement.notes ? try Prompt.line("Notes for the desk: ") : ""),
            by: try person.person(desk))
    }
}

/// What a part contains.
struct Label: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Say what parts really contain; without a label a part goes nowhere.",
        discussion: """
            A narrative names the place; a photo carries coordinates. An office gets a part only if \
            it is cleared for the part's own class and for everything it contains.

            Examples:
              sallyport-desk label 3f2a90b1c4d5 report --contains place,person --signer ana.sock
              sallyport-desk label 3f2a90b1c4d5 urgency person place --contains none --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "Parts: numbers, or classes of which there is one.")
    var parts: [String]

    @Option(help: "Classes with commas, or none.")
    var contains: ClassList

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let person = try person.person(desk)
        for part in parts {
            try opened.label(part: part, contains: contains.classes, by: person)
        }
    }
}
