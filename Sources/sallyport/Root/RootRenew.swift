internal import Agencies
internal import ArgumentParser
internal import Ceremony
internal import Custody
internal import Terminal

/// `sallyport root renew`: signs the same contents again with a new version and new dates.
struct RootRenew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Sign the same directory again, for longer.",
        discussion: """
            Nothing but the version and the dates changes; the policy stays as it is. The old \
            version is kept beside the new one as directory-<version>.note.

              sallyport root renew Keys/directory.note --root root.key --days 90
            """)

    @Argument(help: ArgumentHelp("The directory to renew in place.", valueName: "file"))
    var directory: String = "Keys/directory.note"

    @OptionGroup var signing: SigningOptions

    func validate() throws { try signing.check() }

    func run() throws {
        try rootStep { () throws in
            let root = try signing.readRoot()
            guard let previous = try DirectoryFiles.previous(at: directory, root: root.verifier)
            else { throw Failure("\(directory): there is no directory to renew") }
            let issued = try signing.issuedDay()
            let contents: DirectoryContents
            do throws(DirectoryFault) {
                contents = try previous.contents.renewed(
                    version: DirectorySigning.nextVersion(after: previous), issued: issued,
                    expires: signing.expires(issued))
            } catch {
                throw CeremonyError.directory(error)
            }
            let renewed = try DirectorySigning.sign(contents, after: previous, with: root)
            try DirectoryFiles.publish(renewed, at: directory)
            RootFiles.report(renewed, after: previous, at: directory)
        }
    }
}
