internal import Agencies
internal import ArgumentParser
internal import Terminal
internal import Verification

/// A lost key.
struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Stop everything sealed to an office's key, and list what it could open.",
        discussion: """
            Do this first, then let the root sign a directory that revokes the key. What an office \
            has fetched cannot be called back.

            Example:
              sallyport-desk revoke office-b
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions

    @Argument(help: "The office.")
    var office: OfficeID

    func run() async throws {
        let desk = try desk.opened()
        for line in try await OfficeRevocation(desk, over: try link.link(desk)).run(office) {
            Say.result(line)
        }
    }
}
