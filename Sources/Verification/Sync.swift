internal import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import NativePrimitives
internal import Opening
internal import Sealing
internal import Tips
internal import Wire

/// Brings what happened outside into the cases: offices' answers, and the custody log's events.
package struct Sync {
    private let desk: Desk
    private let link: any DispatchLink

    /// A run over `link`.
    package init(_ desk: Desk, over link: any DispatchLink) {
        self.desk = desk
        self.link = link
    }

    /// Takes everything that waits; each thing is confirmed only after it is in its case.
    ///
    /// - Returns: what is new, in words.
    package func run() async throws(DeskError) -> [String] {
        do {
            return try await takeAnswers() + (try await takeEvents())
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func takeAnswers() async throws -> [String] {
        let entries = try await link.answers()
        guard !entries.isEmpty else { return [] }
        let cases = try desk.casesByRelease()
        var lines: [String] = []
        var done: [Hash] = []
        for entry in entries {
            let answer: Acknowledgement
            do throws(AcknowledgementRefusal) {
                answer = try Acknowledgement.verified(entry.acknowledgement, by: desk.directory)
            } catch {
                lines.append("an answer was refused: \(error.message)")
                continue
            }
            guard let tip = cases[answer.bundle],
                let opened = try? OpenedCase(tip, of: desk),
                opened.released(answer.bundle, to: answer.office.text)
            else {
                lines.append("\(answer.office) answered about a bundle this desk did not release")
                continue
            }
            if !opened.record.acknowledgements.contains(entry.acknowledgement) {
                guard
                    try desk.whileFree(
                        tip, { try opened.append(.acknowledged(entry.acknowledgement)) })
                else { continue }
                lines.append("\(opened.name): \(answer.office): \(answer.answer.rawValue)")
            }
            done.append(entry.digest)
        }
        try await link.confirm(answers: done)
        return lines
    }

    /// Salts and events go into the cases that they are about, and vanish with them.
    private func takeEvents() async throws -> [String] {
        let entries = try await link.events()
        var leaves: [TipID: [[UInt8]]] = [:]
        var hashes: [TipID: [Hash]] = [:]
        var closed = 0
        for entry in entries {
            guard let leaf = try open(entry) else {
                closed += 1
                continue
            }
            guard leaf.commitment == entry.leaf else {
                throw DeskError.altered("a custody event does not fit its entry in the log")
            }
            leaves[leaf.event.tip, default: []].append(leaf.encoded)
            hashes[leaf.event.tip, default: []].append(entry.leaf)
        }
        let tips = Set(try desk.tips())
        let destroyed = try desk.destroyed()
        try desk.clearDestroyed(destroyed)
        let known = try desk.tables.map { (table: $0, rows: try $0.soundRows()) }
        var passed = [[SealedTable.Row]](repeating: [], count: known.count)
        for (tip, leaves) in leaves {
            if destroyed.contains(tip) {
                // They vanish with the case; dispatch keeps the commitments.
            } else if tips.contains(tip), !Durable.exists(desk.erasingFile(tip)) {
                let rows = known.map { table, rows in
                    rows[tip].flatMap { table.isCurrent($0) ? $0 : nil }
                }
                guard try desk.whileFree(tip, { try desk.append(.logged(leaves), to: tip) }) else {
                    continue
                }
                // Nothing in it changes a table: the case need not be opened for that.
                for (index, row) in rows.enumerated() {
                    guard let row else { continue }
                    passed[index].append(
                        SealedTable.Row(tip: tip, entries: row.entries + 1, content: row.content))
                }
            } else {
                // Its frames have not come yet, or it is being destroyed: they wait.
                continue
            }
            try await link.confirm(events: hashes[tip] ?? [])
        }
        for (index, rows) in passed.enumerated() { try known[index].table.add(rows) }
        guard closed > 0 else { return [] }
        return [
            "\(closed) custody event(s) stay at dispatch: this desk has no living key that opens them"
        ]
    }

    /// The event; nil when it was sealed to an epoch that has died since.
    private func open(_ entry: SealedEvents.Entry) throws -> SaltedLeaf? {
        let (_, count) = try Header.parse(entry.sealed.span)
        let fileKey: FileKey<NativePrimitives>
        do throws(AgentError) {
            fileKey = try desk.agent.unwrap(Array(entry.sealed[..<count]))
        } catch .refused(.notForThisDesk) {
            return nil
        }
        let plaintext = try OpenedContainer.open(
            payload: entry.sealed.span.extracting(count..<entry.sealed.count), fileKey: fileKey)
        return try plaintext.withBytes { (bytes) throws(FormatError) in
            try SaltedLeaf([UInt8](copying: bytes))
        }
    }
}

extension Desk {
    /// Runs `body` unless somebody works on the case; false, and nothing done, if somebody does: it
    /// may be being destroyed. What waits outside waits for the next run.
    fileprivate func whileFree(_ tip: TipID, _ body: () throws -> Void) throws -> Bool {
        do {
            let lock = try FolderLock(caseFolder(tip))
            try body()
            withExtendedLifetime(lock) {}
            return true
        } catch DeskError.busy {
            return false
        }
    }

    /// Which case each release that left was of.
    fileprivate func casesByRelease() throws -> [Hash: TipID] {
        var cases: [Hash: TipID] = [:]
        let rows = try queueTable.current(try tips()) { try QueueRow($0).encoded }
        for (tip, row) in rows {
            guard let content = try? row.get() else { continue }
            for release in try QueueRow(decoding: content).released { cases[release] = tip }
        }
        return cases
    }
}

extension OpenedCase {
    fileprivate func released(_ bundle: Hash, to office: String) -> Bool {
        record.released.contains(bundle)
            && record.prepared.contains {
                $0.digest == bundle && (try? $0.claim().office) == office
            }
    }
}
