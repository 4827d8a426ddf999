internal import ArgumentParser
internal import ContainerCommands
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Glibc
internal import NativePrimitives
internal import Opening
internal import Reception
internal import Sealing
internal import Terminal

/// Opens a bundle, or any one age file.
struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a bundle into a new folder, or any single age file.",
        discussion: """
            A bundle is checked first, the reporter's consent included; then everything in it is \
            written into a new folder, originals bit for bit. If anything is wrong, nothing is left.

            A single age file is opened as age does, binary or armored, sealed to an identity or under \
            a passphrase. Without -o it goes to standard output; use it only if the exit code is 0.

            Examples:
              sallyport-agency open -o case-1 bundles/0123456789abcdef.bundle.tar
              sallyport-agency open -i identity.age -o photo.jpg photo.age
              sallyport-agency open -i identity.age <message.age
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var directory: DirectoryOptions

    @Option(
        name: [.customShort("i"), .customLong("identity")],
        help: ArgumentHelp(
            "The age identity file. Without it: the one in the office's folder.", valueName: "file")
    )
    var identity: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "The new folder for a bundle, or the new file for an age file.", valueName: "path"))
    var output: String?

    @Argument(help: "The bundle or age file. Without it, or with -: an age file on standard input.")
    var file: String?

    func run() throws {
        let source = try Standard.input(file)
        guard let file, file != "-", try source.regularFileLength() != nil,
            try Self.isBundle(source)
        else { return try openFile(source) }
        try openBundle(file)
    }

    /// Whether a file begins as a tar does; everything else is taken for an age file.
    private static func isBundle(_ source: borrowing OpenFile) throws -> Bool {
        try source.read(at: 257, count: 5) == [UInt8]("ustar".utf8)
    }

    private func openBundle(_ file: String) throws {
        guard let output else {
            throw Failure("A bundle opens into a new folder.", hint: "Say which with -o DIR.")
        }
        guard !Durable.exists(output) else { throw ReceptionError.targetExists(output) }
        let home = try home.opened()
        let bundle = try Checked.bundle(file, try directory.inspection(of: home))
        let identities = try identities(default: home.identityPath, false)
        var progress = Progress("Opening", totalBytes: try FileBytes(file).byteCount)
        var done = 0
        let opened = try BundleOpening(bundle, with: identities).run(into: output) {
            done += $0
            progress.update(done)
        }
        switch opened {
        case .parts(let predicate): Self.say(predicate, in: output, of: bundle.release)
        case .recall(let recall):
            Say.note(recall.notice.reason.words)
            Say.result(
                "\(output): RECALL of \(recall.bundles.words); read cover.txt and do what it asks")
        }
    }

    private static func say(
        _ predicate: VerifiedPredicate, in output: String, of release: VerifiedRelease
    ) {
        let handling = predicate.predicate.handling
        if handling.civiliansHeldHere {
            Say.note("CIVILIANS ARE HELD at the place this bundle speaks of.")
        }
        Say.note("\(handling.sharing.rawValue): \(handling.sharing.words).")
        Say.note("\(handling.actions.rawValue): \(handling.actions.words).")
        if let notice = release.statement.notice {
            Say.note("It adds to \(notice.earlier.words), which you were sent before.")
        }
        Say.result("\(output): \(predicate.parts.count) parts; read cover.txt first")
    }

    private func openFile(_ source: consuming OpenFile) throws {
        let isInputTaken = source.isStandardInput
        let opening = try FileOpening(
            into: output, hasIdentity: identity != nil, isInputTaken: isInputTaken,
            expected: "a bundle or an age file")
        try opening.run(source) { try identities(default: nil, isInputTaken) }
    }

    /// The identities of `-i`, or of the office's folder.
    private func identities(
        default path: String?, _ isInputTaken: Bool
    ) throws -> [Identity<NativePrimitives>] {
        let chosen = identity ?? path
        guard let path = try chosen ?? defaultIdentity() else { return [] }
        return try AgencyKeys.identities(at: path) { () throws(Failure) in
            try FileOpening.passphrase(of: path, isInputTaken: isInputTaken)
        }
    }

    /// The identity of the office's folder, if there is one: a file under a passphrase needs none.
    private func defaultIdentity() throws -> String? {
        let path = try home.path() + "/identity.age"
        return Durable.exists(path) ? path : nil
    }
}
