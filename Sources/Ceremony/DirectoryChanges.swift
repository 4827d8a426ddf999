package import Agencies
internal import Custody
internal import Tips

/// What a new version changes, in words, for the people who are about to sign it.
package enum DirectoryChanges {
    /// The changes from `old` to `new`, one a line; empty when only version and dates differ.
    package static func describe(
        from old: DirectoryContents, to new: DirectoryContents
    ) -> [String] {
        var lines: [String] = []
        if old.deskKey != new.deskKey { lines.append("the desk station signs with a new key") }
        if old.log != new.log { lines.append("the custody log has another key or name") }
        if old.witnesses != new.witnesses { lines.append("the witnesses are others") }
        if old.policyDigest != new.policyDigest { lines.append("the routing policy is another") }
        lines += entries("desk epoch", old.epochs, new.epochs) { String($0.number) }
        lines += entries("office", old.offices, new.offices) { $0.id.text }
        lines += entries("verifier", old.verifiers, new.verifiers) { $0.person.text }
        lines += new.revoked.subtracting(old.revoked).sorted().map {
            "a key is revoked: \($0.grouped)"
        }
        return lines
    }

    private static func entries<Entry: Equatable>(
        _ kind: String, _ old: [Entry], _ new: [Entry], name: (Entry) -> String
    ) -> [String] {
        let before = Dictionary(uniqueKeysWithValues: old.map { (name($0), $0) })
        let after = Dictionary(uniqueKeysWithValues: new.map { (name($0), $0) })
        return Set(before.keys).union(after.keys).sorted().compactMap { key in
            switch (before[key], after[key]) {
            case (nil, _): "\(kind) \(key) is new"
            case (_, nil): "\(kind) \(key) is gone"
            case (let first, let second): first == second ? nil : "\(kind) \(key) has changed"
            }
        }
    }
}
