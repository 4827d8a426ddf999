import Agencies
import Custody
import Testing
import Tips

/// What goes where, case by case.
@Suite struct RoutingTests {
    static let all = Set(PartClass.releasable)
    /// a: everything; b (X25519): neither place nor reporter nor compelled; c: everything.
    let fixture: Fixture
    let directory: Directory

    init() throws {
        fixture = try Fixture(clearances: [
            id("office-a"): Self.all,
            id("office-b"): Self.all.subtracting([.place, .reporter, .compelled]),
            id("office-c"): Self.all,
        ])
        directory = try fixture.directory()
    }

    func input(
        _ parts: [RoutablePart], consents: [OfficeID: Set<PartClass>]? = nil,
        never: Set<OfficeID> = []
    ) -> RoutingInput {
        let everywhere = Dictionary(
            uniqueKeysWithValues: directory.offices.map { ($0.id, Self.all) })
        return RoutingInput(
            directory: directory, policy: fixture.policy, today: Fixture.issued,
            consents: consents ?? everywhere, never: never, parts: parts)
    }

    func part(
        _ partClass: PartClass, _ labels: Set<PartClass>?,
        _ origin: RoutablePart.Origin = .original
    ) -> RoutablePart {
        RoutablePart(
            id: Hash(sha256: [UInt8].random()), partClass: partClass, labels: labels,
            origin: origin)
    }

    func reasons(_ part: RoutablePart, _ office: String, in input: RoutingInput) -> [WithholdReason]
    {
        let routing = Routing.decide(input, for: id(office))
        guard let decision = routing.decisions.first(where: { $0.part == part }),
            case .withhold(let reasons, _) = decision.outcome
        else { return [] }
        return reasons
    }

