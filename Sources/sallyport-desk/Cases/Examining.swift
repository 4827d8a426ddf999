internal import ArgumentParser
internal import DurableFiles
internal import Examination
internal import Terminal
internal import Tips
internal import Verification

/// Looks into evidence.
struct Examine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "examine",
        abstract: "Let sandboxed workers look into evidence, and make safe copies.",
        discussion: """
            Each file is looked into by workers of its own, without network, files or privileges. They \
            say what kind of file it is and what its metadata tells, ask the malware scanner, and make \
            a copy from what can be seen and heard: pictures, pages, sound, plain text. A copy is \
            sealed like everything here. Without PART, all evidence that nobody has looked into yet, \
            and once more every text that could not be read when it came.

            *Nothing known was found* means only that: the scanner knows what it knows.

            Examples:
              sallyport-desk examine 3f2a90b1c4d5
              sallyport-desk examine 3f2a90b1c4d5 8 --scanner /run/clamav/clamd.ctl
            """)

    @OptionGroup var desk: DeskOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "Numbers of parts, as show lists them.")
    var parts: [Int] = []

    @OptionGroup var scanner: ScannerOptions

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let sandbox: Sandbox
        do throws(SandboxError) {
            sandbox = try Sandbox()
        } catch {
            throw Failure(
                "No worker can be started: \(error.words).",
                hint: "Run it as the verifier's own user, on a machine with bubblewrap.")
        }
        let examination = EvidenceExamination(
            opened, with: Examiner(sandbox: sandbox, scanner: ClamAV(socketPath: scanner.scanner)))
        let texts = parts.isEmpty ? try SecondReading(opened).run() : []
        for line in texts { Say.note(line) }
        let numbers = parts.isEmpty ? examination.waiting : parts
        guard !numbers.isEmpty || !texts.isEmpty else {
            return Say.note("no evidence waits to be examined")
        }
        let failures = try examination.run(numbers) { Say.note("part \($0) is examined") }
        let after = try desk.openCase(name)
        for number in numbers {
            for line in try after.overview(ofPart: "\(number)").lines { Say.result(line) }
        }
        guard failures.isEmpty else { throw Failure(failures.joined(separator: "\n")) }
    }
}

/// What may show the abuse of a child.
struct NeverRender: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "never-render",
        abstract: "Say that a file may show the sexual abuse of a minor: it is shown to nobody.",
        discussion: """
            It is not rendered, copied or given to any office from now on, and the case is frozen. \
            Nobody can take that back. Hand it to the body in charge as your rules say.

            Example:
              sallyport-desk never-render 3f2a90b1c4d5 8 --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "The part's number.")
    var part: String

    func run() throws {
        let desk = try desk.opened()
        try desk.openCase(name).markNeverRendered(part: part, by: try person.person(desk))
    }
}

/// Lets a safe copy go where its original cannot.
struct OfferCopy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer-copy",
        abstract: "Let a safe copy go where its original cannot.",
        discussion: """
            A copy has no metadata, but shows what the original shows: look at it first \
            (show --part N --export-copy 1 FILE), and say what it contains.

            Example:
              sallyport-desk offer-copy 3f2a90b1c4d5 8 --contains person \\
                --note "picture without its metadata" --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "The part's number.")
    var part: String

    @Option(help: "The copy's number, as show lists it.")
    var copy = 1

    @Option(help: "Classes that the copy contains, with commas, or none.")
    var contains: ClassList

    @Option(help: "How it was made, in words for the office.")
    var note = "made from what can be seen or heard of the original; without its metadata"

    func run() throws {
        let desk = try desk.opened()
        try desk.openCase(name).offerCopy(
            copy, ofPart: part, note: note, contains: contains.classes,
            by: try person.person(desk))
    }
}
