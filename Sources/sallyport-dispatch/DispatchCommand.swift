import Agencies
import ArgumentParser
import Custody
import DurableFiles
import Glibc
import Logging
import PartnerAPI
import QuarantineSQLite
import Serving

/// The program behind the public door.
@main
struct DispatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sallyport-dispatch",
        abstract: "Quarantine, custody log and partners' door. It cannot open what it holds.",
        discussion: """
            Takes sealed frames from intake's spool, keeps them for the desk, forwards what two \
            verifiers released, and logs every hand-over.

            EXAMPLES
              sallyport-dispatch check-config --config dispatch.yaml
              sallyport-dispatch init --config dispatch.yaml --log-name example.org/custody
              sallyport-dispatch adopt-directory --config dispatch.yaml directory.note
              sallyport-dispatch serve --config dispatch.yaml
              sallyport-dispatch export --config dispatch.yaml --to /media/stick

            A CONFIGURATION FILE
              state: /var/lib/sallyport/dispatch
              spool: /var/lib/sallyport/spool
              public: /var/lib/sallyport/public
              log-key: /var/lib/sallyport/dispatch-keys/log.key
              root-key: example-root+1a2b3c4d+AVk...
              checkpoint-seconds: 3600
              listen:
                host: 127.0.0.1
                port: 8450

            Each setting has a variable: listen.port is SALLYPORT_DISPATCH_LISTEN_PORT.

            EXIT STATUS
              0 after SIGTERM or SIGINT, 1 when something was refused, 64 for a wrong command \
            line, 70 when a store failed, 78 for a wrong configuration.
            """,
        subcommands: [
            Serve.self, CheckConfig.self, Initialise.self, AdoptDirectory.self, Export.self,
            Import.self, StoredBytesList.self,
        ])
}

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .long, help: "The YAML file with the settings; without it, only the environment.",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    /// The settings, or the end of the program with one clear line.
    func settings() async throws -> DispatchSettings {
        do throws(SettingsError) {
            let file = try await SettingsFile(
                path: config, prefix: DispatchSettings.environmentPrefix)
            return try DispatchSettings(file)
        } catch {
            writeToStandardError("sallyport-dispatch: \(error)\n")
            throw ExitCode(78)  // EX_CONFIG of sysexits.h
        }
    }
}

/// Dispatch over its files, for the commands that run beside the server.
func openDispatch(_ settings: DispatchSettings) async throws -> Dispatch {
    try await Dispatch(
        store: try SQLiteStore(at: settings.database),
        blobs: FileBlobStore(directory: settings.blobs),
        spool: try FileSpool(directory: settings.spool),
        publicDirectory: try PublicDirectory(path: settings.publicDirectory),
        logKey: try LogKey.read(settings.logKey), root: settings.root, quotas: settings.quotas)
}
