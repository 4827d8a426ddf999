internal import Agencies
package import ArgumentParser
internal import Containers
internal import DurableFiles
internal import Glibc
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Terminal

/// Makes an age identity file.
package struct Keygen: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair: an age identity file that opens what is sealed to it.",
        discussion: """
            The file holds the secret key; keep it to yourself. The public key, which others seal \
            to, stands in the file as a comment and is printed as well. The key withstands a \
            quantum computer unless --x25519 is given; stock age before 1.3 needs --x25519.

            Examples:
              \(ProgramName.current) keygen -o office.key
              \(ProgramName.current) keygen --x25519 --passphrase -o office.key
            """)

    @Flag(name: .customLong("x25519"), help: "Make an X25519 key, for partners with an older age.")
    var isClassical = false

    @Flag(name: .customLong("passphrase"), help: "Protect the file with a passphrase.")
    var isProtected = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help:
            "Where to write the file (mode 0600, never over another). Without it: standard output."
    )
    var output: String?

    package init() {}

    package func run() throws {
        let output = try Standard.output(output)
        let identity = try Identity<NativePrimitives>.generate(
            isClassical ? .x25519 : .mlkem768x25519)
        guard let today = Day(unixTime: time(nil)) else {
            throw Failure("The clock of this computer shows no usable date.")
        }
        let file = IdentityFile.encode(identity, comment: ascii("created: ") + today.text.utf8)
        if isProtected {
            try writeProtected(file, to: output)
        } else if let output {
            try KeyFile.writeUnprotected(file, to: output)
        } else {
            try Standard.write(file)
        }
        Say.note("Public key: " + String(decoding: identity.recipient.text, as: UTF8.self))
    }

    private func writeProtected(_ file: borrowing Secret, to output: String?) throws {
        guard let output else { throw Failure("A protected key needs a file: give -o FILE.") }
        let passphrase = try Prompt.newPassphrase("New passphrase for \(output): ")
        try KeyFile.write(file, passphrase: passphrase, to: output)
    }
}
