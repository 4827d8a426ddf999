/// The right edge of a tree: its size and the hashes of its complete subtrees.
///
/// This is all that is needed to append and to know the root (RFC 9162 §2.1.2); at most 64 hashes,
/// however large the tree.
package struct MerkleTree: Hashable, Sendable {
    /// The number of leaves.
    package private(set) var size: UInt64
    /// The hashes of the complete subtrees, the largest (leftmost) first.
    private var peaks: [Hash]

    /// A tree without leaves.
    package init() {
        size = 0
        peaks = []
    }

    /// A tree of `size` leaves, resumed from the stored hashes of ``peakPlaces(size:)``.
    ///
    /// Returns nil when the number of hashes is not right. Compare ``root`` with the one that was
    /// signed last before trusting what was stored.
    package init?(size: UInt64, peaks: [Hash]) {
        guard peaks.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.peaks = peaks
    }

    /// Where the hashes that resume a tree of `size` leaves are stored, the leftmost first.
    package static func peakPlaces(size: UInt64) -> [NodePlace] {
        NodePlace.covering(0..<size)
    }

    /// Appends one leaf by its leaf hash.
    ///
    /// - Returns: every subtree that became complete, from the leaf upwards; store them all.
    package mutating func append(leafHash: Hash) -> [TreeNode] {
        var node = TreeNode(place: NodePlace(level: 0, index: size), hash: leafHash)
        var completed = [node]
        // Each trailing one bit of the old size is a subtree that the new leaf completes.
        for _ in 0..<(~size).trailingZeroBitCount {
            let place = NodePlace(level: node.place.level + 1, index: node.place.index >> 1)
            node = TreeNode(place: place, hash: TreeHash.node(peaks.removeLast(), node.hash))
            completed.append(node)
        }
        peaks.append(node.hash)
        size += 1
        return completed
    }

    /// The root hash (RFC 6962 §2.1).
    package var root: Hash {
        guard let smallest = peaks.last else { return TreeHash.emptyRoot }
        return peaks.dropLast().reversed().reduce(smallest) { TreeHash.node($1, $0) }
    }
}
