internal import ArgumentParser
internal import Custody
internal import Forwarding
internal import Reception
internal import Terminal
internal import Tips

/// Fetches what waits.
struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Fetch the bundles that wait for your office, and check each.",
        discussion: """
            A download that was cut off goes on where it stopped. A bundle that is refused is kept \
            under a name that ends in .refused, for the desk to look at.

            Examples:
              sallyport-agency fetch --from https://dispatch.example
              sallyport-agency fetch --from https://dispatch.example --directory directory.note \\
                --into /cases/incoming
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var directory: DirectoryOptions
    @OptionGroup var door: DoorOptions

    @Option(help: ArgumentHelp("The folder for the bundles.", valueName: "dir"))
    var into = "bundles"

    func run() async throws {
        guard let from = door.from else { throw Failure("Say where dispatch is: --from URL.") }
        let home = try home.opened()
        let inspection = try directory.inspection(of: home)
        let path = home.signingKeyPath
        let key = try AgencyKeys.signingKey(at: path) { () throws(Failure) in
            try Ask.passphrase(of: path)
        }
        let client = try door.client(to: from, of: home, inspection.directory, key)
        let display = ProgressDisplay("Fetching")
        let outcomes = try await Fetching(home, inspection, through: client)
            .run(into: into) { display.update($0, of: $1) }
        if outcomes.isEmpty { Say.note("Nothing waits for \(home.office).") }
        var refused = 0
        for outcome in outcomes where report(outcome) { refused += 1 }
        guard refused == 0 else {
            throw Failure(
                "\(refused) of \(outcomes.count) bundles were refused.",
                hint: "Do not use them. Tell the desk what was said here.")
        }
    }

    /// Prints what became of a bundle; whether it was refused.
    private func report(_ outcome: Fetching.Outcome) -> Bool {
        switch outcome {
        case .verified(let path, let release):
            Say.result(
                "\(path)  number \(release.statement.sequence), verified, \(release.digest.hex)")
            if let recall = release.statement.notice?.recall {
                Say.note(
                    "RECALL: the desk takes back \(recall.bundles.words). Open it, and do what it asks."
                )
            }
            return false
        case .present(let path):
            Say.result("\(path)  was here already")
            return false
        case .refused(let path, let error):
            Say.note("\(path): \(error.message)")
            return true
        }
    }
}
