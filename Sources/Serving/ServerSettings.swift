/// How a server listens.
package struct ServerSettings: Sendable {
    /// The address to bind: an IP address in numbers.
    package var host: String
    /// The port to bind; 0 for any free one.
    package var port: Int
    /// Certificate and key; without them only loopback is bound.
    package var tls: TLSFiles?
    /// Most connections at a time; more wait in the system's queue.
    package var maxConnections: Int
    /// A connection on which nothing arrives for so long is closed.
    package var idleTimeout: Duration
    /// A connection whose peer takes nothing for so long is closed.
    package var stallTimeout: Duration
    /// How long requests under way may go on after SIGTERM.
    package var shutdownGrace: Duration

    /// Where certificate chain and private key are, both PEM.
    package struct TLSFiles: Sendable {
        /// The certificate chain, leaf first.
        package var certificate: String
        /// The private key.
        package var key: String

        /// The two files.
        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Settings with the given values.
    package init(
        host: String = "127.0.0.1", port: Int, tls: TLSFiles? = nil, maxConnections: Int = 512,
        idleTimeout: Duration = .seconds(15), stallTimeout: Duration = .seconds(30),
        shutdownGrace: Duration = .seconds(30)
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.maxConnections = maxConnections
        self.idleTimeout = idleTimeout
        self.stallTimeout = stallTimeout
        self.shutdownGrace = shutdownGrace
    }

    /// Reads `listen.*` and `tls.*`.
    ///
    /// - Throws: ``SettingsError`` that names the key.
    package init(_ settings: SettingsFile, defaultPort: Int) throws(SettingsError) {
        self.init(
            host: try settings.string("listen.host", default: "127.0.0.1"),
            port: try settings.integer("listen.port", default: defaultPort, in: 0...65535),
            maxConnections: try settings.integer(
                "listen.max-connections", default: 512, in: 1...65536),
            idleTimeout: .seconds(
                try settings.integer("listen.idle-timeout-seconds", default: 15, in: 1...3600)),
            stallTimeout: .seconds(
                try settings.integer("listen.stall-timeout-seconds", default: 30, in: 1...3600)),
            shutdownGrace: .seconds(
                try settings.integer("listen.shutdown-grace-seconds", default: 30, in: 1...3600)))
        let certificate = try settings.optionalString("tls.certificate")
        let key = try settings.optionalString("tls.key")
        switch (certificate, key) {
        case (let certificate?, let key?): tls = TLSFiles(certificate: certificate, key: key)
        case (nil, nil): tls = nil
        default: throw .invalid("tls", "needs both certificate and key")
        }
        try checkReach()
    }

    /// Refuses to be reachable from elsewhere without TLS.
    ///
    /// - Throws: ``SettingsError``.
    package func checkReach() throws(SettingsError) {
        guard tls == nil, !isLoopback else { return }
        throw .invalid(
            "listen.host", "\(host) is reachable from elsewhere: set tls.certificate and tls.key")
    }

    /// Whether only this machine reaches it. Only literal addresses count: what a name resolves to is
    /// somebody else's choice.
    package var isLoopback: Bool {
        if host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
