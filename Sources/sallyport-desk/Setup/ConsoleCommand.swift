internal import Agencies
internal import ArgumentParser
internal import DeskConsole
internal import Dispatch
internal import Glibc
internal import Terminal
internal import Verification

/// The console in a browser on this machine.
struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Work at the desk in a browser on this machine.",
        discussion: """
            Shows one address. Open it in a browser on this machine, one that is used for nothing \
            else: the code in it works once, and from then on only that browser is let in. Nothing \
            outside this machine can reach the console, and it loads nothing from elsewhere. It locks \
            itself after 15 minutes without use; press Enter here for a new address, which locks out \
            whoever is in. It is for one person, whose signing agent is at --signer; your passphrase is \
            asked for at each signature, and goes to that agent alone.

            Everything can be done with the other commands as well, beside it. What only they do (keys, \
            the directory, originals as files) is listed on the page “This desk”.

            Examples:
              sallyport-desk console --desk desk --signer /run/sallyport/ana.sock
              sallyport-desk console --signer ana.sock --carry /media/usb/sallyport
            """)

    @OptionGroup var desk: DeskOptions
    @OptionGroup var link: LinkOptions
    @OptionGroup var signer: SignerOptions
    @OptionGroup var scanner: ScannerOptions

    @Option(
        help: ArgumentHelp("The port to listen on; any free one when not given.", valueName: "n"))
    var port = 0

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("--port is a number from 0 to 65535.")
        }
    }

    func run() async throws {
        let person = try desk.opened().person(signer.client)
        let console = Console(
            desk: desk.desk, signer: signer.signer, carried: link.carry, scanner: scanner.scanner
        ) {
            Say.note("Open this in your browser; it works once:")
            Say.result($0)
        }
        Say.note("The console of \(person). Ctrl-C ends it; Enter shows a new address.")
        Self.showNewAddresses(of: console)
        do {
            try await ConsoleServer(console, port: port).run()
        } catch {
            throw Failure(
                "The console could not listen on port \(port): \(error)",
                hint: "Another program may have that port: choose another with --port.")
        }
    }

    /// A new address for each Enter at the terminal, as long as there is one.
    private static func showNewAddresses(of console: Console) {
        DispatchQueue.global().async {
            while readLine() != nil { console.showNewAddress() }
        }
    }
}
