internal import Agencies
internal import Agents
internal import Custody
internal import DurableFiles
internal import Forwarding
internal import PartnerClient
internal import Sealing
internal import Tips

/// Sends releases that two persons approved.
///
/// Order of effects: everything is worked out again from the case; the agent gives out the headers
/// (as often as it is asked); payloads that dispatch lacks are handed over; *sending* goes into the
/// journal; the release is handed over (the same one again changes nothing); *released* goes into
/// the journal. A crash or a lost connection anywhere leaves the release approved, and the next run
/// does it all again, or, if it may not go any more, asks dispatch whether it has it.
package struct ReleaseSending {
    private let opened: OpenedCase
    private let desk: Desk
    private let link: any DispatchLink

    /// Sends what is approved of `opened` over `link`.
    package init(_ opened: OpenedCase, over link: any DispatchLink) {
        self.opened = opened
        desk = opened.desk
        self.link = link
    }

    /// Sends every approved release; none goes if one of them lacks a person.
    ///
    /// - Returns: what was done, in words.
    /// - Throws: ``DeskError/secondPersonMissing``, ``DeskError/busy`` when somebody else releases
    ///   the case at this moment, ``DeskError/dispatch(_:)`` when dispatch is down, and others.
    package func run() async throws(DeskError) -> [String] {
        do {
            let lock = try FolderLock(desk.caseFolder(opened.tip))
            let lines = try await send()
            withExtendedLifetime(lock) {}
            return lines
        } catch {
            throw DeskError(wrapping: error)
        }
    }

    private func send() async throws -> [String] {
        // Read again under the lock.
        let current = try OpenedCase(opened.tip, of: desk)
        let record = current.record
        do {
            try check(current)
        } catch {
            let settled = try await settleAll(record, error)
            guard !settled.isEmpty else { throw error }
            return settled + ["nothing else was sent: \(error.message)"]
        }
        var lines: [String] = []
        for release in record.open {
            let package = try package(release, record.approvals[release.digest] ?? [])
            for part in package.parts { try await handOver(part) }
            lines.append(try await send(package, of: release))
        }
        return lines
    }

    /// Whether everything that is prepared may go: approved, and still what the case itself gives.
    ///
    /// Approvals are void in the journal after whatever could change the release; working it out
    /// again is the second lock on the same door, before the agent gives out a header.
    private func check(_ current: OpenedCase) throws(DeskError) {
        if let why = current.record.stoppedRelease { throw .frozen(why) }
        guard !current.record.open.isEmpty else {
            throw .notYet("Nothing is waiting to be released in this case.")
        }
        guard current.record.open.allSatisfy({ current.record.personCount(of: $0) >= 2 }) else {
            throw .secondPersonMissing
        }
        _ = try ReleaseApproval(current).recompute()
    }

    private func send(_ package: ReleasePackage, of release: PreparedRelease) async throws -> String
    {
        try opened.append(.sending(statement: release.digest))
        do {
            try await link.release(package)
        } catch PartnerError.refused(let refusal) {
            // Dispatch answered; whether it has the release from before is known then.
            guard try await isSettled(release) else { throw PartnerError.refused(refusal) }
            return try words(of: release)
        }
        try markReleased(release)
        return try words(of: release)
    }

    /// After `error`: what was begun and cannot be repeated must not stay begun for ever.
    private func settleAll(_ record: CaseRecord, _ error: DeskError) async throws -> [String] {
        switch error {
        case .frozen, .secondPersonMissing, .recomputationDiffers, .agent(.refused): break
        default: return []
        }
        var lines: [String] = []
        for release in record.open where record.sending.contains(release.digest) {
            lines.append(
                try await isSettled(release)
                    ? "dispatch had taken \(release.digest.hex) for \(try release.claim().office) "
                        + "before"
                    : "dispatch does not have \(release.digest.hex); prepare it again")
        }
        return lines
    }

    /// Asks dispatch whether it has the release, and writes down the answer.
    private func isSettled(_ release: PreparedRelease) async throws -> Bool {
        guard try await link.hasTaken(release: release.digest) else {
            try opened.append(.notSent(statement: release.digest))
            return false
        }
        try markReleased(release)
        return true
    }

    private func markReleased(_ release: PreparedRelease) throws {
        try opened.append(.released(statement: release.digest))
        // Nobody needs its headers any more. What fails here, the next preparation clears away.
        try? desk.agent.discard(release.draft, of: opened.tip)
    }

    private func words(of release: PreparedRelease) throws -> String {
        let claim = try release.claim()
        return claim.notice?.recall == nil
            ? "released \(release.digest.hex) to \(claim.office)"
            : "recalled from \(claim.office): \(release.digest.hex)"
    }

    private func package(
        _ release: PreparedRelease, _ approvals: [CaseRecord.Approval]
    ) throws -> ReleasePackage {
        let signed = try signed(release, approvals)
        let headers = try desk.agent.release(signed.encoded)
        func header(_ name: String) throws -> [UInt8] {
            guard let header = headers[name] else {
                throw DeskError.altered("the agent has no header for \(name)")
            }
            return header
        }
        let kept = try desk.agent.draft(release.draft, of: opened.tip).files
        let parts = try kept.filter { $0.file.hasPrefix("parts/") }.map { file in
            ReleaseDraft.Part(
                ReleasePackage.Part(
                    header: try header(file.file), payload: file.payload,
                    payloadBytes: file.payloadBytes), file: file.whole)
        }
        let draft = try ReleaseDraft(
            statement: try release.claim(),
            predicate: try header(BundleNames.predicate) + release.predicate.payload,
            cover: try header(BundleNames.cover) + release.cover.payload, parts: parts)
        let package = draft.package(
            signed: signed, sumsSignatures: try sumsSignatures(approvals), plan: release.plan)
        // What dispatch will check, here first, where it can be said in words.
        _ = try ReleaseCheck(
            directory: desk.directory, now: desk.now, purpose: .storing
        ).package(package)
        return package
    }

    private func signed(
        _ release: PreparedRelease, _ approvals: [CaseRecord.Approval]
    ) throws -> SignedStatement {
        var signed = SignedStatement(try release.claim().statement)
        for approval in approvals {
            guard let key = key(of: approval.person) else {
                throw DeskError.altered("\(approval.person) is not on the roster any more")
            }
            signed.add(.init(keyID: key.keyID, bytes: approval.signature))
        }
        return signed
    }

    private func sumsSignatures(
        _ approvals: [CaseRecord.Approval]
    ) throws -> [PersonID: [UInt8]] {
        var signatures: [PersonID: [UInt8]] = [:]
        for approval in approvals {
            guard let person = PersonID(approval.person) else {
                throw DeskError.altered("an approval names no person")
            }
            signatures[person] = approval.sums
        }
        return signatures
    }

    private func key(of person: String) -> VerifyingKey? {
        desk.directory.verifiers.first { $0.person.text == person }?.key
    }

    private func handOver(_ part: ReleasePackage.Part) async throws {
        if try await link.holds(payload: part.payload) { return }
        let file = opened.file(part.payload)
        try await link.upload(
            payload: part.payload, from: file.path, offset: try file.header().count,
            byteCount: part.payloadBytes)
    }
}
