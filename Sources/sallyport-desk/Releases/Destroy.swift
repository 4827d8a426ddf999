internal import ArgumentParser
internal import Terminal
internal import Verification

/// The end of a case.
struct Destroy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Destroy a case that was withdrawn with the right code word; takes two persons.",
        discussion: """
            Example, by each of two persons:
              sallyport-desk destroy 3f2a90b1c4d5 --signer ana.sock
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions
    @OptionGroup var signer: SignerOptions

    @Argument(help: "The first digits of the case's name.")
    var name: String

    func run() async throws {
        let desk = try desk.opened()
        let tip = try desk.tip(named: name)
        if let warning = (try? desk.openCase(name))?.destroyWarning { Say.note(warning) }
        let isGone = try await Destruction(desk, over: try link.link(desk)).run(
            tip, signer: signer.client, passphrase: try signer.passphrase())
        Say.result(isGone ? "destroyed" : "signed; a second person must sign too")
    }
}
