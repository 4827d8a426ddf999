internal import Custody
internal import Sealing

/// The rules for the contents of a directory, the same for who signs one and who reads one.
enum DirectoryRules {
    static func check(_ contents: DirectoryContents) throws(DirectoryFault) {
        try checkDates(contents)
        try checkCounts(contents)
        for epoch in contents.epochs { try check(epoch) }
        for office in contents.offices { try check(office) }
        try checkNames(contents)
        try checkKeys(contents)
    }

    private static func checkDates(_ contents: DirectoryContents) throws(DirectoryFault) {
        guard (1...1_000_000_000).contains(contents.version) else {
            throw DirectoryFault(.badValue, "version", "must be from 1 to 1,000,000,000")
        }
        guard contents.issued <= contents.expires else {
            throw DirectoryFault(.badValue, "expires", "is before the day of issue")
        }
        let limit = DirectoryContents.lifeLimitDays
        guard contents.expires <= contents.issued.adding(days: limit) else {
            throw DirectoryFault(.badValue, "expires", "is more than \(limit) days after issue")
        }
    }

    private static func checkCounts(_ contents: DirectoryContents) throws(DirectoryFault) {
        let counts = [
            ("desk.epochs", contents.epochs.count, DirectoryContents.epochLimit),
            ("offices", contents.offices.count, DirectoryContents.officeLimit),
            ("verifiers", contents.verifiers.count, DirectoryContents.verifierLimit),
            ("witnesses", contents.witnesses.count, DirectoryContents.witnessLimit),
            ("revoked", contents.revoked.count, DirectoryContents.revokedLimit),
        ]
        for (place, count, limit) in counts where count > limit {
            throw DirectoryFault(.tooMany, place, "has \(count) entries; the limit is \(limit)")
        }
        guard !contents.epochs.isEmpty else {
            throw DirectoryFault(.badValue, "desk.epochs", "needs at least one epoch")
        }
    }

    private static func check(_ epoch: DeskEpoch) throws(DirectoryFault) {
        let place = "desk.epochs.\(epoch.number)"
        guard (1...1_000_000).contains(epoch.number) else {
            throw DirectoryFault(.badValue, place, "the number must be from 1 to 1,000,000")
        }
        guard epoch.recipient.isPostQuantum else {
            throw DirectoryFault(.badValue, place, "needs a post-quantum recipient (age1pq1…)")
        }
        guard !(epoch.legacyRecipient?.isPostQuantum ?? false) else {
            throw DirectoryFault(.badValue, place, "the second recipient must be X25519 (age1…)")
        }
        guard epoch.opens <= epoch.closes else {
            throw DirectoryFault(.badValue, place, "closes before it opens")
        }
    }

    private static func check(_ office: Office) throws(DirectoryFault) {
        let place = "offices.\(office.id)"
        guard PlainText.isValid(office.name, byteLimit: PlainText.nameLimit) else {
            throw DirectoryFault(
                .badValue, place + ".name", "must be one line of 1 to \(PlainText.nameLimit) bytes")
        }
        guard PlainText.isCountry(office.country) else {
            throw DirectoryFault(.badValue, place + ".country", "must be two capital letters")
        }
        guard PlainText.isValid(office.contact, byteLimit: PlainText.contactLimit) else {
            throw DirectoryFault(
                .badValue, place + ".contact",
                "must be one line of 1 to \(PlainText.contactLimit) bytes")
        }
        try checkDescriptions(office, place + ".description")
    }

    private static func checkDescriptions(
        _ office: Office, _ place: String
    ) throws(DirectoryFault) {
        guard (1...64).contains(office.descriptions.count) else {
            throw DirectoryFault(.badValue, place, "needs 1 to 64 languages")
        }
        for (language, text) in office.descriptions {
            guard PlainText.isLanguageTag(language) else {
                throw DirectoryFault(.badValue, place, "“\(language)” is not a language tag")
            }
            guard PlainText.isValid(text, byteLimit: PlainText.descriptionLimit) else {
                throw DirectoryFault(
                    .badValue, "\(place).\(language)",
                    "must be one line of 1 to \(PlainText.descriptionLimit) bytes")
            }
        }
    }

    /// Nobody and nothing is listed twice; names count as equal whatever their capitals.
    private static func checkNames(_ contents: DirectoryContents) throws(DirectoryFault) {
        try checkDistinct(contents.epochs.map { ("desk.epochs", String($0.number)) })
        try checkDistinct(contents.offices.map { ("offices", $0.id.text) })
        try checkDistinct(contents.offices.map { ("offices", $0.name.lowercased()) })
        try checkDistinct(contents.verifiers.map { ("verifiers", $0.person.text) })
        for verifier in contents.verifiers
        where !PlainText.isValid(verifier.name, byteLimit: PlainText.nameLimit) {
            throw DirectoryFault(
                .badValue, "verifiers.\(verifier.person).name",
                "must be one line of 1 to \(PlainText.nameLimit) bytes")
        }
        // Two handles for one name would let one person count as two.
        try checkDistinct(contents.verifiers.map { ("verifiers", $0.name.lowercased()) })
        try checkDistinct(contents.witnesses.map { ("witnesses", $0.name.description) })
        for witness in contents.witnesses where witness.type != .cosignature {
            throw DirectoryFault(.badValue, "witnesses", "\(witness.name) is not a witness's key")
        }
        guard contents.log.type == .ed25519 else {
            throw DirectoryFault(.badValue, "log", "is not a log's key")
        }
    }

    private static func checkDistinct(
        _ entries: [(place: String, name: String)]
    ) throws(DirectoryFault) {
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.name).inserted {
            throw DirectoryFault(.duplicate, entry.place, "“\(entry.name)” is listed twice")
        }
    }

    /// Each key has one place: a key with two roles would let one holder act as two.
    private static func checkKeys(_ contents: DirectoryContents) throws(DirectoryFault) {
        var holders: [[UInt8]: String] = [:]
        for (place, key) in keys(of: contents) {
            if let other = holders.updateValue(place, forKey: key) {
                throw DirectoryFault(.sharedKey, place, "has the same key as \(other)")
            }
        }
    }

    private static func keys(of contents: DirectoryContents) -> [(place: String, key: [UInt8])] {
        var keys = [("desk.key", contents.deskKey.bytes), ("log", contents.log.key.bytes)]
        for epoch in contents.epochs {
            keys.append(("desk.epochs.\(epoch.number).recipient", epoch.recipient.publicKey))
            if let legacy = epoch.legacyRecipient {
                keys.append(("desk.epochs.\(epoch.number).x25519", legacy.publicKey))
            }
        }
        for office in contents.offices {
            keys.append(("offices.\(office.id).recipient", office.recipient.publicKey))
            keys.append(("offices.\(office.id).signing_key", office.signingKey.bytes))
        }
        keys += contents.verifiers.map { ("verifiers.\($0.person).key", $0.key.bytes) }
        keys += contents.witnesses.map { ("witnesses.\($0.name)", $0.key.bytes) }
        return keys
    }
}
