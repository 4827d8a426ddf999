import ArgumentParser
import PartnerAPI
import Serving
import Terminal

/// `sallyport-dispatch export`
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what waits for the desk into a folder that is carried to it.",
        discussion: """
            The folder gets from-dispatch/ with sealed frames, offices' answers and custody events, \
            and signed lists of them. Nothing is deleted here before the desk's signed confirmation \
            comes back in the same folder. Can be run beside the server, and as often as you like.

            EXAMPLE
              sallyport-dispatch export --config dispatch.yaml --to /media/stick
              (at the desk) sallyport-desk pull --carry /media/stick
            """)

    @OptionGroup var place: ConfigurationOption
    @Option(help: "The folder; made when absent.", completion: .directory)
    var to: String

    func run() async throws {
        let settings = try await place.settings()
        let lock = try StateLock.beside(settings)
        defer { withExtendedLifetime(lock) {} }
        let dispatch = try await openDispatch(settings)
        let progress = ProgressOfSteps()
        let waiting = try await dispatch.export(to: to) { progress.update("Writing", $0, $1) }
        print(
            "\(to) holds what waits for the desk: \(waiting.frames) frame(s), "
                + "\(waiting.answers) answer(s), \(waiting.events) custody event(s).")
    }
}

/// `sallyport-dispatch import`
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take what was carried from the desk.",
        discussion: """
            Takes releases with their payloads, mailbox batches, decisions, confirmations and \
            re-arming from the folder's from-desk/, each after the same checks as over the network. \
            A file is taken whole or not at all; one that is refused is named with the reason, and \
            does not hold up the others. The same folder again takes nothing new.

            EXIT STATUS
              0 when every file was taken or was here already, 1 when one was refused.

            EXAMPLE
              sallyport-dispatch import --config dispatch.yaml --from /media/stick
            """)

    @OptionGroup var place: ConfigurationOption
    @Option(help: "The folder.", completion: .directory)
    var from: String

    func run() async throws {
        let settings = try await place.settings()
        let lock = try StateLock.beside(settings)
        defer { withExtendedLifetime(lock) {} }
        let dispatch = try await openDispatch(settings)
        let progress = ProgressOfSteps()
        let report = try await dispatch.importCarried(from: from) {
            progress.update("Reading", $0, $1)
        }
        for refusal in report.refused {
            writeToStandardError("sallyport-dispatch: refused: \(refusal)\n")
        }
        print(
            "\(from): \(report.taken) file(s) taken, \(report.present) here already, "
                + "\(report.refused.count) refused.")
        guard report.refused.isEmpty else { throw ExitCode(1) }
    }
}
