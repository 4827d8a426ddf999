import ArgumentParser
import DurableFiles
import Logging
import PartnerAPI
import Quarantine
import QuarantineSQLite
import Serving

/// `sallyport-dispatch check-config`
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Read the configuration, say what is wrong with it, and change nothing.",
        discussion: """
            Run it before every restart: it ends with 78 and one line that names the setting.

            EXAMPLES
              sallyport-dispatch check-config --config dispatch.yaml
              SALLYPORT_DISPATCH_LISTEN_PORT=8451 sallyport-dispatch check-config \\
                --config dispatch.yaml
            """)

    @OptionGroup var place: ConfigurationOption

    func run() async throws {
        let settings = try await place.settings()
        print("The configuration is right.")
        print(settings.summary)
    }
}

/// `sallyport-dispatch serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the partners' door and run the clocks until SIGTERM or SIGINT.",
        discussion: """
            Needs what `init` and `adopt-directory` make. A request that has begun is finished after \
            SIGTERM; an error of the store ends the program at once, with 70, and nothing that was \
            acknowledged is lost by it.

            EXAMPLE
              sallyport-dispatch serve --config dispatch.yaml
            """)

    @OptionGroup var place: ConfigurationOption

    func run() async throws {
        try ProcessHardening.apply()
        let settings = try await place.settings()
        let logger = Logger.quiet(program: DispatchServer.program)
        do {
            try await DispatchServer(settings, logger: logger).run(
                store: try SQLiteStore(at: settings.database),
                blobs: FileBlobStore(directory: settings.blobs),
                spool: try FileSpool(directory: settings.spool))
        } catch let error as FileError {
            // Before the door is open, the path is what an operator needs.
            writeToStandardError("sallyport-dispatch: \(error)\n")
            throw ExitCode(FatalStore.exitCode)
        } catch let failure as StoreFailure {
            FatalStore.stop(logger, operation: failure.operation, code: failure.code)
        }
    }
}
