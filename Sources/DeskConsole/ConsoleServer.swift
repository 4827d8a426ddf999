internal import Serving

/// Serves a console on this machine's own address, and on nothing else.
package struct ConsoleServer: Sendable {
    /// The program's name in log lines.
    package static let program = "sallyport-desk"
    /// Most connections at a time: one browser's, and a few more.
    private static let connectionLimit = 32

    private let console: Console
    private let port: Int

    /// A server of `console` on `port`, or on any that is free for 0.
    package init(_ console: Console, port: Int) {
        self.console = console
        self.port = port
    }

    /// Serves until SIGTERM or SIGINT; the address is shown once it is served.
    ///
    /// - Throws: what binding throws: another program has the port.
    package func run() async throws {
        let settings = ServerSettings(
            host: "127.0.0.1", port: port, maxConnections: Self.connectionLimit,
            shutdownGrace: .seconds(2))
        let server = try DoorServer(program: Self.program, settings: settings)
        try await server.run(ConsoleResponder(console), tellsHealth: false) { port in
            console.isServed(on: port)
        }
    }
}
