package import ArgumentParser
internal import Containers
internal import DurableFiles
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Terminal

/// Opens one file as age does.
package struct Open: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open an age file that was sealed to your key, or under a passphrase.",
        discussion: """
            Files that any age program has sealed are opened, binary or text. What does not open whole \
            leaves no new file. Without -o the content goes to standard output piece by piece as each \
            piece proves genuine; use it only if the exit code is 0.

            A passphrase is asked for at the terminal, or read as one line of standard input.

            Examples:
              sallyport open -i office.key -o photo.jpg photo.age
              sallyport open -i office.key <message.age
              sallyport open -o note.txt note.age
            """)

    @Option(
        name: [.customShort("i"), .customLong("identity")], parsing: .singleValue,
        help: ArgumentHelp(
            "An age identity file, as keygen writes it. May be given more than once.",
            valueName: "file"))
    var identities: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Where to write (never over another file). Without it: standard output.",
            valueName: "file"))
    var output: String?

    @Argument(help: "The sealed file. Without it, or with -: standard input.")
    var file: String?

    package init() {}

    package func run() throws {
        let source = try Standard.input(file)
        let path = source.path
        try FileOpening(into: output, hasIdentity: !identities.isEmpty).run(source) {
            try identities.flatMap { try Self.identities(at: $0, beside: path) }
        }
    }

    private static func identities(
        at path: String, beside source: String
    ) throws -> [Identity<NativePrimitives>] {
        let file: Secret
        do {
            file = try KeyFile.read(path) { () throws(Failure) in
                try FileOpening.passphrase(of: path, beside: source)
            }
        } catch OpeningError.noMatch {
            throw Failure("\(path): that is not its passphrase.")
        } catch let error as OpeningError {
            throw Failure("\(path): \(error.words).")
        }
        do {
            return try file.withBytes { try IdentityFile.parse($0, with: NativePrimitives.self) }
        } catch {
            throw Failure(
                "\(path) is no age identity file, or a letter of it is wrong.",
                hint: "An identity is a line that begins with AGE-SECRET-KEY-.")
        }
    }
}
