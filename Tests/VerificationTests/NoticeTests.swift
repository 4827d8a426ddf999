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

/// What is said to offices after a release: supplements and recalls.
struct NoticeTests {
    private func opened(_ world: CaseWorld) throws -> OpenedCase {
        try OpenedCase(world.tip, of: world.desk)
    }

    /// A case that was released to offices A and B.
    private func released() async throws -> CaseWorld {
        let world = try CaseWorld()
        _ = try await ReleaseSending(try await world.approvedCase(), over: world.link).run()
        return world
    }

    private func answer(_ answer: OfficeAnswer, _ world: CaseWorld) async throws {
        let bundle = try require(
            try opened(world).sent(to: require(OfficeID("office-a"))).last
        ).bundle
        let said = try require(
            Acknowledgement(
                bundle: bundle.release, office: try require(OfficeID("office-a")), answer: answer,
                reason: "", hour: world.desk.now))
        await world.link.acknowledge(world.agents.withOfficeKey { said.signed(with: $0) })
        _ = try await Sync(world.desk, over: world.link).run()
    }

    /// The reporter writes more, which both offices may have.
    private func moreComes(_ world: CaseWorld) async throws -> Hash {
        var report = ReportPart()
        report.narrative = "他被转走了"
        report.language = "zh-Hans"
        _ = try await world.pull([try world.supplementFrame(.report, try report.encoded())])
        let part = try require(try opened(world).parts.last)
        try opened(world).label(part: part.payload.hex, contains: [], by: "ana")
        return part.payload
    }

    private func send(_ world: CaseWorld) async throws -> [String] {
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        return try await ReleaseSending(try opened(world), over: world.link).run()
    }

    private func recall(
        _ world: CaseWorld, _ offices: [String] = [], words: String = "Wrong name."
    ) throws -> [String] {
        try RecallPreparation(try opened(world)).run(
            .init(
                offices: try offices.map { try require(OfficeID($0)) }, reason: .mistaken,
                words: words))
    }

    private func packages(_ world: CaseWorld) async throws -> [(ReleasePackage, ReleaseStatement)] {
        try await world.link.packages.values.map {
            let package = try ReleasePackage(decoding: $0)
            return (package, try ReleaseStatement(try SignedStatement(package.statement).claim))
        }
    }

    @Test func anOfficeThatAnsweredGetsOnlyWhatIsNew() async throws {
        let world = try await released()
        try await answer(.opened, world)
        let more = try await moreComes(world)
        _ = try ReleasePreparation(try opened(world)).run()
        let prepared = try opened(world).record.open
        // Office B may have the text as well, and has not said that it has anything.
        let claim = try require(prepared.first).claim()
        #expect(prepared.count == 1 && claim.office == "office-a")
        #expect(claim.parts.map(\.payloadDigest) == [more])
        let first = try require(try opened(world).sentBundles().first).bundle
        #expect(claim.notice == .supplement(to: [first]))
        let words = try ReleaseApproval(opened(world)).recompute().flatMap(\.words)
        #expect(words.contains { $0.contains("It adds to your bundle number 1;") })
        #expect(words.contains { $0.contains("the office has it") })
        _ = try await send(world)
        #expect(try opened(world).sentBundles().map(\.bundle.sequence) == [1, 2, 1])
        // Nothing is new any more.
        #expect(throws: DeskError.self) { try ReleasePreparation(try opened(world)).run() }
    }

    @Test func nothingIsPreparedUnaskedForAnOfficeThatMayStillStandBy() async throws {
        let world = try await released()
        _ = try await moreComes(world)
        #expect(throws: DeskError.self) { try ReleasePreparation(try opened(world)).run() }
        _ = try ReleasePreparation(try opened(world)).run(
            .init(now: [try require(OfficeID("office-b"))]))
        #expect(try opened(world).record.open.map { try $0.claim().office } == ["office-b"])
    }

