internal import ArgumentParser
internal import ContainerCommands
internal import Terminal

/// The reporter's, courier's and auditor's program; holds nothing after it has ended.
struct Sallyport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport",
        abstract: "Send a sealed tip to people who can help, and check what became of it.",
        discussion: """
            A tip is sealed on this computer before anything is sent. Neither the server that takes \
            it nor anyone on the way can read it. No account is needed. After it has ended, this \
            program keeps nothing: what lets you come back is the receipt, 20 digits that are shown \
            before anything is sent. Write them down on paper.

            Examples:
              sallyport submit --to https://door.example --root-key root.vkey \\
                --tip tip.json
              sallyport status --to https://door.example --root-key root.vkey
              sallyport inspect part.age

            Receipts, code words and passphrases are asked for at the terminal, or read as one line \
            each from standard input. They never stand on the command line, where others could see \
            them.
            """,
        subcommands: [
            Submit.self, Status.self, Answer.self, Add.self, Withdraw.self, Keygen.self,
            PublicKey.self, Seal.self, Open.self, Inspect.self, Audit.self, VerifyPage.self,
            RootCommand.self,
        ])
}

@main
enum Program {
    static func main() async {
        await CommandLineProgram.run(Sallyport.self, explaining: Explanation.failure)
    }
}
