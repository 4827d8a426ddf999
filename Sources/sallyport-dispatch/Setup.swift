import Agencies
import ArgumentParser
import Custody
import DurableFiles
import Glibc
import Ledger
import PartnerAPI
import QuarantineSQLite

/// `sallyport-dispatch init`
struct Initialise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make the log's key, the database and the log. Once, before the first start.",
        discussion: """
            Prints the log's public key, which the keepers of the root key put into the directory. \
            Nothing that exists already is changed.

            EXAMPLE
              sallyport-dispatch init --config dispatch.yaml --log-name example.org/custody
            """)

    @OptionGroup var place: ConfigurationOption
    @Option(help: "The log's name, for example example.org/custody.")
    var logName: String

    func run() async throws {
        let settings = try await place.settings()
        guard let name = NoteKeyName(logName) else {
            throw ValidationError("a log's name has no spaces and no plus")
        }
        try Durable.createDirectory(settings.state)
        try Durable.createDirectory(settings.blobs)
        let key = try LogKey.create(at: settings.logKey)
        try SQLiteStore.create(at: settings.database)
        guard try await SQLiteStore(at: settings.database).create() else {
            throw LedgerError.alreadyCreated
        }
        print(NoteVerifier(name: name, key: key).vkey)
    }
}

/// `sallyport-dispatch adopt-directory`
struct AdoptDirectory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt-directory",
        abstract: "Check a newly signed directory and put it into force.",
        discussion: """
            Refused when the root did not sign it, it has expired, or it is older than the newest \
            one seen. A running server takes it over at its next checkpoint.

            EXAMPLE
              sallyport-dispatch adopt-directory --config dispatch.yaml directory.note
            """)

    @OptionGroup var place: ConfigurationOption
    @Argument(help: "The signed directory.", completion: .file())
    var file: String

    func run() async throws {
        let settings = try await place.settings()
        let note = try Durable.read(file, limit: UnverifiedDirectory.byteLimit)
        guard let today = Day(unixTime: time(nil)) else { throw ValidationError("no clock") }
        let store = try SQLiteStore(at: settings.database)
        try await Dispatch.adopt(directory: note, root: settings.root, clock: today, into: store)
        try PublicDirectory(path: settings.publicDirectory).publish(directory: note)
        print("The directory is in force.")
    }
}

/// `sallyport-dispatch stored-bytes`
struct StoredBytesList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stored-bytes",
        abstract: "Print every column the database may have, and what kind of bytes it holds.",
        discussion: """
            For whoever audits this machine: what is in the files and not in this list does not \
            belong there. Reads nothing.

            EXAMPLE
              sallyport-dispatch stored-bytes
            """)

    func run() {
        for line in StoredBytes.lines { print(line) }
    }
}
