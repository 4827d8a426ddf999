internal import ArgumentParser
internal import DurableFiles
internal import Submission
internal import Terminal
internal import Tips

/// Answers a question of the desk.
struct Answer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "Answer a question that the mailbox shows.",
        discussion: """
            Asks for the receipt, then for the answer: one line, or a whole file with --text. The \
            answer is sealed to the desk like everything else.

            Examples:
              sallyport answer --to https://door.example --root-key root.vkey \\
                --question q1
              sallyport answer --to https://door.example --root-key root.vkey \\
                --question q1 --text answer.txt
            """)

    @OptionGroup var door: Door

    @Option(help: ArgumentHelp("Which question, as the mailbox names it.", valueName: "id"))
    var question: String

    @Option(help: ArgumentHelp("A text file that holds the answer.", valueName: "file"))
    var text: String?

    func run() async throws {
        var part = AnswerPart()
        guard question.utf8.count <= Limits.questionIDBytes else {
            throw Failure("There is no question with so long a name.")
        }
        part.question = question
        part.text = try text.map(read) ?? ""
        let client = try door.client()
        let keys = try ReceiptPrompt.keys()
        if text == nil { part.text = try Prompt.line("Answer: ") }
        guard !part.text.isEmpty else { throw Failure("The answer is empty; nothing was sent.") }
        try await SupplementSending.send(.answer(part), through: door, client, keys: keys)
        Say.result("Your answer is safely stored.")
    }

    private func read(_ path: String) throws -> String {
        let bytes = try Durable.read(path, limit: Limits.textPartBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(path) is not a text (UTF-8).")
        }
        return text
    }
}