    @Test func aGetsAllAndBItsShare() {
        let parts = PartClass.releasable.map { part($0, [$0]) }
        let input = input(parts)
        #expect(Routing.decide(input, for: id("office-a")).released == parts)
        let forB = Routing.decide(input, for: id("office-b")).released.map(\.partClass)
        #expect(
            forB == PartClass.releasable.filter { ![.place, .reporter, .compelled].contains($0) })
    }

    @Test func labelsCountLikeTheClass() {
        let narrative = part(.report, [.person, .place])
        let photo = part(.evidence, [.place])
        let clean = part(.evidence, [])
        let input = input([narrative, photo, clean])
        #expect(reasons(narrative, "office-b", in: input) == [.notCleared([.place])])
        #expect(reasons(photo, "office-b", in: input) == [.notCleared([.place])])
        #expect(reasons(clean, "office-b", in: input) == [])
        #expect(reasons(narrative, "office-a", in: input) == [])
    }

    @Test func aSummaryGoesInsteadOfTheNarrative() {
        let narrative = part(.report, [.place])
        let summary = part(.report, [.person], .derivative(.summary, of: narrative.id))
        let input = input([narrative, summary])
        let forB = Routing.decide(input, for: id("office-b"))
        #expect(forB.released == [summary])
        #expect(
            forB.decisions[0].words
                == "withheld: the office is not cleared for place, which this part contains; "
                + "an approved summary goes instead")
        #expect(forB.decisions[1].words == "released")
        let forA = Routing.decide(input, for: id("office-a"))
        #expect(forA.released == [narrative])
        #expect(forA.decisions[1].words == "withheld: the original itself goes")
    }

    @Test func aDerivativeThatStillNamesThePlaceStays() {
        let narrative = part(.report, [.place])
        let bad = part(.report, [.place], .derivative(.translation, of: narrative.id))
        let lost = part(.report, [], .derivative(.summary, of: Hash(sha256: [1])))
        let unseen = part(.report, nil, .derivative(.redaction, of: narrative.id))
        let input = input([narrative, bad, lost, unseen])
        #expect(Routing.decide(input, for: id("office-b")).released.isEmpty)
        #expect(reasons(lost, "office-b", in: input) == [.originalMissing])
        #expect(reasons(unseen, "office-b", in: input) == [.unlabelled])
    }

    @Test func neverBeatsEverything() {
        let parts = PartClass.releasable.map { part($0, []) }
        let input = input(parts, never: [id("office-c")])
        let routing = Routing.decide(input, for: id("office-c"))
        #expect(routing.released.isEmpty)
        #expect(routing.barred == [.never])
        #expect(routing.decisions.allSatisfy { $0.words == "withheld: the reporter said never" })
        #expect(Routing.decide(input, for: id("office-a")).released == parts)
    }

    @Test func consentCoversClassAndLabels() {
        let narrative = part(.report, [.person])
        let consented = input([narrative], consents: [id("office-a"): [.report]])
        #expect(reasons(narrative, "office-a", in: consented) == [.notConsented([.person])])
        #expect(reasons(narrative, "office-c", in: consented) == [.noConsent])
        let both = input([narrative], consents: [id("office-a"): [.report, .person]])
        #expect(reasons(narrative, "office-a", in: both) == [])
        let empty = input([narrative], consents: [id("office-a"): []])
        #expect(reasons(narrative, "office-a", in: empty) == [.noConsent])
    }

    @Test func nothingUnlabelledGoes() {
        let parts = PartClass.releasable.map { part($0, nil) }
        #expect(Routing.decide(input(parts), for: id("office-a")).released.isEmpty)
    }

    @Test(arguments: [PartClass.manifest, .withdrawal])
    func deskOnlyPartsStay(partClass: PartClass) {
        let kept = part(partClass, [])
        let made = part(.report, [], .derivative(.summary, of: kept.id))
        let input = input([kept, made])
        #expect(reasons(kept, "office-a", in: input) == [.deskOnly])
        #expect(reasons(made, "office-a", in: input) == [.deskOnly])
    }

    @Test func weakKeysGetNothingThatMustLast() throws {
        // A policy can be made by other means than the ceremony: routing does not rely on it.
        let loose = try Fixture(clearances: [id("office-b"): Self.all])
        let parts = [part(.compelled, []), part(.report, [.reporter]), part(.report, [])]
        let input = RoutingInput(
            directory: try loose.directory(), policy: loose.policy, today: Fixture.issued,
            consents: [id("office-b"): Self.all], never: [], parts: parts)
        #expect(Routing.decide(input, for: id("office-b")).released == [parts[2]])
        #expect(reasons(parts[0], "office-b", in: input) == [.notPostQuantum([.compelled])])
        #expect(reasons(parts[1], "office-b", in: input) == [.notPostQuantum([.reporter])])
    }

    @Test func unknownRevokedExpiredAndForeignPolicyGetNothing() throws {
        let parts = [part(.report, [])]
        var input = input(parts)
        input.consents[id("office-x")] = Self.all
        #expect(Routing.decide(input, for: id("office-x")).barred == [.unknownOffice])

        input.today = Fixture.expires.adding(days: 1)
        #expect(Routing.decide(input, for: id("office-a")).barred == [.directoryExpired])

        input.today = Fixture.issued
        input.policy = try Policy(clearances: [id("office-a"): Self.all])
        #expect(Routing.decide(input, for: id("office-a")).barred == [.policyMismatch])

        let office = try #require(directory.office(id("office-a")))
        let revoked = try DirectoryContents(
            version: 8, issued: Fixture.issued, expires: Fixture.expires,
            epochs: directory.contents.epochs, deskKey: directory.deskKey,
            offices: directory.offices, verifiers: directory.verifiers, log: directory.log,
            witnesses: [], policyDigest: fixture.policy.digest, revoked: [office.fingerprint])
        input.policy = fixture.policy
        input.directory = try UnverifiedDirectory(fixture.note(of: revoked))
            .signed(by: fixture.root)
        #expect(Routing.decide(input, for: id("office-a")).barred == [.revokedKey])
        #expect(Routing.decide(input, for: id("office-c")).released == parts)
    }

    @Test func aPayloadListedTwiceCountsWithAllItsLabels() {
        let first = part(.evidence, [])
        var second = first
        second.labels = [.place]
        let input = input([first, second])
        #expect(Routing.decide(input, for: id("office-b")).released.isEmpty)
        // Listed as its own derivative it gains nothing either.
        var disguised = first
        disguised.labels = [.place]
        var copy = first
        copy.origin = .derivative(.safeCopy, of: first.id)
        let tricked = self.input([disguised, copy])
        #expect(Routing.decide(tricked, for: id("office-b")).released.isEmpty)
    }

    @Test func allOfficesAreDecided() {
        var input = input([part(.report, [])], never: [id("nobody")])
        input.consents = [id("office-x"): [.report]]
        let names = Routing.decideAll(input).map(\.office.text)
        #expect(names == ["nobody", "office-a", "office-b", "office-c", "office-x"])
        #expect(Routing.decideAll(input).allSatisfy { $0.released.isEmpty })
    }
}

extension [UInt8] {
    static func random() -> [UInt8] { (0..<16).map { _ in UInt8.random(in: 0...255) } }
}
