package import ArgumentParser
internal import Opening
internal import Sealing
internal import Terminal

/// Tells the public key of an identity file, as `age-keygen -y` does.
package struct PublicKey: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "public-key",
        abstract: "Show the public key of an identity file: what others seal to.",
        discussion: """
            Every key in the file is shown, one a line. The output is a file of recipients for seal -R. \
            A file under a passphrase is asked for it.

            Example:
              \(ProgramName.current) public-key office.key >office.pub
            """)

    @Argument(
        help: "The identity file, as keygen writes it. Without it, or with -: standard input.")
    var file: String?

    package init() {}

    package func run() throws {
        let isInput = file == nil || file == "-"
        for identity in try IdentityOptions.read(file ?? "-", isInputTaken: isInput) {
            Say.result(String(decoding: identity.recipient.text, as: UTF8.self))
        }
    }
}
