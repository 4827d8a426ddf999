import Custody
import NativePrimitives
import Sealing
import Tips

/// A key from a seed of one repeated byte, so that a test can name it again.
func testKey(_ byte: UInt8) throws -> SigningKey {
    var seed = [UInt8](repeating: byte, count: 32)
    return try SigningKey(seed: Secret(consuming: &seed))
}

func noteName(_ text: String) throws -> NoteKeyName {
    guard let name = NoteKeyName(text) else { throw NoteError.malformedKey }
    return name
}

func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The digest of a small number, where a test needs some hash or other.
func someHash(_ number: Int) -> Hash { Hash(sha256: utf8("test \(number)")) }

/// A tree of which every complete subtree is kept.
struct StoredTree {
    private(set) var tree = MerkleTree()
    private(set) var nodes: [NodePlace: Hash] = [:]
    private(set) var entries: [[UInt8]] = []
    private(set) var roots: [Hash] = [TreeHash.emptyRoot]

    init(size: Int) {
        for index in 0..<size { append(utf8("entry \(index)")) }
    }

    mutating func append(_ entry: [UInt8]) {
        for node in tree.append(leafHash: TreeHash.leaf(entry)) { nodes[node.place] = node.hash }
        entries.append(entry)
        roots.append(tree.root)
    }

    func inclusion(index: UInt64, size: UInt64) -> InclusionProof? {
        hashes(InclusionProof.plan(index: index, size: size)).map(InclusionProof.init)
    }

    func consistency(first: UInt64, second: UInt64) -> ConsistencyProof? {
        hashes(ConsistencyProof.plan(first: first, second: second)).map(ConsistencyProof.init)
    }

    private func hashes(_ plan: ProofPlan?) -> [Hash]? {
        plan.flatMap { $0.assemble($0.places.compactMap { nodes[$0] }) }
    }
}
