internal import Agencies
internal import Custody
package import Logging
package import Ledger
package import Quarantine
internal import Serving

/// Serves the partners' door with all its clocks.
package struct DispatchServer: Sendable {
    /// The program's name in log lines.
    package static let program = "sallyport-dispatch"

    private let settings: DispatchSettings
    private let logger: Logger

    /// A server with these settings.
    package init(_ settings: DispatchSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Cleans up after a crash, then serves until SIGTERM or SIGINT.
    ///
    /// - Parameter onRunning: called once with the port that was bound.
    /// - Throws: ``DispatchError/alreadyServed`` while another server runs on the same state.
    package func run(
        store: some QuarantineStore & LedgerStore, blobs: any BlobStore, spool: any Spool,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws {
        let lock = try StateLock.serving(settings)
        defer { withExtendedLifetime(lock) {} }
        let dispatch = try await Dispatch(
            store: store, blobs: blobs, spool: spool,
            publicDirectory: try PublicDirectory(path: settings.publicDirectory),
            logKey: try LogKey.read(settings.logKey), root: settings.root, quotas: settings.quotas)
        try await resume(dispatch)
        let rounds = SpoolRounds(checkpointSeconds: settings.checkpointSeconds)
        let clocks = dispatch.clocks(settings, rounds, logger: logger)
        let server = try DoorServer(
            program: Self.program, settings: settings.server, services: clocks)
        let responder = PartnerResponder(dispatch, at: settings.authorities, logger: logger)
        try await server.run(responder, onRunning: onRunning)
        await rounds.log(to: logger)
    }

    private func resume(_ dispatch: Dispatch) async throws {
        let cleaning = try StateLock.cleaning(settings)
        try await dispatch.resume()
        withExtendedLifetime(cleaning) {}
    }
}
