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

            Passphrases are asked for at the terminal, or read as one line each of standard input. Of \
            several identities in files under passphrases all are asked for.

            Evidence is a tar inside the seal; "tar xO" gives the original.

            Examples:
              \(ProgramName.current) open -i office.key -o photo.jpg photo.age
              \(ProgramName.current) open -i office.key <message.age
              \(ProgramName.current) open -o note.txt note.age
              \(ProgramName.current) open -i office.key evidence.age | tar xO >video.mp4
            """)

    @Option(
        name: [.customShort("i"), .customLong("identity")], parsing: .singleValue,
        help: ArgumentHelp(
            "An age identity file, as keygen writes it; with -, standard input. May be given more than once.",
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
        try Standard.isReadOnce([file ?? "-"] + identities)
        let source = try Standard.input(file)
        let isInputTaken = identities.contains("-") || source.isStandardInput
        let opening = try FileOpening(
            into: output, hasIdentity: !identities.isEmpty, isInputTaken: isInputTaken)
        try opening.run(source) {
            try identities.flatMap { try Self.identities(at: $0, isInputTaken) }
        }
    }

    private static func identities(
        at name: String, _ isInputTaken: Bool
    ) throws -> [Identity<NativePrimitives>] {
        let source = try Standard.input(name)
        let path = source.path
        let file: Secret
        var isAsked = false
        do {
            file = try KeyFile.read(source) { () throws(Failure) in
                isAsked = true
                return try FileOpening.passphrase(of: path, isInputTaken: isInputTaken)
            }
        } catch OpeningError.noMatch where isAsked {
            throw Failure("\(path): that is not its passphrase.")
        } catch OpeningError.noMatch {
            throw Failure(
                "\(path) is itself sealed to a key: it is not the file of an identity.",
                hint: "Perhaps -i and the file to open are the wrong way round.")
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
