internal import Tips

/// What the directory says to people and tools that cannot read its note: who seals without the page.
extension Directory {
    /// A recipients file for `age -R`: the desk's recipient of `today`, or its X25519 one for `legacy`,
    /// with its days and its fingerprint; nil when there is none.
    package func recipientsFile(legacy: Bool, today: Day) -> [UInt8]? {
        guard let epoch = currentEpoch(on: self.today(clock: today)),
            let recipient = legacy ? epoch.legacyRecipient : epoch.recipient
        else { return nil }
        let text = """
            # \(epoch.opens.text) - \(epoch.closes.text)
            # SHA-256 \(recipient.fingerprint.hex)
            \(recipient.string)

            """
        return Array(text.utf8)
    }

    /// Every office that may still be chosen: identifier, name, country, and what it does in
    /// `language`, else in English. One that is linked to an army is marked.
    package func officesText(in language: String) -> [UInt8] {
        let entries = offices.filter { !isRevoked($0) }.map { office in
            let army = office.isMilitaryLinked ? " (army)" : ""
            let words = office.descriptions[language] ?? office.descriptions["en"] ?? ""
            return "\(office.id): \(office.name), \(office.country)\(army)\n\(words)\n"
        }
        return Array(entries.joined(separator: "\n").utf8)
    }
}
