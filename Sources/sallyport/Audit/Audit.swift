internal import ArgumentParser

/// Checks, years later and without a network, what the gateway says it did.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check a bundle, or one entry of the custody log, without a network or a key.",
        discussion: """
            Examples:
              sallyport audit bundle --root-key root.vkey --directory directory.note release.tar
              sallyport audit entry --policy log.policy --event release.event \\
                --proof release.tlog-proof
            """,
        subcommands: [AuditBundle.self, AuditEntry.self])
}
