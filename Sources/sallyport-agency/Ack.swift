internal import Agencies
internal import ArgumentParser
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import Reception
internal import Terminal
internal import Tips

/// Tells the desk what the office does about a bundle.
struct Ack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Tell the desk what your office does about a bundle.",
        discussion: """
            The answer is signed with your office's key. "declined" and "needs-more" need a reason: \
            a declined case goes to the next office at once, so say so early. "accepted" and \
            "acted" make the other offices wait.

            Examples:
              sallyport-agency ack --from https://dispatch.example --state opened \\
                bundles/0123456789abcdef.bundle.tar
              sallyport-agency ack --from https://dispatch.example --state declined \\
                --reason "Not in our district." bundles/0123456789abcdef.bundle.tar
              sallyport-agency ack --save answer.json --state accepted \\
                bundles/0123456789abcdef.bundle.tar
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var directory: DirectoryOptions
    @OptionGroup var door: DoorOptions

    @Option(
        help: ArgumentHelp(
            "One of: \(OfficeAnswer.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "state"))
    var state: String

    @Option(help: ArgumentHelp("Why, in words.", valueName: "text"))
    var reason = ""

    @Option(
        help: ArgumentHelp(
            "Write the signed answer to a file, to be carried, instead of sending it.",
            valueName: "file"))
    var save: String?

    @Argument(help: "The bundle, or the 64 digits that \"verify\" shows for it.")
    var bundle: String

    func run() async throws {
        guard let answer = OfficeAnswer(rawValue: state) else {
            throw Failure(
                "\(state) is no answer.",
                hint: "Answers: \(OfficeAnswer.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard door.from != nil || save != nil else {
            throw Failure(
                "Say where dispatch is (--from URL), or where to save the answer (--save FILE).")
        }
        let home = try home.opened()
        let inspection = try directory.inspection(of: home)
        let digest = try digest(inspection)
        let path = home.signingKeyPath
        let key = try AgencyKeys.signingKey(at: path) { () throws(Failure) in
            try Ask.passphrase(of: path)
        }
        let signed = try Acknowledging.signed(
            answer, reason: reason, bundle: digest, home: home, directory: inspection.directory,
            hour: try Clock.hour(), key: key)
        if let save { try Durable.write(signed.span, to: save, mode: 0o600) }
        if let from = door.from {
            let client = try door.client(to: from, of: home, inspection.directory, key)
            try await Acknowledging.send(signed, through: client)
        }
        Say.result("\(digest.hex): \(answer.rawValue)")
    }

    private func digest(_ inspection: Inspection) throws -> Hash {
        if let digest = Hash(hex: bundle), !Durable.exists(bundle) { return digest }
        return try Checked.bundle(bundle, inspection).release.digest
    }
}
