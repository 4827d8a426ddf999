internal import Agencies
internal import ArgumentParser
internal import Terminal
internal import Tips
internal import Verification

/// Consent that stands in a dropped file.
struct Transcribe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transcribe",
        abstract: "Write down the consent that stands in a text sealed without the page.",
        discussion: """
            Shows the lines above the marker of the text, and signs with your key what you read in \
            them. It becomes consent once a second person has signed the same for an office. What is \
            not clear means no: leave it out, or name the office under --never, which counts at once.

            Run it without --may and --never to see the lines only.

            Examples:
              sallyport-desk transcribe 3f2a90b1c4d5 --signer ana.sock
              sallyport-desk transcribe 3f2a90b1c4d5 --may office-a=urgency,report,person \\
                --never office-c --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var signer: SignerOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(help: "An office and the classes it may have: office=class,class. Repeat for others.")
    var may: [Grant] = []

    @Option(help: "An office that must never have anything. Repeat for others.")
    var never: [OfficeID] = []

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        try opened.lookAtTexts(by: .person(try desk.person(signer.client).text))
        for line in try opened.consentText() { Say.note("  | " + line) }
        guard !may.isEmpty || !never.isEmpty else { return }
        try opened.transcribe(
            ReadConsent(may: may.map { ($0.office, $0.classes) }, never: never),
            signer: signer.client, passphrase: try signer.passphrase())
        for line in try desk.openCase(name).overview().consentLines { Say.result(line) }
    }
}

/// `office=class,class`
struct Grant: ExpressibleByArgument {
    let office: OfficeID
    let classes: Set<PartClass>

    init?(argument: String) {
        let halves = argument.split(separator: "=", omittingEmptySubsequences: false)
        guard halves.count == 2, let office = OfficeID(String(halves[0])),
            let classes = ClassList(argument: String(halves[1]))?.classes, !classes.isEmpty
        else { return nil }
        self.office = office
        self.classes = classes
    }
}
