internal import Agencies
internal import ArgumentParser
internal import Custody
internal import Forwarding
internal import Reception
internal import Terminal
internal import Tips

/// Checks a bundle without opening it.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a bundle without opening it.",
        discussion: """
            Checks everything that needs no identity. The reporter's consent is sealed inside: \
            "open" checks it before anything is written.

            Example:
              sallyport-agency verify bundles/0123456789abcdef.bundle.tar
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var directory: DirectoryOptions

    @Argument(help: "The bundle.")
    var bundle: String

    func run() throws {
        let home = try home.opened()
        let verified = try Checked.bundle(bundle, try directory.inspection(of: home))
        let release = verified.release
        let persons = release.persons.map(\.text).joined(separator: " and ")
        Say.result(
            """
            \(bundle) is whole and in force.
            bundle:       \(release.digest.hex)
            number:       \(release.statement.sequence)
            released for: \(release.office.name) (\(release.office.id))
            released by:  \(persons)
            expires:      \(release.statement.expires.text) UTC
            parts:        \(release.statement.parts.count)
            in the log:   entry \(verified.proof.index) of \
            \(verified.proof.checkpoint.checkpoint.origin)
            """)
    }
}

/// Checking with progress.
enum Checked {
    /// The verified bundle at `path`.
    static func bundle(
        _ path: String, _ inspection: Inspection
    ) throws -> VerifiedBundle<FileBytes> {
        var progress = Progress("Checking", totalBytes: try FileBytes(path).byteCount)
        var done = 0
        return try inspection.verify(path) {
            done += $0
            progress.update(done)
        }
    }
}
