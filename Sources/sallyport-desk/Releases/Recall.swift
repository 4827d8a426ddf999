internal import Agencies
internal import ArgumentParser
internal import Forwarding
internal import Terminal
internal import Verification

/// Takes back what was sent, as far as that can be done.
struct Recall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Prepare a recall of what offices were sent of a case.",
        discussion: """
            Dispatch stops serving what is recalled. What an office has fetched cannot be taken from \
            it: the recall asks it to stop and to delete, and its answer comes back as any other. It \
            is approved by two persons and sent as a release is, and goes out of a frozen or held case \
            as well. What the offices are told besides is asked for, or read as one line of standard \
            input, and may be empty.

            Reasons:
              withdrawn   whoever reported does not agree any more
              mistaken    what was sent is wrong, or was not meant for the office
              unsafe      acting on it would put somebody in danger

            Examples:
              sallyport-desk recall 3f2a90b1c4d5 --reason withdrawn
              sallyport-desk recall 3f2a90b1c4d5 --reason mistaken --office office-b
              sallyport-desk approve 3f2a90b1c4d5 --signer ana.sock
              sallyport-desk approve 3f2a90b1c4d5 --signer ben.sock
              sallyport-desk release 3f2a90b1c4d5
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "One of: \(RecallReason.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "reason"))
    var reason: String

    @Option(
        help: ArgumentHelp(
            "Only this office; may be given more than once. Without it: every office that has "
                + "something of the case.", valueName: "office"))
    var office: [OfficeID] = []

    func run() async throws {
        guard let reason = RecallReason(rawValue: reason) else {
            throw Failure(
                "\(reason) is no reason.",
                hint:
                    "Reasons: \(RecallReason.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let words = try Prompt.line("What the offices are told besides (may be empty): ")
        let preparation = RecallPreparation(opened, checkpoint: await link.checkpoint(desk))
        let order = RecallPreparation.Order(offices: office, reason: reason, words: words)
        for line in try preparation.run(order) { Say.result(line) }
    }
}
