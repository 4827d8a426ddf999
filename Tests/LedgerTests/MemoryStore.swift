import Custody
import Ledger
import Tips

/// What a fault makes of a call: nothing happened, or everything but the answer.
enum Fault: Error {
    case lost
    case doneButUnanswered
}

/// A store in memory that enforces the contract of ``LedgerStore`` and can fail on demand.
actor MemoryStore: LedgerStore {
    struct State {
        var head: LedgerHead?
        var waiting: Set<Hash> = []
        var entries: [Hash] = []
        var nodes: [NodePlace: Hash] = [:]
    }

    var state = State()
    private var nextAdvance: Fault?

    func wait(_ entries: [Hash]) { state.waiting.formUnion(entries) }
    func failNextAdvance(_ fault: Fault) { nextAdvance = fault }
    func restore(_ older: State) { state = older }
    func corrupt(_ place: NodePlace) { state.nodes[place] = Hash(sha256: []) }

    func head() -> LedgerHead? { state.head }

    func create() -> Bool {
        guard state.head == nil else { return false }
        state.head = .empty
        return true
    }

    func waitingEntries(limit: Int) -> [Hash] { Array(state.waiting.prefix(limit)) }

    func advance(_ step: LedgerStep) throws -> Bool {
        let fault = nextAdvance
        nextAdvance = nil
        if fault == .lost { throw Fault.lost }
        guard state.head == step.from else { return false }
        precondition(step.entries.allSatisfy(state.waiting.contains), "an entry did not wait")
        precondition(step.from.size + UInt64(step.entries.count) == step.to.size)
        for node in step.nodes {
            precondition(state.nodes[node.place] == nil, "a node was written twice")
            state.nodes[node.place] = node.hash
        }
        state.head = step.to
        state.entries += step.entries
        state.waiting.subtract(step.entries)
        if let fault { throw fault }
        return true
    }

    func hashes(at places: [NodePlace]) -> [Hash] { places.compactMap { state.nodes[$0] } }

    func entries(in range: Range<UInt64>) -> [Hash] {
        Array(state.entries[Int(range.lowerBound)..<Int(range.upperBound)])
    }

    func index(of entry: Hash) -> UInt64? { state.entries.firstIndex(of: entry).map(UInt64.init) }
}

/// A publisher in memory; a tile never changes, and a checkpoint needs its tiles.
actor MemoryPublisher: LedgerPublisher {
    private(set) var tiles: [String: [UInt8]] = [:]
    private(set) var checkpoints: [[UInt8]] = []
    /// How many more calls succeed before one fails; nil for no failure.
    private var remaining: Int?

    func fail(after calls: Int) { remaining = calls }

    func checkpoint() -> [UInt8]? { checkpoints.last }

    func publish(tile path: String, content: [UInt8]) throws {
        try countDown()
        precondition(tiles[path] == nil || tiles[path] == content, "a tile changed")
        tiles[path] = content
    }

    func publish(checkpoint: [UInt8]) throws {
        try countDown()
        let size = try UnverifiedCheckpoint(checkpoint).claim.size
        for tile in Tile.added(from: 0, to: size) where tiles[tile.path] == nil {
            preconditionFailure("\(tile.path) is missing")
        }
        checkpoints.append(checkpoint)
    }

    func replaceCheckpoint(_ bytes: [UInt8]) { checkpoints.append(bytes) }

    private func countDown() throws {
        guard let left = remaining else { return }
        remaining = left > 0 ? left - 1 : nil
        if left == 0 { throw Fault.lost }
    }
}
