internal import ArgumentParser
internal import Ceremony
internal import Custody
internal import Terminal

/// `sallyport root init`: makes the root key and prints its public half.
struct RootInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a root key and print its public half.",
        discussion: """
            The key goes into a new file under a passphrase: an age file that holds PKCS#8, mode \
            0600. The public half, a vkey on one line, goes to standard output: every program is \
            configured with it, so publish it widely and on paper.

              sallyport root init --out root.key > Keys/root.vkey

            An existing file is never replaced. Without the file or its passphrase no directory \
            can ever be signed again under this key: keep two copies apart.
            """)

    @Option(help: ArgumentHelp("The key file to make.", valueName: "file"))
    var out: String

    @Option(
        help: ArgumentHelp("The key's name, which becomes part of the vkey.", valueName: "name"))
    var name: String = RootKey.defaultName

    func validate() throws {
        guard NoteKeyName(name) != nil else {
            throw ValidationError("A key's name has no spaces, no plus and at most 255 bytes.")
        }
    }

    func run() throws {
        try rootStep { () throws in
            guard let name = NoteKeyName(name) else { return }
            try RootFiles.mustBeNew(out)
            let passphrase = try Prompt.newPassphrase("A passphrase for the root key: ")
            let key = RootKey.generate(name: name)
            try key.write(to: out, passphrase: passphrase)
            Say.result(key.verifier.vkey)
            Say.note(
                "The root key is in \(out). The line above is public: keep it in Keys/root.vkey.")
        }
    }
}
