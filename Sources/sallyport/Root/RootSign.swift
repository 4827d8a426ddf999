internal import Agencies
internal import ArgumentParser
internal import Ceremony
internal import Custody
internal import Terminal

/// `sallyport root sign`: makes and signs a directory from the Keys folder.
struct RootSign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a directory made from the files of the Keys folder.",
        discussion: """
            Reads desk.toml, log.vkey, agencies/, verifiers/, witnesses/ and revoked.toml, seals \
            to every recipient once to prove the key, and says what is about to be signed before \
            it asks for the passphrase.

              sallyport root sign --root root.key --keys Keys \\
                  --out Keys/directory.note --policy Keys/policy.json

            The version is the one after the directory that --out names, or 1. That older \
            directory is kept as directory-<version>.note, its policy as policy-<version>.json. \
            A file of these names that the root did not sign is left alone, and nothing is done.
            """)

    @OptionGroup var signing: SigningOptions

    @Option(help: ArgumentHelp("The folder of public keys.", valueName: "folder"))
    var keys: String = "Keys"

    @Option(help: ArgumentHelp("Where the signed directory goes.", valueName: "file"))
    var out: String = "Keys/directory.note"

    @Option(help: ArgumentHelp("Where the routing policy goes.", valueName: "file"))
    var policy: String = "Keys/policy.json"

    func validate() throws { try signing.check() }

    func run() throws {
        try rootStep { () throws in
            let folder = try KeysFolder(reading: keys)
            let issued = try signing.issuedDay()
            // The rules are checked before anyone types a passphrase.
            _ = try folder.contents(version: 1, issued: issued, expires: signing.expires(issued))
            Say.note(RootFiles.summary(of: folder))
            let root = try signing.readRoot()
            let previous = try DirectoryFiles.previous(at: out, root: root.verifier)
            let contents = try folder.contents(
                version: DirectorySigning.nextVersion(after: previous), issued: issued,
                expires: signing.expires(issued))
            let directory = try DirectorySigning.sign(contents, after: previous, with: root)
            try DirectoryFiles.publish(
                directory, at: out, policy: folder.policy, policyPath: policy)
            RootFiles.report(directory, after: previous, at: out)
        }
    }
}
