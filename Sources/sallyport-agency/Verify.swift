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
            \(release.statement.contents)
            in the log:   entry \(verified.proof.index) of \
            \(verified.proof.checkpoint.checkpoint.origin)
            """)
    }
}

extension ReleaseStatement {
    /// What the bundle brings, in a line or two.
    fileprivate var contents: String {
        switch notice {
        case .recall(let recall)?: "RECALLS:      \(recall.bundles.words)"
        case .supplement(let earlier)?:
            """
            parts:        \(parts.count)
            adds to:      \(earlier.words)
            """
        case nil: "parts:        \(parts.count)"
        }
    }
}

extension [ReleaseStatement.Earlier] {
    /// The bundles by their numbers, and the first digits by which their files are named.
    var words: String {
        map { "number \($0.sequence) (\($0.release.hex.prefix(16)))" }.joined(separator: ", ")
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
