/// Hashes that show that a leaf is in a tree (RFC 9162 §2.1.3).
package struct InclusionProof: Hashable, Sendable {
    /// No tree of 2^64 leaves needs a longer proof.
    package static let maximumHashCount = 64

    /// The hashes, the leaf's sibling first, the root's child last.
    package let hashes: [Hash]

    /// A proof of these hashes.
    package init(hashes: [Hash]) {
        self.hashes = hashes
    }

    /// Whether this shows that `leafHash` is leaf `index` of the tree of `size` leaves with `root`.
    ///
    /// The steps are those of RFC 9162 §2.1.3.2.
    package func verifies(leafHash: Hash, index: UInt64, size: UInt64, root: Hash) -> Bool {
        // Step 1.
        guard index < size, hashes.count <= Self.maximumHashCount else { return false }
        // Steps 2 and 3.
        var position = TreePosition(leaf: index, last: size - 1)
        var hash = leafHash
        // Step 4.
        for sibling in hashes {
            guard position.last != 0 else { return false }
            hash =
                position.climbsFromRight()
                ? TreeHash.node(sibling, hash) : TreeHash.node(hash, sibling)
        }
        // Step 5.
        return position.last == 0 && hash == root
    }
}

/// `fn` and `sn` of RFC 9162: a node and the last node of its level, climbing to the root.
struct TreePosition {
    private(set) var leaf: UInt64
    private(set) var last: UInt64

    init(leaf: UInt64, last: UInt64) {
        self.leaf = leaf
        self.last = last
    }

    /// Goes up one level where the node has a sibling, after the levels where it has none.
    ///
    /// - Returns: whether the sibling is on the left.
    mutating func climbsFromRight() -> Bool {
        let fromRight = leaf & 1 == 1 || leaf == last
        if fromRight {
            while leaf & 1 == 0, leaf != 0 { shift() }
        }
        shift()
        return fromRight
    }

    /// Goes up while the node is a right child.
    mutating func skipRightChildren() {
        while leaf & 1 == 1 { shift() }
    }

    private mutating func shift() {
        leaf >>= 1
        last >>= 1
    }
}