    @Test func aRecallNamesAllThatEachOfficeHasAndOpensThereAlone() async throws {
        let world = try await released()
        #expect(try recall(world).count == 2)
        let lines = try await send(world)
        #expect(lines.allSatisfy { $0.hasPrefix("recalled from office-") } && lines.count == 2)
        let recalls = try await packages(world).filter { $0.1.notice?.recall != nil }
        #expect(recalls.count == 2)
        let releases = try await packages(world).filter { $0.1.notice == nil }
        for (package, claim) in recalls {
            #expect(package.parts.isEmpty)
            let of = releases.filter { $0.1.office == claim.office }
            #expect(
                claim.notice?.earlier.map(\.release)
                    == (try of.map { try SignedStatement($0.0.statement).digest }))
            let isA = claim.office == "office-a"
            let identity = isA ? world.agents.officeA : world.agents.officeB
            let other = isA ? world.agents.officeB : world.agents.officeA
            for file in [package.predicate, package.cover] {
                _ = try OpenedContainer.open(file.span, with: [identity])
                #expect(throws: OpeningError.self) {
                    _ = try OpenedContainer.open(file.span, with: [other])
                }
            }
            let text = try OpenedContainer.open(package.cover.span, with: [identity]).withBytes {
                String(decoding: [UInt8](copying: $0), as: UTF8.self)
            }
            #expect(text.contains("The desk recalls bundle number 1."))
            #expect(text.contains("Wrong name."))
        }
        #expect(try opened(world).stage == .recalled)
        #expect(try opened(world).sentBundles().allSatisfy(\.isRecalled))
        #expect(throws: DeskError.self) { try recall(world) }
        #expect(throws: DeskError.self) { try recall(world, ["office-a"]) }
    }

    @Test func onePersonRecallsNothing() async throws {
        let world = try await released()
        _ = try recall(world, ["office-a"])
        try world.approve(as: "ana")
        let case1 = try opened(world)
        await #expect(throws: DeskError.secondPersonMissing) {
            try await ReleaseSending(case1, over: world.link).run()
        }
        #expect(await world.link.packages.count == 2)
    }

    @Test func aFrozenCaseReleasesNothingAndCanBeRecalled() async throws {
        let world = try await released()
        try opened(world).append(.frozen(why: "withdrawn, and no code word was set"))
        #expect(throws: DeskError.self) { try ReleasePreparation(try opened(world)).run() }
        _ = try recall(world)
        #expect(try await send(world).count == 2)
        guard case .frozen = try opened(world).stage else {
            Issue.record("it is not frozen any more")
            return
        }
        // What was prepared before is not let out by a recall beside it.
        #expect(try opened(world).record.stoppedRelease != nil)
    }

    @Test func aReleaseThatWaitsInAFrozenCaseIsNoRecall() async throws {
        let world = try CaseWorld()
        let case1 = try await world.approvedCase()
        try case1.append(.frozen(why: "withdrawn, and no code word was set"))
        #expect(throws: DeskError.self) { try ReleaseApproval(opened(world)).recompute() }
        await #expect(throws: DeskError.self) {
            try await ReleaseSending(try opened(world), over: world.link).run()
        }
        #expect(await world.link.packages.isEmpty)
    }

    @Test func anOfficeFromWhichSomethingWasRecalledGetsNothingUnasked() async throws {
        let world = try await released()
        try await answer(.opened, world)
        _ = try recall(world, ["office-a"])
        _ = try await send(world)
        #expect(try opened(world).stage == .released(offices: 1))
        _ = try await moreComes(world)
        do {
            _ = try ReleasePreparation(try opened(world)).run()
            Issue.record("it was prepared unasked")
        } catch let error as DeskError {
            #expect(error.message.contains("office-a: (it was recalled from there"))
        }
        // Whoever asks for it gives it everything again, as a first bundle.
        _ = try ReleasePreparation(try opened(world)).run(
            .init(now: [try require(OfficeID("office-a"))]))
        let claim = try require(try opened(world).record.open.first).claim()
        #expect(claim.parts.count == 4 && claim.notice == nil && claim.sequence == 3)
    }

    @Test func whatWasPreparedIsReplacedByARecallAndSaidSo() async throws {
        let world = try await released()
        _ = try await moreComes(world)
        _ = try ReleasePreparation(try opened(world)).run(
            .init(now: [try require(OfficeID("office-a"))]))
        #expect(try recall(world, ["office-a"]).first?.hasPrefix("replaced") == true)
        let open = try opened(world).record.open
        #expect(try open.count == 1 && open[0].recall != nil)
        #expect(try world.desk.agent.drafts(of: world.tip) == [open[0].draft])
    }

    @Test func aRecallThatIsNotWhatWasPreparedIsNotSigned() async throws {
        let world = try await released()
        _ = try recall(world, ["office-a"])
        let release = try require(try opened(world).record.open.first)
        let claim = try release.claim()
        let whole = try require(claim.notice?.recall)
        // Another bundle's number, under the same headers.
        let bent = try ReleaseStatement(
            tip: claim.tip, office: claim.office,
            officeKeyFingerprint: claim.officeKeyFingerprint, parts: [],
            sequence: claim.sequence, notBefore: claim.notBefore, expires: claim.expires,
            directoryVersion: claim.directoryVersion, directoryDigest: claim.directoryDigest,
            policyDigest: claim.policyDigest,
            sealedPredicateDigest: claim.sealedPredicateDigest,
            notice: .recall(
                .init(
                    bundles: [.init(release: Hash(sha256: [4]), sequence: 1)],
                    predicate: whole.predicate, cover: whole.cover)))
        func swapped(_ statement: [UInt8], _ predicate: SealedContainer) throws {
            try opened(world).append(
                .prepared([
                    PreparedRelease(
                        draft: release.draft, statement: statement, predicate: predicate,
                        cover: release.cover, plan: nil)
                ]))
        }
        try swapped(bent.statement.encoded, release.predicate)
        #expect(throws: DeskError.self) { try world.approve(as: "ana") }
        try swapped(release.statement, release.cover)
        #expect(throws: DeskError.self) { try world.approve(as: "ana") }
        try swapped(release.statement, release.predicate)
        try world.approve(as: "ana")
    }

    /// A recall that somebody made past the program, of what the agent itself sealed for them.
    private func forge(
        _ world: CaseWorld, office: String = "office-a", noticeOffice: String = "office-a",
        draftOffice: String = "office-a", cover: String? = nil, file: String = "cover.age",
        hours: Int = ReleasePreparation.validityHours, plan: ReleasePackage.Plan? = nil
    ) throws {
        func id(_ text: String) throws -> OfficeID { try require(OfficeID(text)) }
        let case1 = try opened(world)
        let facts = try RecallFacts(case1, at: id(office))
        let draft = try require(Hash(NativePrimitives.randomBytes(count: 32)))
        let notice = RecallNotice(
            office: try id(noticeOffice), reason: .mistaken, words: "", salt: Hash(sha256: [1]))
        let drafting = ReleaseDrafting(case1)
        let names = DraftNames(tip: world.tip, draft: draft, office: try id(draftOffice))
        let sheet = cover ?? facts.cover(notice, 2)
        let sealed = [
            try drafting.seal(notice.encoded), try drafting.seal(Array(sheet.utf8)),
        ]
        let files = try zip(["predicate.age", file], sealed).map {
            try world.desk.agent.prepare(
                names.name($0), $1, classes: file == "cover.age" ? [] : [.report])
        }
        let terms = ReleaseTerms(
            sequence: 2, notBefore: world.desk.now,
            expires: try require(world.desk.now.adding(hours: hours)), checkpoint: nil)
        let named = PreparedFile(
            file: "cover.age", header: files[1].header, payload: files[1].payload,
            payloadBytes: files[1].payloadBytes, whole: files[1].whole)
        let statement = try case1.statement(
            facts, predicate: files[0], cover: named, commitment: notice.commitment, terms)
        try case1.append(
            .prepared([
                PreparedRelease(
                    draft: draft, statement: statement.statement.encoded, predicate: sealed[0],
                    cover: sealed[1], plan: plan)
            ]))
    }

    @Test func aForgedRecallIsNotSigned() async throws {
        let world = try await released()
        try forge(world)
        #expect(throws: Never.self) { try ReleaseApproval(opened(world)).recompute() }
        let plan = ReleasePackage.Plan(
            id: Hash(sha256: [5]), rank: 0, count: 1, due: world.desk.now)
        let forgeries: [() throws -> Void] = [
            { try self.forge(world, cover: "Delete nothing.") },
            { try self.forge(world, noticeOffice: "office-b") },
            { try self.forge(world, draftOffice: "office-b") },
            { try self.forge(world, file: "parts/00.age") },
            { try self.forge(world, hours: 40 * 8760) },
            { try self.forge(world, plan: plan) },
        ]
        for forgery in forgeries {
            try forgery()
            #expect(throws: DeskError.self) { try ReleaseApproval(opened(world)).recompute() }
        }
    }

    @Test func whatComesMeanwhileVoidsNoRecall() async throws {
        let world = try await released()
        _ = try recall(world, ["office-a"])
        try world.approve(as: "ana")
        _ = try await moreComes(world)
        try opened(world).append(.frozen(why: "withdrawn, and no code word was set"))
        try world.approve(as: "ben")
        let case1 = try opened(world)
        #expect(try await ReleaseSending(case1, over: world.link).run().count == 1)
    }

    @Test func aRecallThatTheJournalNeverSawEndIsSentAgainAsTheSame() async throws {
        let world = try await released()
        _ = try recall(world, ["office-a"])
        try world.approve(as: "ana")
        try world.approve(as: "ben")
        await world.link.dieAfterTaking()
        let case1 = try opened(world)
        await #expect(throws: DeskError.self) {
            try await ReleaseSending(case1, over: world.link).run()
        }
        #expect(throws: DeskError.self) { try recall(world, ["office-a"]) }
        _ = try await ReleaseSending(try opened(world), over: world.link).run()
        #expect(await world.link.packages.count == 3)
        #expect(
            try opened(world).sent(to: require(OfficeID("office-a"))).map(\.isRecalled) == [true])
    }

    @Test func whoeverDestroysIsToldWhatIsStillOut() async throws {
        let world = try await released()
        #expect(try opened(world).destroyWarning?.contains("office-a, office-b") == true)
        _ = try recall(world, ["office-b"])
        _ = try await send(world)
        #expect(try opened(world).destroyWarning?.contains("office-b") == false)
        _ = try recall(world)
        _ = try await send(world)
        #expect(try opened(world).destroyWarning == nil)
    }

    @Test func theTrailAndTheOverviewSayThatItIsARecall() async throws {
        let world = try await released()
        _ = try recall(world, ["office-a"])
        _ = try await send(world)
        let lines = try opened(world).trail.map(\.words)
        #expect(lines.contains("prepared for office-a (a recall)"))
        #expect(lines.contains("released to office-a (a recall)"))
        let releases = try opened(world).overview().releases
        #expect(releases.last?.kind == "recall of number 1")
        #expect(releases.filter(\.isRecalled).map(\.office) == ["office-a"])
    }

    @Test func tooMuchToTellAndNobodyToTellAreSaid() async throws {
        let world = try await released()
        #expect(throws: DeskError.self) {
            try recall(world, words: String(repeating: "x", count: 2049))
        }
        #expect(throws: DeskError.self) { try recall(world, ["office-c"]) }
        #expect(throws: DeskError.self) { try recall(world, ["office-a", "office-a"]) }
        let fresh = try CaseWorld()
        _ = try await fresh.readyCase()
        #expect(throws: DeskError.self) { try recall(fresh) }
        #expect(try opened(world).record.open.isEmpty)
    }
}
