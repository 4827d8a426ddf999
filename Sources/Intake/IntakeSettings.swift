package import Custody
package import Serving

/// Everything `sallyport-intake` can be told.
package struct IntakeSettings: Sendable {
    /// How it listens.
    package var server: ServerSettings
    /// Its own directory; see ``DataDirectory``.
    package var data: String
    /// The directory that it shares with dispatch; see ``DataDirectory``.
    package var spool: String
    /// The directory that dispatch publishes; see ``PublicFiles``.
    package var published: String
    /// The folder of the reporter's page; nil when this door serves none. See ``PageFiles``.
    package var page: String?
    /// The root's key.
    package var root: NoteVerifier
    /// How hard puzzles are.
    package var puzzles: PuzzleSettings
    /// What is taken in an hour.
    package var budgets: BudgetSettings
    /// How much upload is open at a time.
    package var uploads: UploadLimits
    /// How long it waits for bodies.
    package var bodies: BodySettings
    /// How often the published directory is read again.
    package var refresh: Duration

    /// Settings with the given directories, key and port, and the defaults for all else.
    package init(data: String, published: String, root: NoteVerifier, server: ServerSettings) {
        self.data = data
        spool = data + "/spool"
        self.published = published
        self.root = root
        self.server = server
        puzzles = PuzzleSettings()
        budgets = BudgetSettings()
        uploads = UploadLimits()
        bodies = BodySettings()
        refresh = .seconds(10)
    }

    /// Reads the settings from a file and the environment (`SALLYPORT_INTAKE_…`).
    ///
    /// - Throws: ``SettingsError`` that names the setting.
    package static func read(_ file: SettingsFile) throws(SettingsError) -> IntakeSettings {
        let server = try ServerSettings(file, defaultPort: 8440)
        let key = try file.string("root-key")
        let root: NoteVerifier
        do throws(NoteError) {
            root = try NoteVerifier(vkey: key)
        } catch {
            throw .invalid("root-key", "is not a verifier key: name+hash+base64")
        }
        var settings = IntakeSettings(
            data: try file.string("data"), published: try file.string("published"), root: root,
            server: server)
        settings.spool = try file.string("spool", default: settings.spool)
        let page = try file.string("page", default: "")
        settings.page = page.isEmpty ? nil : page
        try settings.readLimits(file)
        try file.finish()
        return settings
    }

    /// What an operator wants to see before starting: seven lines.
    package var summary: String {
        """
        listens on  \(server.host), port \(server.port)
        TLS         \(server.tls == nil ? "no: loopback only" : "yes")
        data        \(data)
        spool       \(spool)
        published   \(published)
        page        \(page ?? "none")
        root key    \(root.vkey)
        """
    }

    private mutating func readLimits(_ file: SettingsFile) throws(SettingsError) {
        puzzles = try PuzzleSettings(file)
        budgets = try BudgetSettings(file)
        uploads = try UploadLimits(file)
        bodies = try BodySettings(file)
        refresh = .seconds(try file.integer("refresh-seconds", default: 10, in: 1...3600))
    }
}

extension PuzzleSettings {
    fileprivate init(_ file: SettingsFile) throws(SettingsError) {
        self.init()
        tipBits = try file.integer("puzzle.tip-bits", default: tipBits, in: 0...30)
        supplementBits = try file.integer(
            "puzzle.supplement-bits", default: supplementBits, in: 0...30)
        uploadBits = try file.integer("puzzle.upload-bits", default: uploadBits, in: 0...24)
        parkedBits = try file.integer("puzzle.parked-bits", default: parkedBits, in: 0...30)
    }
}

extension BudgetSettings {
    fileprivate init(_ file: SettingsFile) throws(SettingsError) {
        self.init()
        tips = try Self.budget("tips", tips, file)
        supplements = try Self.budget("supplements", supplements, file)
        uploads = try Self.budget("uploads", uploads, file)
        parked = try Self.budget("parked", parked, file)
        drops = try Self.budget("drops", drops, file)
    }

    private static func budget(
        _ kind: String, _ fallback: HourlyBudget, _ file: SettingsFile
    ) throws(SettingsError) -> HourlyBudget {
        let megabytes = try file.integer(
            "\(kind).hourly-mib", default: fallback.byteLimit >> 20, in: 1...1 << 24)
        return HourlyBudget(
            count: try file.integer(
                "\(kind).hourly-count", default: fallback.countLimit, in: 1...1 << 24),
            bytes: megabytes << 20)
    }
}

extension UploadLimits {
    fileprivate init(_ file: SettingsFile) throws(SettingsError) {
        self.init()
        func mebibytes(_ key: String, _ fallback: Int) throws(SettingsError) -> Int {
            try file.integer(key, default: fallback >> 20, in: 1...1 << 24) << 20
        }
        maxBytes = try mebibytes("uploads.max-mib", maxBytes)
        openBytes = try mebibytes("uploads.open-mib", openBytes)
        reserveBytes = try mebibytes("uploads.reserve-mib", reserveBytes)
        openCount = try file.integer("uploads.open-count", default: openCount, in: 1...1 << 20)
        appendCount = try file.integer("uploads.append-count", default: appendCount, in: 1...4096)
        idleHours = try file.integer("uploads.idle-hours", default: idleHours, in: 1...8784)
    }
}

extension BodySettings {
    fileprivate init(_ file: SettingsFile) throws(SettingsError) {
        self.init()
        deadline = .seconds(try file.integer("bodies.deadline-seconds", default: 120, in: 1...3600))
        appendDeadline = .seconds(
            try file.integer("bodies.append-deadline-seconds", default: 600, in: 1...7200))
        leastBytesPerSecond = try file.integer(
            "bodies.least-bytes-per-second", default: leastBytesPerSecond, in: 1...1 << 20)
        grace = .seconds(try file.integer("bodies.grace-seconds", default: 20, in: 1...600))
    }
}
