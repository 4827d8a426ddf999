internal import ArgumentParser
internal import Submission
internal import Terminal
internal import Tips

/// Asks for a tip to be stopped.
struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Stop a tip: nothing more of it is passed on.",
        discussion: """
            Asks for the receipt, then for the withdrawal word, unless --no-word is given. Without \
            the word the tip is frozen: nothing more is passed on, but it is kept, because people \
            are forced to withdraw. With the right word two people at the desk decide whether it is \
            destroyed. What an organisation has fetched already cannot be called back.

            Examples:
              sallyport withdraw --to https://door.example --root-key root.vkey
              sallyport withdraw --no-word --to https://door.example \\
                --root-key root.vkey
            """)

    @OptionGroup var door: Door

    @Flag(help: "Ask for no withdrawal word.")
    var noWord = false

    @Flag(help: "Ask for a reason as well; only the desk reads it.")
    var reason = false

    func run() async throws {
        let client = try door.client()
        let keys = try ReceiptPrompt.keys()
        if noWord {
            var part = WithdrawalPart()
            part.reason = try askReason()
            try await SupplementSending.send(.withdrawal(part), through: door, client, keys: keys)
        } else {
            let word = try CodeWordPrompt.existing()
            try await SupplementSending.withdraw(
                word, reason: try askReason(), through: door, client, keys: keys)
        }
        Say.result("Your wish is safely stored. Once the desk has it, nothing more is passed on.")
    }

    private func askReason() throws -> String {
        reason ? try Prompt.line("Reason: ") : ""
    }
}
