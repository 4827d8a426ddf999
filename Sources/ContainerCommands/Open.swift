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
            Files that any age program has sealed are opened, binary or text: to X25519 or \
            mlkem768x25519 keys, at most \(Header.stanzaLimit), or under a passphrase of a work factor \
            of at most \(ScryptStanza.workFactorLimit.upperBound). Keys of SSH and of age's plugins are \
            not known here. What does not open whole \
            leaves no new file. Without -o the content goes to standard output piece by piece as each \
            piece proves genuine; use it only if the exit code is 0. If the power fails meanwhile, a \
            hidden file .NAME….tmp may stay beside it, in the clear: delete it.

            Passphrases are asked for at the terminal, or read as one line each of standard input. Of \
            several identities in files under passphrases all are asked for.

            Evidence is a tar inside the seal; "tar xO" gives the original.

            Examples:
              \(ProgramName.current) open -i office.key -o photo.jpg photo.age
              \(ProgramName.current) open -i office.key <message.age
              \(ProgramName.current) open -o note.txt note.age
              \(ProgramName.current) open -i office.key evidence.age | tar xO >video.mp4
            """)

    @OptionGroup var identities: IdentityOptions

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
        try Standard.isReadOnce([file ?? "-"] + identities.files)
        let source = try Standard.input(file)
        let isInputTaken = identities.files.contains("-") || source.isStandardInput
        let opening = try FileOpening(
            into: output, hasIdentity: !identities.files.isEmpty, isInputTaken: isInputTaken)
        try opening.run(source) { try identities.read(isInputTaken: isInputTaken) }
    }
}
