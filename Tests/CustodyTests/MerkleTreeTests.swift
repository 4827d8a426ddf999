import Custody
import Testing
import Tips

/// The tree against the definition in RFC 6962, and its own proofs against its verifier.
@Suite struct MerkleTreeTests {
    /// RFC 6962 §2.1, word for word.
    private func definition(_ entries: ArraySlice<[UInt8]>) -> Hash {
        guard let first = entries.first else { return Hash(sha256: []) }
        if entries.count == 1 { return Hash(sha256: [0] + first) }
        var split = 1
        while split * 2 < entries.count { split *= 2 }
        let left = definition(entries.prefix(split))
        let right = definition(entries.dropFirst(split))
        return Hash(sha256: [1] + left.bytes + right.bytes)
    }

    @Test func rootsAreThoseOfTheDefinition() {
        let stored = StoredTree(size: 130)
        for size in 0...130 {
            #expect(stored.roots[size] == definition(stored.entries.prefix(size)), "size \(size)")
        }
    }

    @Test func everyInclusionProofHoldsForItsLeafOnly() throws {
        let stored = StoredTree(size: 40)
        for size in 1...UInt64(40) {
            for index in 0..<size {
                let proof = try #require(stored.inclusion(index: index, size: size))
                let leaf = TreeHash.leaf(stored.entries[Int(index)])
                let root = stored.roots[Int(size)]
                #expect(proof.verifies(leafHash: leaf, index: index, size: size, root: root))
                let other = TreeHash.leaf([1, 2, 3])
                #expect(!proof.verifies(leafHash: other, index: index, size: size, root: root))
                #expect(!proof.verifies(leafHash: leaf, index: index + 1, size: size, root: root))
            }
            #expect(InclusionProof.plan(index: size, size: size) == nil)
        }
    }

    @Test func everyConsistencyProofHoldsForItsRootsOnly() throws {
        let stored = StoredTree(size: 40)
        for second in 1...UInt64(40) {
            for first in 1...second {
                let proof = try #require(stored.consistency(first: first, second: second))
                let roots = (stored.roots[Int(first)], stored.roots[Int(second)])
                #expect(
                    proof.verifies(
                        first: first, firstRoot: roots.0, second: second, secondRoot: roots.1))
                #expect(
                    !proof.verifies(
                        first: first, firstRoot: someHash(1), second: second, secondRoot: roots.1))
                #expect(
                    !proof.verifies(
                        first: first, firstRoot: roots.0, second: second, secondRoot: someHash(1)))
            }
        }
        #expect(ConsistencyProof.plan(first: 0, second: 3) == nil)
        #expect(ConsistencyProof.plan(first: 4, second: 3) == nil)
    }

    @Test func aTreeResumesFromItsStoredPeaks() throws {
        var stored = StoredTree(size: 77)
        let peaks = MerkleTree.peakPlaces(size: 77).compactMap { stored.nodes[$0] }
        var resumed = try #require(MerkleTree(size: 77, peaks: peaks))
        #expect(resumed == stored.tree)
        stored.append([9])
        _ = resumed.append(leafHash: TreeHash.leaf([9]))
        #expect(resumed.root == stored.tree.root)
        #expect(MerkleTree(size: 77, peaks: Array(peaks.dropLast())) == nil)
    }
}
