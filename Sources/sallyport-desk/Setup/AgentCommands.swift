internal import Agencies
internal import Agents
internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import Terminal

/// Who may reach an agent.
struct SocketOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where to listen.", valueName: "path"))
    var socket: String

    @Option(
        help: ArgumentHelp(
            "User id whose processes are served; may be given more than once. Without it, only the "
                + "agent's own user. With others the socket is open to its group.",
            valueName: "uid"))
    var allow: [UInt32] = []

    var users: Set<UInt32> { allow.isEmpty ? [getuid()] : Set(allow) }
}

/// The desk agent.
struct Agent: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Run the desk agent, which alone holds the desk's keys.",
        discussion: """
            Asks for the passphrase of the desk's keys, then serves until it is stopped. It gives \
            the desk's program file keys and headers for cases; a header for an office comes out \
            only against a statement that two different persons of the roster signed.

            Example:
              sallyport-desk agent --socket /run/sallyport/desk.sock --keys desk-keys --allow 1001
            """)

    @OptionGroup var socket: SocketOptions

    @Option(help: ArgumentHelp("The folder that init made.", valueName: "folder"))
    var keys: String

    func run() throws {
        try Hardening.apply()
        let keys = try DeskKeys.open(keys) {
            try Prompt.passphrase("Passphrase of the desk's keys: ")
        }
        let agent = try DeskAgent(keys)
        let server = try agent.listen(at: socket.socket, users: socket.users)
        Hardening.serve(server, "desk agent ready at \(socket.socket)")
    }
}

/// One verifier's signing agent.
struct Signer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signer",
        abstract: "Run the signing agent of one verifier.",
        discussion: """
            Holds no key between signatures: each one takes the passphrase. It signs releases, \
            questions to reporters and decisions, and nothing else.

            Example:
              sallyport-desk signer --socket /run/sallyport/ana.sock --key ana.key
            """)

    @OptionGroup var socket: SocketOptions

    @Option(help: ArgumentHelp("The key file that keygen-verifier made.", valueName: "file"))
    var key: String

    func run() throws {
        try Hardening.apply()
        let agent = try SigningAgent(key)
        let server = try agent.listen(at: socket.socket, users: socket.users)
        Hardening.serve(server, "signing agent of \(agent.person) ready at \(socket.socket)")
    }
}

/// What both agents do around their service.
private enum Hardening {
    static func apply() throws {
        guard try AgentProcess.harden() else {
            return Say.note(
                "warning: memory cannot be locked (see ulimit -l): keys could reach the swap.")
        }
    }

    /// Serves until SIGINT or SIGTERM.
    static func serve(_ server: AgentServer, _ words: String) {
        var sources: [any DispatchSourceSignal] = []
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { server.stop() }
            source.resume()
            sources.append(source)
        }
        Say.note(words)
        server.run()
        withExtendedLifetime(sources) {}
    }
}
