internal import ArgumentParser
internal import Containers
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Glibc
internal import NativePrimitives
internal import Opening
internal import Reception
internal import Terminal

/// Opens a bundle, or any one age file.
struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open a bundle into a new folder, or any single age file.",
        discussion: """
            A bundle is checked first, the reporter's consent included; then everything in it is \
            written into a new folder, originals bit for bit. If anything is wrong, nothing is left.

            A single age file is opened as age does. Without -o it goes to standard output; use it \
            only if the exit code is 0.

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
        guard let file, file != "-" else { return try openStream(.standardInput, byteCount: nil) }
        let source = try OpenFile(reading: file)
        let length = try source.regularFileLength()
        guard let length, try !Self.isAge(source) else {
            return try openStream(source, byteCount: length)
        }
        guard length > 0 else { throw Failure("\(file) is empty.") }
        guard length >= 1024, try source.read(at: 257, count: 5) == [UInt8]("ustar".utf8) else {
            throw Failure("\(file) is neither a bundle nor an age file.")
        }
        try openBundle(file)
    }

    private static func isAge(_ source: borrowing OpenFile) throws -> Bool {
        let mark = [UInt8]("age-encryption.org/".utf8)
        return try source.read(at: 0, count: mark.count) == mark
    }

    private func openBundle(_ file: String) throws {
        guard let output else {
            throw Failure("A bundle opens into a new folder.", hint: "Say which with -o DIR.")
        }
        guard !Durable.exists(output) else { throw ReceptionError.targetExists(output) }
        let home = try home.opened()
        let bundle = try Checked.bundle(file, try directory.inspection(of: home))
        let identities = try identities(default: home.identityPath)
        var progress = Progress("Opening", totalBytes: try FileBytes(file).byteCount)
        var done = 0
        let predicate = try BundleOpening(bundle, with: identities).run(into: output) {
            done += $0
            progress.update(done)
        }
        let handling = predicate.predicate.handling
        if handling.civiliansHeldHere {
            Say.note("CIVILIANS ARE HELD at the place this bundle speaks of.")
        }
        Say.note("\(handling.sharing.rawValue): \(handling.sharing.words).")
        Say.note("\(handling.actions.rawValue): \(handling.actions.words).")
        Say.result("\(output): \(predicate.parts.count) parts; read cover.txt first")
    }

    private func openStream(_ source: consuming OpenFile, byteCount: Int?) throws {
        let path = source.path
        var source = source
        let identities = try identities(default: nil)
        var progress = Progress("Opening", totalBytes: byteCount ?? 0)
        let ask = { () throws(Failure) -> Secret in try Ask.passphrase(of: path) }
        do {
            guard let output else {
                var sink = OpenFile.standardOutput
                return try SingleFile.open(
                    &source, with: identities, passphrase: ask, into: &sink)
            }
            var sink = try NewFile(at: output)
            try SingleFile.open(&source, with: identities, passphrase: ask, into: &sink) {
                progress.update($0)
            }
            try sink.commit()
        } catch ReceptionError.container(.opening(let error)) {
            throw Failure("\(path): \(error.words).")
        }
    }

    /// The identities of `-i`, or of the office's folder.
    private func identities(default path: String?) throws -> [Identity<NativePrimitives>] {
        let chosen = identity ?? path
        guard let path = try chosen ?? defaultIdentity() else { return [] }
        return try AgencyKeys.identities(at: path) { () throws(Failure) in
            try Ask.passphrase(of: path)
        }
    }

    /// The identity of the office's folder, if there is one: a file under a passphrase needs none.
    private func defaultIdentity() throws -> String? {
        let path = try home.path() + "/identity.age"
        return Durable.exists(path) ? path : nil
    }
}
