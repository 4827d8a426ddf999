import Agencies
import Agents
import Custody
import DeskKit
import Forwarding
import NativePrimitives
import Opening
import Sealing
import Testing
import Tips
import Wire

@testable import Verification

/// From a case to a release by two persons.
struct ReleaseTests {
    @Test func decisionsAreMadePartByPart() async throws {
        let world = try CaseWorld()
        let lines = try ReleasePreparation(try await world.readyCase()).run()
        let text = lines.joined(separator: "\n")
        #expect(text.contains("office-a:"))
        #expect(text.contains("the reporter did not agree that this office sees place"))
        #expect(text.contains("an approved summary goes instead"))
        let prepared = try OpenedCase(world.tip, of: world.desk).record.open
        #expect(prepared.count == 2)
        let counts = try prepared.map { try $0.claim().parts.count }
        // A: urgency, report, place. B: urgency and the summary instead of the report.
        #expect(counts == [3, 2])
    }

    @Test func theReleaseOpensAtTheOfficeAndHoldsNoKeyToWhatIsWithheld() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        let opened = try OpenedCase(world.tip, of: world.desk)
        _ = try await ReleaseSending(opened, over: world.link).run()
        let packages = try await world.link.packages.values.map {
            try ReleasePackage(decoding: $0)
        }
        #expect(packages.count == 2)
        for package in packages {
            let claim = try ReleaseStatement(try SignedStatement(package.statement).claim)
            let identity = claim.office == "office-a" ? world.agents.officeA : world.agents.officeB
            let predicate = try OpenedContainer.open(package.predicate.span, with: [identity])
            let read = try predicate.withBytes {
                try BundlePredicate(decoding: [UInt8](copying: $0))
            }
            #expect(read.commitment == claim.sealedPredicateDigest)
            for part in package.parts {
                let (header, _) = try Header.parse(part.header.span)
                _ = try header.unwrap(with: [identity])
            }
            if claim.office == "office-b" {
                #expect(!read.parts.contains { $0.contents.contains(.place) })
            }
        }
    }

    @Test func oneApprovalIsNotEnough() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        try world.approve(as: "ana")
        let opened = try OpenedCase(world.tip, of: world.desk)
        await #expect(throws: DeskError.secondPersonMissing) {
            try await ReleaseSending(opened, over: world.link).run()
        }
        let ana = try require(PersonID("ana"))
        #expect(throws: DeskError.samePerson(ana)) { try world.approve(as: "ana") }
        #expect(await world.link.packages.isEmpty)
    }

    @Test func aChangedLabelStopsTheSecondPerson() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        _ = try ReleasePreparation(opened).run()
        try world.approve(as: "ana")
        // The urgency part is now said to contain the place: B must not have it any more.
        try opened.label(part: "urgency", contains: [.place], by: "eve")
        #expect(throws: DeskError.self) { try world.approve(as: "ben") }
        #expect(
            try OpenedCase(world.tip, of: world.desk).record.approvals.values.allSatisfy {
                $0.count == 1
            })
    }

    @Test func anExchangedStatementIsCaught() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        _ = try ReleasePreparation(opened).run()
        let good = try OpenedCase(world.tip, of: world.desk).record.open[0]
        let claim = try good.claim()
        let forged = try ReleaseStatement(
            tip: claim.tip, office: claim.office,
            officeKeyFingerprint: claim.officeKeyFingerprint, parts: claim.parts,
            sequence: claim.sequence, notBefore: claim.notBefore, expires: claim.expires,
            directoryVersion: claim.directoryVersion, directoryDigest: claim.directoryDigest,
            policyDigest: Hash(sha256: [5]), sealedPredicateDigest: claim.sealedPredicateDigest)
        try opened.append(
            .prepared([
                PreparedRelease(
                    draft: good.draft, statement: forged.statement.encoded,
                    predicate: good.predicate, cover: good.cover, plan: nil)
            ]))
        #expect(
            throws: DeskError.recomputationDiffers("the statement for office-a says something else")
        ) {
            try ReleaseApproval(try OpenedCase(world.tip, of: world.desk)).recompute()
        }
    }

    @Test func anExchangedPredicateIsCaught() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        _ = try ReleasePreparation(opened).run()
        let good = try OpenedCase(world.tip, of: world.desk).record.open[0]
        let other = try SealedContainer.sealing(
            Array("{}".utf8).span, to: [try world.desk.agent.caseRecipient(world.tip)],
            with: NativePrimitives.self)
        try opened.append(
            .prepared([
                PreparedRelease(
                    draft: good.draft, statement: good.statement, predicate: other,
                    cover: good.cover, plan: nil)
            ]))
        #expect(throws: DeskError.recomputationDiffers("predicate.age was exchanged")) {
            try ReleaseApproval(try OpenedCase(world.tip, of: world.desk)).recompute()
        }
    }

    /// Dispatch breaks down after 0, 1, 2, … of its steps; each time the release goes on later and
    /// the packages are the same.
    @Test func aBreakdownAtAnyStepLosesNothing() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        let opened = try OpenedCase(world.tip, of: world.desk)
        var failures = 0
        for steps in 0..<40 {
            await world.link.breakDown(after: steps)
            do {
                _ = try await ReleaseSending(opened, over: world.link).run()
                break
            } catch {
                failures += 1
                if case .notYet = error { break }
            }
        }
        #expect(failures > 2)
        #expect(await world.link.packages.count == 2)
        let record = try OpenedCase(world.tip, of: world.desk).record
        #expect(record.released.count == 2 && record.open.isEmpty)
    }

    @Test func twoReleasesAtOnceGiveAClearError() async throws {
        let world = try CaseWorld()
        let opened = try await world.readyCase()
        let lock = try FolderLock(world.desk.caseFolder(world.tip))
        await #expect(throws: DeskError.busy) {
            try await ReleaseSending(opened, over: world.link).run()
        }
        withExtendedLifetime(lock) {}
    }

    /// Somebody releases while another person's `prepare` has read the case, and waits.
    @Test func preparingFromAnOldViewNeverReleasesTwice() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        let old = try OpenedCase(world.tip, of: world.desk)
        _ = try await ReleaseSending(old, over: world.link).run()
        #expect(throws: DeskError.self) { try ReleasePreparation(old).run() }
        #expect(try OpenedCase(world.tip, of: world.desk).record.open.isEmpty)
    }

    @Test func anOfficesAnswerReachesTheReporter() async throws {
        let world = try CaseWorld()
        _ = try ReleasePreparation(try await world.readyCase()).run()
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        let opened = try OpenedCase(world.tip, of: world.desk)
        _ = try await ReleaseSending(opened, over: world.link).run()
        let first = try require(opened.record.prepared.first)
        let answer = try require(
            Acknowledgement(
                bundle: first.digest, office: try require(OfficeID("office-a")), answer: .accepted,
                reason: "", hour: world.desk.now))
        await world.link.acknowledge(world.agents.withOfficeKey { answer.signed(with: $0) })
        let lines = try await Sync(world.desk, over: world.link).run()
        #expect(lines.count == 1 && lines[0].hasSuffix("office-a: accepted"))
        #expect(await world.link.acknowledgements.isEmpty)
        _ = try await Mailboxes(world.desk, over: world.link).publish()
        let batch = try require(await world.link.batches.first?.verified(by: world.agents.station))
        let message = try world.openMailbox(try require(batch.slots[try world.address]))
        #expect(message.state == .confirmed && message.passed == 2 && message.confirmed == 1)
    }

    @Test func neverBeatsConsent() async throws {
        let world = try CaseWorld()
        _ = try await world.pull([try world.tipFrame(never: ["office-a"])])
        let opened = try OpenedCase(world.tip, of: world.desk)
        let (routing, facts) = try opened.facts(for: try require(OfficeID("office-a")))
        #expect(facts == nil)
        #expect(try opened.words(routing).joined().contains("the reporter said never"))
    }
}
