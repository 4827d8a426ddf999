import Custody
import Ledger
import NativePrimitives
import Sealing
import Testing
import Tips

func someEntries(_ range: Range<Int>) -> [Hash] {
    range.map { Hash(sha256: Array("entry \($0)".utf8)) }
}

func testSigner(seed byte: UInt8 = 1) throws -> NoteSigner {
    var seed = [UInt8](repeating: byte, count: 32)
    let key = try SigningKey(seed: Secret(consuming: &seed))
    return NoteSigner(name: try #require(NoteKeyName("log.example/custody")), key: key)
}

/// Sequencing, signing, publishing; faults between them; and stores that lie.
@Suite struct LedgerTests {
    private let store = MemoryStore()
    private let publisher = MemoryPublisher()

    private func ledger(seed: UInt8 = 1) throws -> Ledger {
        Ledger(signer: try testSigner(seed: seed), store: store, publisher: publisher)
    }

    @Test func entriesBecomeProofs() async throws {
        let ledger = try ledger()
        try await ledger.create()
        #expect(try await ledger.tick().checkpoint.size == 0)
        var size: UInt64 = 0
        for batch in [0..<1, 1..<300, 300..<301, 301..<700] {
            await store.wait(someEntries(batch))
            let checkpoint = try await ledger.tick().checkpoint
            size += UInt64(batch.count)
            #expect(checkpoint.size == size)
        }
        let policy = LogPolicy(log: ledger.verifier)
        for entry in someEntries(0..<700) {
            let proof = try #require(try await ledger.proof(of: entry))
            let verified = try UnverifiedLogProof(proof.bytes).verified(
                entry: entry.bytes, by: policy)
            #expect(verified.checkpoint.checkpoint.size == 700)
        }
        #expect(try await ledger.proof(of: Hash(sha256: [])) == nil)
        #expect(try await ledger.proof(index: 700) == nil)
    }

    @Test func theOrderOfEntriesIsThatOfTheirBytes() async throws {
        let ledger = try ledger()
        try await ledger.create()
        await store.wait(someEntries(0..<50))
        try await ledger.tick()
        #expect(await store.entries(in: 0..<50) == someEntries(0..<50).sorted())
    }

    @Test func aTickWithoutEntriesPublishesNothing() async throws {
        let ledger = try ledger()
        try await ledger.create()
        await store.wait(someEntries(0..<3))
        try await ledger.tick()
        try await ledger.tick()
        #expect(await publisher.checkpoints.count == 1)
    }

    @Test func aMissingLogIsNeverCreatedByTheWay() async throws {
        let ledger = try ledger()
        await #expect(throws: LedgerError.notCreated) { try await ledger.tick() }
        try await ledger.create()
        await #expect(throws: LedgerError.alreadyCreated) { try await ledger.create() }
        await publisher.replaceCheckpoint([1])
        await store.restore(MemoryStore.State())
        await #expect(throws: LedgerError.alreadyCreated) { try await ledger.create() }
    }

    /// Fails at every call of the publisher in turn: each time the next tick makes it good.
    @Test(arguments: 0..<12)
    func aCrashWhilePublishingIsMadeGood(after calls: Int) async throws {
        let first = try ledger()
        try await first.create()
        await store.wait(someEntries(0..<255))
        try await first.tick()
        await store.wait(someEntries(255..<600))
        await publisher.fail(after: calls)
        _ = try? await first.tick()
        let restarted = try ledger()
        let checkpoint = try await restarted.tick().checkpoint
        #expect(checkpoint.size == 600)
        #expect(try await restarted.proof(of: someEntries(599..<600)[0]) != nil)
    }

    @Test(arguments: [Fault.lost, .doneButUnanswered])
    func aCrashAtTheCompareAndSwapIsMadeGood(_ fault: Fault) async throws {
        let first = try ledger()
        try await first.create()
        await store.wait(someEntries(0..<20))
        await store.failNextAdvance(fault)
        await #expect(throws: fault) { try await first.tick() }
        #expect(await publisher.checkpoints.isEmpty, "signed before it was persisted")
        let checkpoint = try await ledger().tick().checkpoint
        #expect(checkpoint.size == 20)
    }

    @Test func aStoreRolledBackIsRefused() async throws {
        let ledger = try ledger()
        try await ledger.create()
        await store.wait(someEntries(0..<10))
        try await ledger.tick()
        let older = await store.state
        await store.wait(someEntries(10..<20))
        try await ledger.tick()
        await store.restore(older)
        await store.wait(someEntries(20..<40))
        await #expect(throws: LedgerError.contradictsPublished(size: 20)) {
            try await ledger.tick()
        }
        #expect(await publisher.checkpoints.count == 2)
        #expect(await store.head()?.size == 10, "advanced although it contradicts what is public")
    }

    @Test func anotherHistoryOfTheSameSizeIsRefused() async throws {
        let ledger = try ledger()
        try await ledger.create()
        let empty = await store.state
        await store.wait(someEntries(0..<10))
        try await ledger.tick()
        await store.restore(empty)
        await store.wait(someEntries(100..<110))
        let elsewhere = Ledger(
            signer: try testSigner(), store: store, publisher: MemoryPublisher())
        try await elsewhere.tick()
        await #expect(throws: LedgerError.contradictsPublished(size: 10)) {
            try await ledger.tick()
        }
    }

    @Test func damagedHashesAreRefused() async throws {
        let ledger = try ledger()
        try await ledger.create()
        await store.wait(someEntries(0..<8))
        try await ledger.tick()
        await store.corrupt(NodePlace(level: 0, index: 0))
        await #expect(throws: LedgerError.damagedStore) { try await ledger.proof(index: 1) }
        await store.corrupt(NodePlace(level: 3, index: 0))
        await #expect(throws: LedgerError.damagedStore) { try await ledger.tick() }
    }

    @Test func aCheckpointOfAnotherKeyIsRefused() async throws {
        let first = try ledger()
        try await first.create()
        await store.wait(someEntries(0..<8))
        try await first.tick()
        let other = try ledger(seed: 2)
        await #expect(throws: LedgerError.foreignCheckpoint(.unsigned)) { try await other.tick() }
    }

    @Test func onlyOneOfTwoWritersAdvances() async throws {
        let head = LedgerHead.empty
        _ = await store.create()
        await store.wait(someEntries(0..<1))
        var tree = MerkleTree()
        let nodes = tree.append(leafHash: TreeHash.leaf(someEntries(0..<1)[0].bytes))
        let step = LedgerStep(
            from: head, to: LedgerHead(size: 1, root: tree.root), entries: someEntries(0..<1),
            nodes: nodes)
        #expect(try await store.advance(step))
        #expect(try await !store.advance(step))
    }

    @Test func theClockTicksAtMultiplesOfItsInterval() throws {
        let clock = try #require(LedgerClock(interval: 300))
        #expect(clock.nextTick(after: 0) == 300)
        #expect(clock.nextTick(after: 299) == 300)
        #expect(clock.nextTick(after: 300) == 600)
        #expect(LedgerClock(interval: 0) == nil)
        #expect(LedgerClock(interval: 86_401) == nil)
    }
}
