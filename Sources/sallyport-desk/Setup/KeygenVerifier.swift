internal import Agencies
internal import Agents
internal import ArgumentParser
internal import Terminal

/// Makes the signing key of a person.
struct KeygenVerifier: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen-verifier",
        abstract: "Make the signing key of one person who may approve releases.",
        discussion: """
            Each verifier runs this alone, as a user of their own. The key is kept under a \
            passphrase that is asked for again at every signature.

            Example:
              sallyport-desk keygen-verifier --person ana -o ana.key > Keys/verifiers/ana.toml
            """)

    @Option(
        help: ArgumentHelp("Your handle: lower-case letters, digits, hyphens.", valueName: "name"))
    var person: String

    @Option(help: ArgumentHelp("Your name or agreed pseudonym; the handle when not given."))
    var name: String?

    @Option(name: .short, help: ArgumentHelp("The new key file.", valueName: "file"))
    var output: String

    func run() throws {
        guard let id = PersonID(person) else {
            throw Failure("“\(person)” is no handle: lower-case letters, digits, hyphens.")
        }
        let shown = name ?? person
        guard PlainText.isValid(shown, byteLimit: PlainText.nameLimit), !shown.contains("\""),
            !shown.contains("\\")
        else { throw Failure("The name must be one plain line without quotation marks.") }
        let passphrase = try Prompt.newPassphrase("New passphrase of \(person)'s key: ")
        let key = try VerifierKey.create(at: output, person: id, passphrase: passphrase)
        Say.result("name = \"\(shown)\"\nkey = \"\(key.keyText)\"")
        Say.note("Put these lines into Keys/verifiers/\(person).toml.")
    }
}
