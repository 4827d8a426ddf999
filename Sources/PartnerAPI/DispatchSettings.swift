internal import Agencies
package import Custody
package import Quarantine
package import Serving

/// How dispatch runs: `sallyport-dispatch`'s configuration file.
///
/// ```
/// state: /var/lib/sallyport/dispatch    database and blobs
/// spool: /var/lib/sallyport/spool       what intake writes
/// public: /var/lib/sallyport/public     what intake reads
/// log-key: /var/lib/sallyport/dispatch-keys/log.key    PKCS#8 PEM, mode 0600
/// root-key: example-root+1a2b3c4d+AVk...
/// spool-seconds: 300
/// checkpoint-seconds: 3600
/// mailbox-seconds: 3600
/// authority: dispatch.example:8450      as partners call the door
/// listen:
///   host: 127.0.0.1
///   port: 8450
/// ```
package struct DispatchSettings: Sendable {
    /// The directory of database and blobs.
    package let state: String
    /// The spool that intake writes.
    package let spool: String
    /// The directory that intake reads.
    package let publicDirectory: String
    /// The file of the custody log's private key.
    package let logKey: String
    /// The root's key, which signs directories.
    package let root: NoteVerifier
    /// Seconds between rounds over the spool.
    package let spoolSeconds: Int
    /// Seconds between checkpoints, which everybody can read.
    package let checkpointSeconds: Int
    /// Seconds between changes of all mailbox slots.
    package let mailboxSeconds: Int
    /// Seconds between copies of all stored files to new inodes.
    package let shuffleSeconds: Int
    /// How much quarantine takes.
    package let quotas: Quotas
    /// How the partners' door listens.
    package let server: ServerSettings
    /// The names by which partners call the door.
    package let authorities: Authorities

    /// The prefix of environment variables that override the file.
    package static let environmentPrefix = "SALLYPORT_DISPATCH"

    /// Reads and checks all settings.
    ///
    /// - Throws: ``SettingsError`` that names the key.
    package init(_ file: SettingsFile) throws(SettingsError) {
        state = try file.string("state")
        spool = try file.string("spool")
        publicDirectory = try file.string("public")
        logKey = try file.string("log-key")
        let vkey = try file.string("root-key")
        do throws(NoteError) {
            root = try NoteVerifier(vkey: vkey)
        } catch {
            throw .invalid("root-key", "is not a note key (name+hash+base64)")
        }
        checkpointSeconds = try file.integer("checkpoint-seconds", default: 3600, in: 1...86_400)
        spoolSeconds = try file.integer(
            "spool-seconds", default: min(300, checkpointSeconds), in: 1...checkpointSeconds)
        mailboxSeconds = try file.integer("mailbox-seconds", default: 3600, in: 1...86_400)
        shuffleSeconds = try file.integer("shuffle-seconds", default: 3600, in: 1...86_400)
        let usual = Quotas()
        quotas = Quotas(
            totalBytes: try file.integer(
                "quota.total-bytes", default: usual.totalBytes, in: 1 << 20...1 << 50),
            tipReserveBytes: try file.integer(
                "quota.tip-reserve-bytes", default: usual.tipReserveBytes, in: 0...1 << 50),
            bytesPerTip: try file.integer(
                "quota.bytes-per-tip", default: usual.bytesPerTip, in: 1 << 16...1 << 50),
            framesPerTip: try file.integer(
                "quota.frames-per-tip", default: usual.framesPerTip, in: 1...1 << 20))
        server = try ServerSettings(file, defaultPort: 8450)
        let names = try file.optionalString("authority")
        guard names != nil || server.isLoopback else {
            throw .invalid("authority", "is needed: the host and port by which partners call this")
        }
        authorities = Authorities(
            names?.split { $0 == " " || $0 == "," }.map(String.init) ?? [],
            listening: server.host)
        try file.finish()
    }

    /// What an operator wants to see before starting: eight lines.
    package var summary: String {
        """
        listens on  \(server.host), port \(server.port)
        TLS         \(server.tls == nil ? "no: loopback only" : "yes")
        state       \(state)
        spool       \(spool)
        public      \(publicDirectory)
        log key     \(logKey)
        root key    \(root.vkey)
        clocks      \(spoolSeconds) s spool, \(checkpointSeconds) s checkpoints, \(mailboxSeconds) s mailboxes
        """
    }

    /// The database.
    package var database: String { state + "/dispatch.sqlite" }
    /// The directory of blobs.
    package var blobs: String { state + "/blobs" }
}
