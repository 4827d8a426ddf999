internal import Agencies
internal import ArgumentParser
internal import DurableFiles
internal import Terminal
internal import Verification

/// Gives the desk a directory.
struct TakeDirectory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Give the desk a newer signed directory and its policy.",
        discussion: """
            An older directory, one that the root did not sign, or an expired one is refused.

            Example:
              sallyport-desk directory directory.note policy.json
            """)

    @OptionGroup var desk: DeskOptions

    @Argument(help: "The directory that the root signed.")
    var note: String

    @Argument(help: "The routing policy that goes with it.")
    var policy: String

    func run() throws {
        let directory = try Desk.take(
            directory: try Durable.read(note, limit: UnverifiedDirectory.byteLimit),
            policy: try Durable.read(policy, limit: Policy.byteLimit), in: desk.desk)
        Say.result(
            "directory version \(directory.version), until \(directory.contents.expires.text)")
    }
}
