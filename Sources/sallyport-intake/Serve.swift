import ArgumentParser
import DurableFiles
import Intake
import Logging
import Serving

/// `sallyport-intake serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the public door until SIGTERM or SIGINT.",
        discussion: """
            Requests under way may end; new ones are not taken. Log lines go to standard error: \
            hours and counts, never an address or a path.

            Example:
              sallyport-intake serve --config /etc/sallyport/intake.yaml
            """)

    @OptionGroup var place: ConfigurationOption

    func run() async throws {
        try ProcessHardening.apply()
        let settings = try await Configured.settings(place.config)
        let logger = Logger.quiet(program: IntakeServer.program)
        do {
            try await IntakeServer(settings, logger: logger).run()
        } catch let error as FileError {
            // Before the door is open, the path is what an operator needs.
            writeToStandardError("sallyport-intake: \(error)\n")
            throw ExitCode(FatalStore.exitCode)
        } catch let error as PageError {
            writeToStandardError("sallyport-intake: \(error)\n")
            // EX_CONFIG of sysexits.h
            throw ExitCode(78)
        }
    }
}

/// `sallyport-intake check-config`
struct CheckConfig: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Read the configuration, say what is wrong with it, and change nothing.",
        discussion: """
            Example:
              sallyport-intake check-config --config /etc/sallyport/intake.yaml
            """)

    @OptionGroup var place: ConfigurationOption

    func run() async throws {
        let settings = try await Configured.settings(place.config)
        print("The configuration is right.")
        print(settings.summary)
    }
}

/// The settings, or the end of the program with one clear line.
enum Configured {
    static func settings(_ path: String?) async throws -> IntakeSettings {
        do throws(SettingsError) {
            let file = try await SettingsFile(
                path: path, prefix: IntakeServer.environmentPrefix)
            return try IntakeSettings.read(file)
        } catch {
            writeToStandardError("sallyport-intake: \(error)\n")
            // EX_CONFIG of sysexits.h
            throw ExitCode(78)
        }
    }
}
