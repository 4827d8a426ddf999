internal import Agencies
internal import ArgumentParser
internal import Terminal
internal import Verification

/// Decides and prepares.
struct Prepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Decide, office by office and part by part, and prepare what two persons sign.",
        discussion: """
            Consent, the never list, the policy and the labels decide; each decision is printed with \
            its reason. The offices' headers stay with the desk agent until two have signed. \
            Preparing again replaces what was not sent, and voids its approvals. An office that has \
            answered gets what is new as a supplement; one that has not, or from which something was \
            recalled, only when it is named. With --without the reason is asked for, or read as one \
            line of standard input.

            Examples:
              sallyport-desk prepare 3f2a90b1c4d5
              sallyport-desk prepare 3f2a90b1c4d5 --office office-a --standby office-b
              sallyport-desk prepare 3f2a90b1c4d5 --without 12 --without 13
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    @Option(
        help: ArgumentHelp("Only this office; may be given more than once.", valueName: "office"))
    var office: [OfficeID] = []

    @Option(help: ArgumentHelp("An office that stands by; in order.", valueName: "office"))
    var standby: [OfficeID] = []

    @Option(help: ArgumentHelp("Hours between one office and the next.", valueName: "hours"))
    var standbyHours = 72

    @Option(
        help: ArgumentHelp(
            "A part that goes to nobody, by its number, class or digest; may be given more than "
                + "once.", valueName: "part"))
    var without: [String] = []

    func run() async throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let preparation = ReleasePreparation(opened, checkpoint: await link.checkpoint(desk))
        let why = without.isEmpty ? "" : try Prompt.line("Why these parts are left out: ")
        let order = ReleasePreparation.Order(
            now: office, standby: standby, standbyHours: standbyHours, without: without,
            withoutWhy: why)
        for line in try preparation.run(order) { Say.result(line) }
    }
}

enum DeskWords {
    static func of(_ error: any Error) -> String {
        Explanation.failure(for: error)?.message ?? "\(error)"
    }
}

/// One person's approval.
struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Work the release out again from the case, see what you sign, and sign it.",
        discussion: """
            Labels, consent, routing and every digest are computed again from the case in this run; \
            if anything differs from what was prepared, nothing is signed. The cover sheet is shown \
            as the office will read it, and everything that was left out. Two different persons must \
            approve; whatever changes the case afterwards voids both approvals.

            Example:
              sallyport-desk approve 3f2a90b1c4d5 --signer /run/sallyport/ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var signer: SignerOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        try opened.lookAtTexts(by: .person(try desk.person(signer.client).text))
        let approval = ReleaseApproval(opened)
        let confirmed = try approval.recompute()
        for one in confirmed {
            for line in one.words { Say.result(line) }
        }
        Say.note("Your passphrase signs exactly this; Ctrl-C signs nothing.")
        let person = try approval.sign(
            confirmed, signer: signer.client, passphrase: try signer.passphrase())
        Say.result("approved by \(person)")
    }
}

/// Sends what two persons approved.
struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Send what two persons approved.",
        discussion: """
            Can be run again at any time: when dispatch is down nothing is lost, and what was sent \
            already is not sent twice.

            Examples:
              sallyport-desk release 3f2a90b1c4d5
              sallyport-desk release 3f2a90b1c4d5 --carry /media/usb/sallyport
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() async throws {
        let desk = try desk.opened()
        let opened = try desk.openCase(name)
        let lines = try await ReleaseSending(opened, over: try link.link(desk)).run()
        for line in lines { Say.result(line) }
    }
}
