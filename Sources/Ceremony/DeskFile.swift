internal import Agencies
internal import Custody

/// `Keys/desk.toml`: the desk station's key and the desk's epochs.
struct DeskFile {
    let key: VerifyingKey
    let epochs: [DeskEpoch]

    init(_ path: String) throws(CeremonyError) {
        let table = try StrictTable(file: path, keys: ["key", "epoch"])
        key = try table.signingKey("key")
        var epochs: [DeskEpoch] = []
        for entry in try table.tables(
            "epoch", keys: ["number", "recipient", "x25519", "opens", "closes", "dead"])
        {
            epochs.append(try Self.epoch(entry))
        }
        self.epochs = epochs
    }

    private static func epoch(_ entry: StrictTable) throws(CeremonyError) -> DeskEpoch {
        DeskEpoch(
            number: try entry.int("number"), recipient: try entry.recipient("recipient"),
            legacyRecipient: entry.has("x25519") ? try entry.recipient("x25519") : nil,
            opens: try entry.day("opens"), closes: try entry.day("closes"),
            isDead: try entry.flag("dead"))
    }
}
