internal import Agencies
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Opening
internal import Reception
internal import Terminal

/// Makes the office's keys.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make your office's keys, and print their public halves.",
        discussion: """
            Makes a folder with an age identity, to which bundles are sealed, and a signing key, \
            with which your office fetches and acknowledges. Both files are sealed under one \
            passphrase unless --no-passphrase is given. The printed lines are public: send them to \
            the keepers of the root key, and read the fingerprints to each other over the telephone.

            The identity withstands a quantum computer. --x25519 makes one that stock age before \
            1.3 understands; parts about the reporter, and about what a victim was made to do, are \
            never sealed to such a key.

            Examples:
              sallyport-agency init --office office-a --root-key "$ROOT"
              sallyport-agency init --office office-b --root-key root.vkey --x25519
            """)

    @OptionGroup var home: HomeOptions

    @Option(help: ArgumentHelp("Your office's id, as agreed with the desk.", valueName: "id"))
    var office: String

    @Option(
        help: ArgumentHelp(
            "The public root key, or a file that holds it; get it from people you know.",
            valueName: "vkey"))
    var rootKey: String

    @Flag(name: .customLong("x25519"), help: "Make an identity that older age programs can use.")
    var isClassical = false

    @Flag(help: "Leave the key files unsealed, for a machine that nobody sits at.")
    var noPassphrase = false

    func run() throws {
        guard let id = OfficeID(office) else {
            throw Failure("\(office) is no office id: use lower-case letters, digits and hyphens.")
        }
        let root = try Self.root(rootKey)
        guard let today = Day(try Clock.hour().day) else {
            throw Failure("The clock of this computer shows no usable date.", exitCode: 70)
        }
        let path = try home.path()
        guard !Durable.exists(path) else { throw ReceptionError.homeExists(path) }
        let protection = try protection(of: path)
        let lines = try Enrolment.run(
            at: path, office: id, root: root, kind: isClassical ? .x25519 : .mlkem768x25519,
            created: today, protection: protection)
        Say.result(lines)
        Say.note("The keys are in \(path). Keep a copy: without them nothing opens any more.")
    }

    private func protection(of path: String) throws(Failure) -> Enrolment.Protection {
        if noPassphrase { return .none }
        return .passphrase(try Prompt.newPassphrase("New passphrase for \(path): "))
    }

    private static func root(_ text: String) throws -> NoteVerifier {
        if let key = try? NoteVerifier(vkey: text) { return key }
        guard Durable.exists(text) else {
            throw Failure("That is neither a root key nor a file that holds one.")
        }
        let bytes = try Durable.read(text, limit: 4096)
        let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        guard let key = try? NoteVerifier(vkey: line) else {
            throw Failure("\(text) does not hold a root key.")
        }
        return key
    }
}
