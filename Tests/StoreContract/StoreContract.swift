import Agencies
import Custody
import NativePrimitives
package import Quarantine
import Sealing
package import Tips

/// What every `QuarantineStore` must keep to: one suite for all implementations.
package struct StoreContract<Store: QuarantineStore>: Sendable {
    /// A promise that was broken.
    package struct Broken: Error, CustomStringConvertible {
        package let description: String
    }

    let store: Store
    let journal: Journal

    /// The contract for an empty `store`.
    package init(_ store: Store, journal: Journal) {
        self.store = store
        self.journal = journal
    }

    private struct Stop: Error {}

    func demand(_ condition: Bool, _ promise: String) throws {
        guard condition else { throw Broken(description: promise) }
    }

    /// A frame with one part, named by a number.
    package static func envelope(_ number: UInt8, tip: TipID, kind: Envelope.Kind) -> StoredEnvelope
    {
        StoredEnvelope(
            digest: Hash(sha256: [number, 1]), tip: tip, kind: kind, head: [number],
            parts: [
                .init(
                    header: [number, 2], payload: Hash(sha256: [number, 3]), payloadBytes: 10,
                    blob: .random())
            ])
    }

    /// Runs the whole contract.
    package func run() async throws {
        let tip = TipID(Hash(sha256: [0]))
        try await acceptsOnce(tip)
        try await beginsOnce(tip)
        try await rollsBackWhole(tip)
        try await confirmsAndFrees(tip)
        try await erases(tip)
        try await keepsNonces()
        try await keepsOutbox()
    }

    /// An effect and its log entry are there together, and a frame comes back as it was.
    private func acceptsOnce(_ tip: TipID) async throws {
        let first = Self.envelope(1, tip: tip, kind: .tip)
        try await store.transact(journal) { _ in Outcome((), effects: [.accept(first)]) }
        let (state, found, events, count) = try await store.read { reading in
            (
                try reading.tip(tip)?.state, try reading.envelope(first.digest),
                try reading.sealedEvents(limit: 10).count, try reading.acceptedCount()
            )
        }
        try demand(state == .quarantined, "a tip begins quarantined")
        try demand(found == first, "a frame comes back as it was stored")
        try demand(events == 1 && count == 1, "one effect, one entry of the custody log")
    }

    /// A tip begins once: what would begin it again leaves no trace.
    private func beginsOnce(_ tip: TipID) async throws {
        let again = Self.envelope(4, tip: tip, kind: .tip)
        try await expectThrows("a tip cannot begin twice") {
            try await store.transact(journal) { _ in Outcome((), effects: [.accept(again)]) }
        }
        try demand(
            try await store.read { try $0.envelope(again.digest) == nil },
            "the second beginning of a tip leaves nothing")
    }

    /// What `decide` throws, and an effect that cannot be applied, leave no trace.
    private func rollsBackWhole(_ tip: TipID) async throws {
        let second = Self.envelope(2, tip: tip, kind: .supplement)
        try await expectThrows("a thrown decision ends the transaction") {
            try await store.transact(journal) { _ -> Outcome<Void> in throw Stop() }
        }
        try await expectThrows("an effect that cannot be applied ends the transaction") {
            try await store.transact(journal) { _ in
                Outcome((), effects: [.accept(second), .accept(second)])
            }
        }
        let (found, events, count) = try await store.read { reading in
            (
                try reading.envelope(second.digest), try reading.sealedEvents(limit: 10).count,
                try reading.acceptedCount()
            )
        }
        try demand(found == nil && events == 1 && count == 1, "a failed transaction leaves nothing")
    }

    private func confirmsAndFrees(_ tip: TipID) async throws {
        let payload = Hash(sha256: [1, 3])
        let digest = Hash(sha256: [1, 1])
        try demand(
            try await store.read { try $0.waitingFrames(of: tip) } == [digest],
            "a frame of the tip waits until it is confirmed")
        try demand(
            try await store.read { try $0.unneededPayloads(stagedBefore: 0, now: 0).isEmpty },
            "a payload of a waiting frame is needed")
        try await store.transact(journal) { _ in
            Outcome((), effects: [.confirm(envelope: digest, tip: tip)])
        }
        try demand(
            try await store.read { try $0.waitingFrames(of: tip).isEmpty },
            "no frame of the tip waits any more")
        let (waiting, free, known) = try await store.read { reading in
            (
                try reading.waitingEnvelopes(limit: 10),
                try reading.unneededPayloads(stagedBefore: 0, now: 0),
                try reading.envelope(digest)
            )
        }
        try demand(
            waiting.isEmpty && known != nil, "a confirmed frame waits no more but stays known")
        try demand(free.map(\.digest) == [payload], "its payload is needed no more")
        try await store.transact(journal) { _ in
            Outcome((), upkeep: [.forgetPayloads([payload])])
        }
        try demand(
            try await store.read { try $0.payload(payload) == nil }, "a forgotten payload is gone")
    }

    private func erases(_ tip: TipID) async throws {
        let third = Self.envelope(3, tip: tip, kind: .supplement)
        try await store.transact(journal) { _ in Outcome((), effects: [.accept(third)]) }
        try await store.transact(journal) { _ in Outcome((), effects: [.erase(tip: tip)]) }
        let (state, frame) = try await store.read { reading in
            (try reading.tip(tip)?.state, try reading.envelope(third.digest))
        }
        try demand(state == .erased, "an erased tip says so")
        try demand(frame?.head == [] && frame?.parts == [], "nothing of an erased frame is left")
    }

    private func keepsNonces() async throws {
        let nonce = Hash(sha256: [9])
        try await store.transact(journal) { _ in
            Outcome((), upkeep: [.useNonce(nonce, hour: 10)])
        }
        try demand(try await store.read { try $0.isUsed(nonce: nonce) }, "a used nonce is known")
        try await store.transact(journal) { _ in Outcome((), upkeep: [.forgetNonces(before: 11)]) }
        try demand(
            try await store.read { try !$0.isUsed(nonce: nonce) }, "an old nonce is forgotten")
    }

    private func expectThrows(_ promise: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            return
        }
        throw Broken(description: promise)
    }
}
