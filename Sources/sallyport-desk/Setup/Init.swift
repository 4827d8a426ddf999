internal import Agencies
internal import Agents
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Terminal
internal import Verification

/// Makes a desk: its folder, its keys, and the keys of an epoch.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a desk, or the keys of its next epoch.",
        discussion: """
            Makes the desk's folder and the agent's key folder, asks for the passphrase under which \
            the keys are kept, and prints the lines for Keys/desk.toml. Run it once on the desk's \
            machine. With --epoch and an existing key folder it adds the keys of a new epoch.

            Examples:
              sallyport-desk init --desk desk --keys desk-keys --root root.vkey \\
                --agent /run/sallyport/desk.sock --dispatch https://dispatch.example:8443 \\
                --opens 2026-12-01 --closes 2027-02-28 > Keys/desk.toml
              sallyport-desk init --keys desk-keys --epoch 2 \\
                --opens 2027-03-01 --closes 2027-05-31 >> Keys/desk.toml
            """)

    @Option(help: ArgumentHelp("The desk's folder, made by this command.", valueName: "folder"))
    var desk = "desk"

    @Option(help: ArgumentHelp("The desk agent's key folder.", valueName: "folder"))
    var keys: String

    @Option(help: ArgumentHelp("File with the root's vkey on one line.", valueName: "file"))
    var root: String?

    @Option(help: ArgumentHelp("Where the desk agent will listen.", valueName: "socket"))
    var agent = "/run/sallyport/desk.sock"

    @Option(help: ArgumentHelp("The partners' door of dispatch.", valueName: "url"))
    var dispatch = ""

    @Option(
        help: ArgumentHelp(
            "PEM file with the certificates to trust instead of the system's.", valueName: "file"))
    var certificates = ""

    @Option(help: ArgumentHelp("The epoch's number.", valueName: "n"))
    var epoch = 1

    @Option(help: ArgumentHelp("First day to seal to the epoch.", valueName: "YYYY-MM-DD"))
    var opens: String

    @Option(help: ArgumentHelp("Last day to seal to the epoch.", valueName: "YYYY-MM-DD"))
    var closes: String

    func validate() throws {
        guard let first = Day(opens), let last = Day(closes), first <= last else {
            throw ValidationError("--opens and --closes are days like 2026-12-01, in this order.")
        }
        guard epoch >= 1 else { throw ValidationError("Epochs count from 1.") }
    }

    func run() throws {
        if Durable.exists(keys + "/store.age") {
            let keys = try DeskKeys.open(keys) {
                try Prompt.passphrase("Passphrase of the desk's keys: ")
            }
            return try printEpoch(try keys.addEpoch(epoch))
        }
        guard let root else {
            throw Failure("A new desk needs the root's vkey: --root FILE.")
        }
        let vkey = try Durable.read(root, limit: 1024)
        guard
            let root = try? NoteVerifier(
                vkey: String(
                    decoding: vkey.last == 0x0A ? vkey.dropLast() : vkey[...], as: UTF8.self))
        else { throw Failure("\(root) is not one vkey on one line.") }
        let passphrase = try Prompt.newPassphrase("New passphrase of the desk's keys: ")
        let made = try DeskKeys.create(in: keys, root: root, passphrase: passphrase)
        let epoch = try made.keys.addEpoch(epoch)
        try DeskSettings(
            root: root, agent: agent, dispatch: dispatch, certificates: certificates
        ).create(in: desk)
        Say.result("key = \"\(made.station.keyText)\"")
        try printEpoch(epoch)
    }

    private func printEpoch(_ epoch: DeskKeys.PublicEpoch) throws {
        EpochLines.show(epoch, opens: opens, closes: closes)
        Say.note("Put these lines into Keys/desk.toml and let the root sign a directory.")
    }
}
