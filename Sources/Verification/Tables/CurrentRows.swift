internal import Custody
internal import DurableFiles
internal import Tips

extension SealedTable {
    /// The content of every case's row, made anew where the case has got on since.
    ///
    /// - Parameters:
    ///   - tips: every case.
    ///   - content: makes a row's content from an opened case.
    /// - Returns: for each case its content, or why it cannot be read.
    func current(
        _ tips: [TipID], _ content: (OpenedCase) throws -> [UInt8]
    ) throws -> [TipID: Result<[UInt8], DeskError>] {
        let known = try soundRows()
        var found: [TipID: Result<[UInt8], DeskError>] = [:]
        var changed: [Row] = []
        for tip in tips {
            if let row = known[tip], isCurrent(row) {
                found[tip] = .success(row.content)
                continue
            }
            do {
                let opened = try OpenedCase(tip, of: desk)
                let row = Row(
                    tip: tip, entries: opened.record.entryCount, content: try content(opened))
                changed.append(row)
                found[tip] = .success(row.content)
            } catch {
                found[tip] = .failure(DeskError(wrapping: error))
            }
        }
        try add(changed)
        return found
    }

    /// Whether the case's journal has no entry that the row does not know.
    func isCurrent(_ row: Row) -> Bool {
        let journal = desk.journal(of: row.tip)
        return Durable.exists(journal.path(row.entries - 1))
            && !Durable.exists(journal.path(row.entries))
    }
}

extension Desk {
    /// What orders the queue.
    var queueTable: SealedTable { SealedTable(desk: self, name: "queue") }

    /// Every table: what is destroyed must vanish from all of them.
    var tables: [SealedTable] { [queueTable, matchTable] }
}
