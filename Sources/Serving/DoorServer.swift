package import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL
package import ServiceLifecycle
internal import UnixSignals

/// Runs a door: binds, serves until SIGTERM or SIGINT, lets requests under way end, and returns.
package struct DoorServer: Sendable {
    private let settings: ServerSettings
    private let program: String
    private let services: [any Service]

    /// A server of `program`, which runs `services` beside the requests.
    ///
    /// - Throws: ``SettingsError`` when it would be reachable from elsewhere without TLS.
    package init(
        program: String, settings: ServerSettings, services: [any Service] = []
    ) throws(SettingsError) {
        try settings.checkReach()
        self.settings = settings
        self.program = program
        self.services = services
    }

    /// Serves with `responder` until a signal comes or the task is cancelled.
    ///
    /// - Parameters:
    ///   - tellsHealth: whether `/health` is answered to anybody, for who watches the program.
    ///   - onRunning: called once with the port that was bound.
    package func run<R: HTTPResponder>(
        _ responder: R, tellsHealth: Bool = true,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws where R.Context == DoorContext {
        let logger = Logger.quietForLibraries(program: program)
        let application = Application(
            responder: GuardedResponder(responder, tellsHealth: tellsHealth),
            server: try protocols(),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(
                    settings.maxConnections, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: services + [application],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.shutdownGrace
        try await ServiceGroup(configuration: configuration).run()
    }

    private func protocols() throws -> HTTPServerBuilder {
        let stall = settings.stallTimeout
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [StallHandler(timeout: stall)],
                idleTimeout: TimeAmount(settings.idleTimeout),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024,
                    maxHeaderFieldCount: 64)))
        guard let files = settings.tls else { return http }
        return try .tls(http, tlsConfiguration: Self.tls(files))
    }

    private static func tls(_ files: ServerSettings.TLSFiles) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate)
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
        // Phones of 2015 speak TLS 1.2; nothing older is let in.
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }
}
