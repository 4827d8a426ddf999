internal import Agencies
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Glibc
internal import Terminal

/// Checks all of a bundle that can be checked without opening it.
struct AuditBundle: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract:
            "Check a bundle: who released it, for whom, whether it is whole, and its log entry.",
        discussion: """
            Checks the release statement and its two persons, the digests of every part, the sums \
            and their signatures, and that the custody log holds the release. Dates do not matter: \
            this looks back. Consent is sealed inside: "sallyport-agency open" checks it.

            Examples:
              sallyport audit bundle --root-key root.vkey --directory directory.note release.tar
              sallyport audit bundle --root-key root.vkey --directory directory-9.note \\
                --earlier directory-8.note --policy log.policy release.tar
            """)

    @Option(help: ArgumentHelp("The public root key, or a file that holds it.", valueName: "vkey"))
    var rootKey: String

    @Option(help: ArgumentHelp("The directory that was in force then.", valueName: "file"))
    var directory: String

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A still older directory, if the release names one.", valueName: "file"))
    var earlier: [String] = []

    @Option(
        help: ArgumentHelp(
            "A log policy that the log's entry must satisfy as well.", valueName: "file"))
    var policy: String?

    @Argument(help: "The bundle.")
    var bundle: String

    func run() throws {
        let root = try Door.root(rootKey)
        let policy = try policy.map(AuditEntry.readPolicy)
        guard let now = Hour(unixTime: time(nil)) else {
            throw Failure("The clock of this computer shows no usable date.")
        }
        let check = ReleaseCheck(
            directory: try Self.read(directory, root),
            earlier: try earlier.map { try Self.read($0, root) }, now: now, purpose: .auditing)
        let source = try FileBytes(bundle)
        var progress = Progress("Checking \(bundle)", totalBytes: source.byteCount)
        var done = 0
        let verified: VerifiedBundle<FileBytes>
        do throws(BundleRefusal) {
            verified = try BundleVerifier(source, check: check).verified(for: nil) {
                done += $0
                progress.update(done)
            }
        } catch {
            throw Failure("\(bundle) is refused: \(error).")
        }
        if let policy { try Self.checkLog(of: verified, by: policy) }
        Say.result(Self.report(verified))
    }

    /// The log's entry once more, by a policy that may ask for witnesses.
    private static func checkLog(
        of bundle: VerifiedBundle<FileBytes>, by policy: LogPolicy
    ) throws {
        let event = try bundle.tar.bytes(of: BundleNames.event, limit: BundleLimits.eventBytes)
        let proof = try bundle.tar.bytes(of: BundleNames.proof, limit: BundleLimits.proofBytes)
        _ = try AuditEntry.check(event: event ?? [], proof: proof ?? [], by: policy)
    }

    private static func report(_ bundle: VerifiedBundle<FileBytes>) -> String {
        let release = bundle.release
        let persons = release.persons.map(\.text).joined(separator: ", ")
        return """
            The bundle is whole and genuine.
            released for: \(release.office.name) (\(release.office.id))
            released by:  \(persons)
            parts:        \(release.statement.parts.count)
            in the log:   entry \(bundle.proof.index) of \(bundle.proof.checkpoint.checkpoint.origin)
            """
    }

    private static func read(_ path: String, _ root: NoteVerifier) throws -> Directory {
        let note = try Durable.read(path, limit: UnverifiedDirectory.byteLimit)
        return try UnverifiedDirectory(note).signed(by: root)
    }
}
