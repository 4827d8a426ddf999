internal import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
internal import NativePrimitives
internal import Sealing
internal import Tips

/// What preparing a release and preparing a recall have in common: drafts at the desk agent, numbers,
/// and texts that are sealed to the case.
struct ReleaseDrafting {
    private let opened: OpenedCase
    private let desk: Desk

    init(_ opened: OpenedCase) {
        self.opened = opened
        desk = opened.desk
    }

    /// Writes down what `make` prepares, in the place of what was prepared and not sent.
    ///
    /// Order of effects: new drafts, the journal, then the old drafts go. Whatever fails, what the
    /// journal names is still at the agent, and nothing else stays there.
    func keep(_ make: () throws -> [PreparedRelease]) throws -> [PreparedRelease] {
        do {
            let releases = try make()
            try opened.append(.prepared(releases))
            try? discard(keeping: releases)
            return releases
        } catch {
            // Read again: the entry may be there although writing it failed.
            if let now = try? OpenedCase(opened.tip, of: desk) {
                try? discard(keeping: now.record.open)
            }
            throw error
        }
    }

    /// Removes the agent's drafts of the case but those of `releases`.
    func discard(keeping releases: [PreparedRelease]) throws {
        let named = Set(releases.map(\.draft))
        for draft in try desk.agent.drafts(of: opened.tip) where !named.contains(draft) {
            try desk.agent.discard(draft, of: opened.tip)
        }
    }

    /// `plaintext`, sealed to the case.
    func seal(_ plaintext: [UInt8]) throws -> SealedContainer {
        try SealedContainer.sealing(
            plaintext.span, to: [try desk.agent.caseRecipient(opened.tip)],
            with: NativePrimitives.self)
    }

    /// The next number for the office. The number of a release of this case that never left is used
    /// again; one that dispatch may have seen, or that another case has, never.
    func nextSequence(for office: OfficeID) throws -> UInt64 {
        for old in opened.record.open where !opened.record.begun.contains(old.digest) {
            let claim = try old.claim()
            if claim.office == office.text { return claim.sequence }
        }
        let lock = try FolderLock(desk.folder)
        defer { withExtendedLifetime(lock) {} }
        var last: UInt64 = 0
        for entry in try desk.deskJournal.entries() where entry.has("sequence") {
            guard try entry.string("office") == office.text else { continue }
            last = UInt64(try entry.int("sequence", in: 1...Int.max))
        }
        var entry = JSONObject()
        entry.add("office", .string(office.text))
        entry.add("sequence", .integer(Int64(last + 1)))
        try desk.deskJournal.append(entry)
        return last + 1
    }
}
