import Agencies
import Custody
import Sealing
import Testing
import Tips

/// Laws that hold for any case: random cases from a fixed seed.
@Suite struct RoutingPropertyTests {
    let fixture: Fixture
    static let cases = 150

    init() throws { fixture = try Fixture() }

    /// What an office learns: the classes of everything released, and of each original whether it
    /// goes (2), something made from it goes (1), or nothing does (0).
    struct Knowledge {
        var classes: Set<PartClass> = []
        var levels: [Hash: Int] = [:]

        init(_ routing: OfficeRouting) {
            for part in routing.released {
                classes.formUnion(part.contents)
                switch part.origin {
                case .original: levels[part.id] = 2
                case .derivative(_, let id): levels[id] = max(levels[id] ?? 0, 1)
                }
            }
        }

        func isWithin(_ other: Knowledge) -> Bool {
            classes.isSubset(of: other.classes)
                && levels.allSatisfy { $0.value <= other.levels[$0.key] ?? 0 }
        }
    }

    @Test func narrowingNeverTellsMore() throws {
        var random = Seeded(state: 20_261_123)
        for _ in 0..<Self.cases {
            let clearances = random.table()
            let wide = try input(&random, clearances: clearances)
            let office = random.office()
            let before = Knowledge(Routing.decide(wide, for: office))

            var never = wide
            never.never.insert(random.office())
            #expect(Knowledge(Routing.decide(never, for: office)).isWithin(before))

            var consent = wide
            consent.consents[random.office()]?.remove(random.partClass())
            #expect(
                Knowledge(Routing.decide(consent, for: office)).levels
                    .allSatisfy { $0.value <= before.levels[$0.key] ?? 0 })

            var fewer = clearances
            fewer[random.office()]?.remove(random.partClass())
            let narrow = try input(copying: wide, clearances: fewer)
            #expect(
                Knowledge(Routing.decide(narrow, for: office)).levels
                    .allSatisfy { $0.value <= before.levels[$0.key] ?? 0 })
        }
    }

    @Test func whatGoesIsAlwaysConsentedAndCleared() throws {
        var random = Seeded(state: 7)
        var released = 0
        for _ in 0..<Self.cases {
            let clearances = random.table()
            let input = try input(&random, clearances: clearances)
            for routing in Routing.decideAll(input) {
                for part in routing.released {
                    released += 1
                    #expect(!input.never.contains(routing.office))
                    #expect(part.labels != nil)
                    #expect(part.contents.isSubset(of: input.consents[routing.office] ?? []))
                    #expect(part.contents.isSubset(of: clearances[routing.office] ?? []))
                    let recipient = input.directory.office(routing.office)?.recipient
                    #expect(
                        recipient?.isPostQuantum == true
                            || !part.contents.contains(where: \.needsPostQuantum))
                }
                for decision in routing.decisions where !decision.isRelease {
                    #expect(decision.words.hasPrefix("withheld: "))
                }
            }
        }
        // The law is empty unless something goes.
        #expect(released > 100)
    }

    @Test func withoutClearanceOrConsentNothingGoes() throws {
        var random = Seeded(state: 99)
        for _ in 0..<50 {
            let denied = try input(&random, clearances: [:])
            #expect(Routing.decideAll(denied).allSatisfy { $0.released.isEmpty })
            var silent = try input(&random, clearances: random.table())
            silent.consents = [:]
            #expect(Routing.decideAll(silent).allSatisfy { $0.released.isEmpty })
        }
    }

    private func input(
        _ random: inout Seeded, clearances: [OfficeID: Set<PartClass>]
    ) throws -> RoutingInput {
        var parts: [RoutablePart] = []
        for _ in 0..<5 {
            let original = random.part(.original)
            parts.append(original)
            if random.chance(2) {
                parts.append(random.part(.derivative(.summary, of: original.id)))
            }
        }
        let (directory, policy) = try directory(clearances)
        return RoutingInput(
            directory: directory, policy: policy, today: Fixture.issued, consents: random.table(),
            never: random.chance(4) ? [random.office()] : [], parts: parts)
    }

    private func input(
        copying other: RoutingInput, clearances: [OfficeID: Set<PartClass>]
    ) throws -> RoutingInput {
        var copy = other
        (copy.directory, copy.policy) = try directory(clearances)
        return copy
    }

    private func directory(
        _ clearances: [OfficeID: Set<PartClass>]
    ) throws -> (Directory, Policy) {
        let policy = try Policy(clearances: clearances)
        let old = fixture.contents
        let contents = try DirectoryContents(
            version: old.version, issued: old.issued, expires: old.expires, epochs: old.epochs,
            deskKey: old.deskKey, offices: old.offices, verifiers: old.verifiers, log: old.log,
            witnesses: [], policyDigest: policy.digest, revoked: [])
        let note = try fixture.note(of: contents)
        return (try UnverifiedDirectory(note).signed(by: fixture.root), policy)
    }
}

/// SplitMix64: the same cases at each run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &self) == 0 }

    mutating func office() -> OfficeID {
        ["office-a", "office-b", "office-c"].randomElement(using: &self).map(id) ?? id("office-a")
    }

    mutating func partClass() -> PartClass {
        PartClass.releasable.randomElement(using: &self) ?? .report
    }

    /// Most classes for most offices, so that much is released and much is not.
    mutating func table() -> [OfficeID: Set<PartClass>] {
        var table: [OfficeID: Set<PartClass>] = [:]
        for name in ["office-a", "office-b", "office-c"] where !chance(6) {
            table[id(name)] = Set(PartClass.releasable.filter { _ in !chance(5) })
        }
        return table
    }

    mutating func part(_ origin: RoutablePart.Origin) -> RoutablePart {
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &self) }
        let labels: Set<PartClass>? =
            chance(8)
            ? nil : Set((0..<Int.random(in: 0...2, using: &self)).map { _ in partClass() })
        return RoutablePart(
            id: Hash(sha256: bytes), partClass: partClass(), labels: labels, origin: origin)
    }
}
