import Custody
import Foundation
import Testing
import Tips
import Vectors

/// The proofs of transparency-dev/merkle, right ones and mutated ones.
@Suite struct MerkleVectorTests {
    private struct Inclusion: Decodable {
        let leafIdx, treeSize: UInt64
        let root, leafHash: String?
        let proof: [String]?
        let wantErr: Bool
    }

    private struct Consistency: Decodable {
        let size1, size2: UInt64
        let root1, root2: String?
        let proof: [String]?
        let wantErr: Bool
    }

    @Test func inclusionProofsHoldOrFailAsTheirVectorsSay() throws {
        var counts = (held: 0, failed: 0)
        for path in try Self.files(in: "merkle/inclusion") {
            let vector = try JSONDecoder().decode(Inclusion.self, from: Vectors.data(path))
            let holds = Self.holds(vector)
            #expect(holds == !vector.wantErr, "\(path)")
            if holds { counts.held += 1 } else { counts.failed += 1 }
        }
        #expect(counts.held == 3 && counts.failed > 40)
    }

    @Test func consistencyProofsHoldOrFailAsTheirVectorsSay() throws {
        var counts = (held: 0, failed: 0)
        for path in try Self.files(in: "merkle/consistency") {
            let vector = try JSONDecoder().decode(Consistency.self, from: Vectors.data(path))
            let holds = Self.holds(vector)
            let wanted = !vector.wantErr && !Self.weAreStricter.contains(path)
            #expect(holds == wanted, "\(path)")
            if holds { counts.held += 1 } else { counts.failed += 1 }
        }
        #expect(counts.held == 3 && counts.failed > 40)
    }

    /// Its two roots are equal but not 32 bytes long, which we refuse before looking further.
    private static let weAreStricter = [
        "merkle/consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"
    ]

    private static func holds(_ vector: Inclusion) -> Bool {
        guard let root = hash(vector.root), let leaf = hash(vector.leafHash),
            let hashes = hashes(vector.proof)
        else { return false }
        return InclusionProof(hashes: hashes).verifies(
            leafHash: leaf, index: vector.leafIdx, size: vector.treeSize, root: root)
    }

    private static func holds(_ vector: Consistency) -> Bool {
        guard let root1 = hash(vector.root1), let root2 = hash(vector.root2),
            let hashes = hashes(vector.proof)
        else { return false }
        return ConsistencyProof(hashes: hashes).verifies(
            first: vector.size1, firstRoot: root1, second: vector.size2, secondRoot: root2)
    }

    private static func hash(_ text: String?) -> Hash? {
        text.flatMap { Hash(base64: Array($0.utf8)) }
    }

    /// Nil when one of them is not 32 bytes long.
    private static func hashes(_ texts: [String]?) -> [Hash]? {
        let hashes = (texts ?? []).compactMap(hash)
        return hashes.count == (texts ?? []).count ? hashes : nil
    }

    private static func files(in path: String) throws -> [String] {
        var files: [String] = []
        for name in try Vectors.names(in: path) {
            if name.hasSuffix(".json") {
                files.append("\(path)/\(name)")
            } else {
                files += try Self.files(in: "\(path)/\(name)")
            }
        }
        return files
    }
}
