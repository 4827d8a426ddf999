internal import ArgumentParser
internal import Terminal
internal import Verification

/// What may belong together, and what does.
struct Links: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links",
        abstract: "Show cases that may belong to one case, and those that it is linked to.",
        discussion: """
            Cases may belong together when they have a number, an account or a paper in common, names \
            that sound alike in whatever script, a text, or a place. Each is shown with its reasons, \
            the strongest first: an opinion of a machine. Read both cases before you link them; a \
            planted tip can name whoever it likes.

            Nothing is written into a case by looking, but that you read this one (trail). No sender ever learns that there is another.

            Example:
              sallyport-desk links 3f2a90b1c4d5
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var reader: ReaderOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        try opened.lookAtTexts(by: try reader.reader(desk))
        let links = try desk.links(of: opened.tip)
        for link in links { Say.result("linked  \(link.line)") }
        let proposals = try opened.proposals()
        for proposal in proposals.list {
            for line in proposal.lines { Say.result(line) }
        }
        for line in proposals.remarks { Say.note(line) }
        advise(opened, links, proposals)
    }

    private func advise(_ opened: OpenedCase, _ links: [CaseLink], _ proposals: LinkProposals) {
        guard let first = proposals.list.first else {
            return Say.note(
                links.isEmpty
                    ? "nothing like it was found; that says nothing about the case"
                    : "nothing more like it was found")
        }
        let other = first.name
        Say.note("read it:   sallyport-desk show \(other)")
        Say.note("link both: sallyport-desk link \(opened.name) \(other) --signer <socket>")
    }
}

/// A link that a person makes.
struct Link: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Link two cases that belong together; they stay two cases.",
        discussion: """
            The link and its reason are written down in both cases, with your name. It is never a \
            merge, it releases nothing and voids no approval, and no sender and no office learns of \
            it. Take it back with unlink.

            The reason is asked for at the terminal, or read as one line of standard input: never \
            from an argument, which other users of the machine can read. Say why, not what the other \
            case says: the reason stays here when the other case is destroyed.

            Example:
              sallyport-desk link 3f2a90b1c4d5 77ab0c12d3e4 --signer ana.sock
            """)

    @OptionGroup var pair: PairOptions

    func run() throws {
        let (opened, other, person) = try pair.opened()
        try opened.link(
            to: other, reason: try Prompt.line("Why they belong together: "), by: person)
        Say.result("case \(opened.name) and case \(other.name) are linked")
        Say.note("take it back: sallyport-desk unlink \(opened.name) \(other.name)")
    }
}

/// A link that a person takes back.
struct Unlink: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlink",
        abstract: "Take back the link between two cases.",
        discussion: """
            Who made the link, and who took it back, stays in both cases. The reason is asked for at \
            the terminal, or read as one line of standard input.

            Example:
              sallyport-desk unlink 3f2a90b1c4d5 77ab0c12d3e4 --signer ana.sock
            """)

    @OptionGroup var pair: PairOptions

    func run() throws {
        let (opened, other, person) = try pair.opened()
        try opened.unlink(
            from: other, reason: try Prompt.line("Why they do not belong together: "), by: person)
        Say.result("case \(opened.name) and case \(other.name) are not linked any more")
    }
}

/// Two cases, and who changes their link.
struct PairOptions: ParsableArguments {
    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of one case's name.")
    var name: String

    @Argument(help: "The first digits of the other's.")
    var other: String

    func opened() throws -> (OpenedCase, OpenedCase, String) {
        let desk = try desk.opened()
        let first = try desk.openCase(name)
        let second = try desk.openCase(other)
        guard first.tip != second.tip else {
            throw Failure(
                "Both are case \(first.name): a case cannot be linked to itself.",
                hint: "sallyport-desk links \(first.name) shows cases that may belong to it.")
        }
        return (first, second, try person.person(desk))
    }
}
