internal import ArgumentParser
internal import Terminal

/// The program of an agency's office.
struct SallyportAgency: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport-agency",
        abstract: "Fetch, check, open and acknowledge what was released to your office.",
        discussion: """
            A bundle holds what a reporter agreed to share with your office and two persons at the \
            desk released. Before anything is opened, this program checks who signed the release, \
            that it is for your office and in force, that nothing was altered, that the custody log \
            holds it, and that the reporter agreed to every part.

            Once, to get keys (send the printed lines to the keepers of the root key):
              sallyport-agency init --office office-a --root-key "$ROOT"

            Then, each time:
              sallyport-agency fetch --from https://dispatch.example --directory directory.note
              sallyport-agency open -o case-1 bundles/0123456789abcdef.bundle.tar
              sallyport-agency ack --from https://dispatch.example --state accepted \\
                bundles/0123456789abcdef.bundle.tar

            Passphrases are asked for at the terminal, or read as one line of standard input.
            """,
        subcommands: [Init.self, Fetch.self, Verify.self, Open.self, Ack.self])
}

@main
enum Program {
    static func main() async {
        await CommandLineProgram.run(SallyportAgency.self, explaining: Explanation.failure)
    }
}
