internal import ArgumentParser
internal import Submission
internal import Terminal
internal import Tips

/// Adds evidence to a tip, or goes on with evidence that was cut off.
struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add files to a tip you have sent, or go on with files that were cut off.",
        discussion: """
            Asks for the receipt. A file that was cut off earlier goes on where it ended, if it is \
            still exactly the same file; any other file is sent as a new one. So is a file that \
            had arrived whole: nobody who has the receipt and the file is told that it was sent.

            Example:
              sallyport add --to https://door.example --root-key root.vkey \\
                --evidence video.mp4
            """)

    @OptionGroup var door: Door

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A file to send as evidence, untouched.", valueName: "file"))
    var evidence: [String]

    func run() async throws {
        try EvidenceSending.check(evidence)
        try await Self.send(evidence, through: door)
    }

    /// Asks for the receipt and sends `files`.
    static func send(_ files: [String], through door: Door) async throws {
        let client = try door.client()
        let keys = try ReceiptPrompt.keys()
        let directory = try await door.verifiedDirectory(client)
        try await EvidenceSending(
            client: client, directory: directory, firstEnvelope: nil, canResume: true,
            resumeCommand: command(files, door)
        ).send(files, keys: keys)
    }

    /// What to type to go on with `files`.
    static func command(_ files: [String], _ door: Door) -> String {
        let directory = door.directory.map { ["--directory", $0] } ?? []
        let certificates = door.certificates.map { ["--certificates", $0] } ?? []
        let words =
            ["sallyport", "add", "--to", door.to, "--root-key", door.rootKey] + directory
            + certificates + files.flatMap { ["--evidence", $0] }
        return words.map(quoted).joined(separator: " ")
    }

    /// The word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
                || "-_./:+=@%".utf8.contains($0) || $0 >= 0x80
        }
        guard !isPlain || word.isEmpty else { return word }
        return "'"
            + word.split(separator: "'", omittingEmptySubsequences: false)
            .joined(separator: "'\\''") + "'"
    }
}
