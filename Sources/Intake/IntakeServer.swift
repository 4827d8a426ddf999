internal import Custody
package import Logging
internal import ServiceLifecycle
internal import Serving

/// `sallyport-intake serve`: the door, its clockwork and its listener.
package struct IntakeServer: Sendable {
    /// The name in log lines.
    package static let program = "sallyport-intake"
    /// The prefix of environment variables.
    package static let environmentPrefix = "SALLYPORT_INTAKE"
    private let door: PublicDoor
    private let settings: IntakeSettings

    /// Opens the door and prepares to serve.
    package init(_ settings: IntakeSettings, logger: Logger) throws {
        try self.init(settings, door: PublicDoor(settings, logger: logger))
    }

    package init(_ settings: IntakeSettings, door: PublicDoor) throws {
        self.settings = settings
        self.door = door
    }

    /// Serves until SIGTERM, SIGINT or cancellation.
    ///
    /// - Parameter onRunning: called once with the port that was bound.
    package func run(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let server = try DoorServer(
            program: Self.program, settings: settings.server,
            services: [Clockwork(door: door, refresh: settings.refresh)])
        let logger = door.logger
        try await server.run(PublicResponder(door, bodies: settings.bodies)) { port in
            logger.info("listening", metadata: ["port": "\(port)"])
            await onRunning(port)
        }
        door.counts.log(to: logger)
    }
}

/// What happens without a request: reading what is published, and clearing up once an hour.
struct Clockwork: Service {
    let door: PublicDoor
    let refresh: Duration

    /// Ends at shutdown, and never by an error: a failed store ends the process by itself.
    func run() async throws {
        try? await cancelWhenGracefulShutdown { try await tick(since: door.now) }
    }

    private func tick(since start: Hour) async throws {
        var last = start
        while true {
            try await Task.sleep(for: refresh)
            try? await door.refresh()
            guard door.now > last else { continue }
            last = door.now
            try? await door.expire()
        }
    }
}
