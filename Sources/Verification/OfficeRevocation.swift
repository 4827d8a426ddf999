package import Agencies
internal import Agents
internal import Custody
internal import Tips
internal import Wire

/// Stops everything that is sealed to an office's key, and says what the key could open.
package struct OfficeRevocation {
    private let desk: Desk
    private let link: any DispatchLink

    /// A revocation at `desk`, told to dispatch over `link`.
    package init(_ desk: Desk, over link: any DispatchLink) {
        self.desk = desk
        self.link = link
    }

    /// Stops the office's bundles at dispatch. What is prepared here and not sent is refused by the
    /// desk agent once a directory revokes the key.
    ///
    /// - Returns: every bundle that the key could open, in words, and what remains to be done.
    package func run(_ id: OfficeID) async throws(DeskError) -> [String] {
        guard let office = desk.directory.office(id) else {
            throw .badInput("The signed directory does not know the office \(id).")
        }
        do {
            var lines: [String] = []
            for entry in try await link.revoke(office.fingerprint).entries {
                let left =
                    entry.hasLeft
                    ? "was handed out: whoever has the key can read it, and it cannot be called back"
                    : "was never handed out"
                lines.append(
                    "bundle \(entry.bundle.hex) of case \(entry.tip.hex.prefix(12)) \(left)"
                        + (entry.wasStopped ? "; it is stopped now" : ""))
                lines += entry.payloads.map { "    payload \($0.hex)" }
            }
            if lines.isEmpty { lines.append("No bundle was ever sealed to this key.") }
            lines.append(
                "now add \(office.fingerprint.hex) to Keys/revoked.toml and let the root sign a new directory"
            )
            return lines
        } catch {
            throw DeskError(wrapping: error)
        }
    }
}
