internal import Custody
internal import DurableFiles
internal import Matching
internal import Sealing
internal import Tips

extension Desk {
    /// By what cases may be found to belong together.
    var matchTable: SealedTable { SealedTable(desk: self, name: "match") }

    /// Every case's keys, made anew where the case has got on since; without those of cases that
    /// cannot be read, which are counted.
    func matchKeys(_ key: MatchingKey) throws -> (keys: [TipID: MatchKeys], unread: Int) {
        do {
            return try currentMatchKeys(key)
        } catch is FormatError {
            // Made under another key, or by another version of this program.
            try matchTable.removeFiles()
            return try currentMatchKeys(key)
        }
    }

    private func currentMatchKeys(
        _ key: MatchingKey
    ) throws -> (keys: [TipID: MatchKeys], unread: Int) {
        let rows = try matchTable.current(try tips()) { try $0.matchKeys(key).encoded(key) }
        var keys: [TipID: MatchKeys] = [:]
        for (tip, content) in rows {
            guard let content = try? content.get() else { continue }
            keys[tip] = try MatchKeys(decoding: content, key)
        }
        return (keys, rows.count - keys.count)
    }
}

extension OpenedCase {
    /// The case's keys, from its texts.
    func matchKeys(_ key: MatchingKey) throws -> MatchKeys {
        var keys = MatchKeys(
            try contents(), year: Self.year(of: parts.first?.hour ?? desk.now), key: key)
        keys.files = try fileKeys(key)
        return keys
    }

    /// What is in the texts of the reporter's that can be read; of a text that was sealed without the page all words
    /// are its report.
    func contents() throws -> [TipContent] {
        try readable.filter { $0.partClass != .evidence }.map { part in
            let text = try file(part.payload).text(
                payload: part.payload, plaintext: part.plaintext)
            if drop?.payload == part.payload {
                var report = ReportPart()
                report.narrative = text.withBytes { DropText($0) }.report.joined(separator: "\n")
                return .report(report)
            }
            return try text.withBytes { (bytes) throws(ContentError) in
                try TipContent.decode(bytes, as: part.partClass)
            }
        }
    }

    /// The Gregorian year of `hour`.
    static func year(of hour: Hour) -> Int { Int(hour.text.prefix(4)) ?? 0 }
}
