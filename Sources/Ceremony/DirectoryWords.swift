package import Agencies
internal import Custody
internal import Sealing
internal import Tips

/// A directory in words that a person at the ceremony, or an auditor, can check line by line.
package enum DirectoryWords {
    /// Everything in `directory`; with `policy`, what each office is cleared for.
    package static func describe(
        _ directory: Directory, policy: Policy?, today: Day
    ) -> String {
        let contents = directory.contents
        var lines = [
            "Directory version \(contents.version), digest \(directory.digest.hex)",
            "  signed by \(directory.root.vkey)",
            "  issued \(contents.issued.text), last day \(contents.expires.text)"
                + (directory.isExpired(on: today) ? "  ** EXPIRED on \(today.text) **" : ""),
            "Desk",
            "  signs with \(contents.deskKey.keyText)",
        ]
        lines += contents.epochs.flatMap { epoch($0, today: today) }
        lines.append("Offices: \(contents.offices.count)")
        lines += contents.offices.flatMap { office($0, in: directory, policy: policy) }
        lines.append("Persons who may sign releases: \(contents.verifiers.count)")
        lines += contents.verifiers.map { "  \($0.person): \($0.name), \($0.key.keyText)" }
        lines.append("Custody log: \(contents.log.vkey)")
        lines += contents.witnesses.map { "  witness \($0.vkey)" }
        if contents.witnesses.isEmpty { lines.append("  no witnesses") }
        lines.append("Routing policy: digest \(contents.policyDigest.hex)")
        lines.append("Revoked keys: \(contents.revoked.count)")
        lines += contents.revoked.sorted().map { "  \($0.grouped)" }
        return lines.joined(separator: "\n")
    }

    private static func epoch(_ epoch: DeskEpoch, today: Day) -> [String] {
        let state = epoch.state(on: today).rawValue
        var lines = [
            "  epoch \(epoch.number): \(epoch.opens.text) to \(epoch.closes.text), \(state)",
            "    recipient \(epoch.recipient.fingerprint.grouped)",
        ]
        if let legacy = epoch.legacyRecipient {
            lines.append("    for stock age, not post-quantum: \(legacy.string)")
        }
        return lines
    }

    private static func office(
        _ office: Office, in directory: Directory, policy: Policy?
    ) -> [String] {
        let strength = office.recipient.isPostQuantum ? "post-quantum" : "X25519, not post-quantum"
        var lines = [
            "  \(office.id): \(office.name) (\(office.country), \(office.kind.words))",
            "    recipient \(office.fingerprint.grouped) (\(strength))",
            "    signs with \(office.signingKey.keyText)",
            "    contact: \(office.contact)",
        ]
        if office.isMilitaryLinked {
            lines.append("    linked to a military: off by default")
        }
        if directory.isRevoked(office) {
            lines.append("    ** a key of this office is revoked: it gets nothing **")
        }
        if let policy {
            let cleared = PartClass.releasable.filter { policy.clears(office.id, for: $0) }
            let names = cleared.map(\.name).joined(separator: ", ")
            lines.append("    cleared for: \(names.isEmpty ? "nothing" : names)")
        }
        return lines
    }
}
