internal import Agencies
internal import ArgumentParser
internal import Custody
internal import Sealing
internal import Submission
internal import Terminal
internal import Tips

/// Shows what the desk has left in the mailbox.
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Look into the mailbox of a receipt: state and questions.",
        discussion: """
            Asks for the receipt. The mailbox shows the desk's latest message, with the day it was \
            written; it never shows what you sent. A mailbox without a message and a receipt that \
            nobody ever had look exactly alike, so that a made-up number is as good an answer to \
            someone who forces you as any.

            Example:
              sallyport status --to https://door.example --root-key root.vkey
            """)

    @OptionGroup var door: Door

    func run() async throws {
        let client = try door.client()
        let keys = try ReceiptPrompt.keys()
        let directory = try await door.verifiedDirectory(client)
        let address = keys.mailboxAddress()
        let slot = try await client.slot(at: address)
        let trusted = [directory.deskKey.bytes] + directory.verifiers.map(\.key.bytes)
        do throws(MailboxRefusal) {
            let verified = try MailboxSlot.open(
                slot.span, key: keys.mailboxKey, address: address, trusting: trusted)
            Say.result(MailboxWords.text(of: verified.message))
        } catch {
            guard error == .nothingHere else { throw SubmissionError.mailbox(error) }
            Say.result(MailboxWords.empty)
        }
    }
}
