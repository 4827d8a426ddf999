internal import Agencies
internal import ArgumentParser
internal import DurableFiles
internal import Terminal
internal import Tips
internal import Verification

/// A text made at the desk.
struct Derive: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "derive",
        abstract: "Add a summary, redaction or translation that can go where its original cannot.",
        discussion: """
            The text is read from --text FILE, or from standard input. It is a new part with a \
            digest of its own, linked to the original; both persons see it before they sign.

            Example:
              sallyport-desk derive 3f2a90b1c4d5 report --contains person --language en \\
                --note "summary without the place" --signer ana.sock < summary.txt
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "The part it is made from.")
    var part: String

    @Option(help: "redaction, summary or translation.")
    var kind = "summary"

    @Option(help: "Classes that the new text contains, with commas, or none.")
    var contains: ClassList

    @Option(help: "The text's language, as a tag like en or zh-Hans.")
    var language = "en"

    @Option(help: "How it was made, in words for the office.")
    var note: String

    @Option(
        help: ArgumentHelp("File with the text; standard input when not given.", valueName: "file"))
    var text: String?

    func run() throws {
        let desk = try desk.opened()
        guard let kind = DerivativeKind(rawValue: kind), kind != .safeCopy else {
            throw Failure("A text is a redaction, summary or translation.")
        }
        let bytes =
            try text.map { try Durable.read($0, limit: Limits.textPartBytes) } ?? standardInput()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("The text is not valid UTF-8.")
        }
        try desk.openCase(name).derive(
            from: part, kind: kind, text: text, language: language, note: note,
            contains: contains.classes, by: try person.person(desk))
    }

    private func standardInput() throws -> [UInt8] {
        var input = OpenFile.standardInput
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            var span = buffer.mutableSpan
            let count = try input.read(into: &span)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= Limits.textPartBytes else {
                throw Failure("The text is too long.")
            }
        }
    }
}

/// The end of a text made at the desk.
struct WithdrawDerivative: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw-derivative",
        abstract: "Take back a text made at the desk: it goes nowhere any more.",
        discussion: """
            What was released already cannot be taken back.

            Example:
              sallyport-desk withdraw-derivative 3f2a90b1c4d5 9c1185a5 --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var person: PersonOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Argument(help: "The first digits of the text's payload, as show lists it; at least eight.")
    var derivative: String

    func run() throws {
        let desk = try desk.opened()
        try desk.openCase(name).withdrawDerivative(derivative, by: try person.person(desk))
    }
}
