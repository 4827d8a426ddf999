import Tips

/// The two hashes of a transparency log (RFC 6962 §2.1, RFC 9162 §2.1.1).
package enum TreeHash {
    /// The root of a tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = Hash(sha256: [])

    /// The hash of a leaf: SHA-256(0x00 || entry).
    package static func leaf(_ entry: [UInt8]) -> Hash {
        Hash(sha256: [0x00] + entry)
    }

    /// The hash of an inner node: SHA-256(0x01 || left || right).
    package static func node(_ left: Hash, _ right: Hash) -> Hash {
        Hash(sha256: [0x01] + left.bytes + right.bytes)
    }
}

/// The place of a complete subtree: it covers the leaves
/// `index << level ..< (index + 1) << level`.
package struct NodePlace: Hashable, Sendable {
    /// The height of the subtree; 0 is a leaf. At most 63.
    package let level: Int
    /// Which subtree of this height, counted from the left.
    package let index: UInt64

    /// The subtree number `index` of height `level`.
    package init(level: Int, index: UInt64) {
        self.level = level
        self.index = index
    }

    /// The complete subtrees, from left to right, whose leaves are `range`.
    ///
    /// `range` must begin at a multiple of the largest power of two that is not above its
    /// length, as every range does that RFC 6962 §2.1 splits a tree into.
    static func covering(_ range: Range<UInt64>) -> [NodePlace] {
        var places: [NodePlace] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = 63 - (range.upperBound - start).leadingZeroBitCount
            places.append(NodePlace(level: level, index: start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return places
    }
}

/// A complete subtree and its hash: what a log keeps, since it never changes.
package struct TreeNode: Hashable, Sendable {
    /// Which subtree.
    package let place: NodePlace
    /// Its hash.
    package let hash: Hash

    /// The subtree at `place`, which hashes to `hash`.
    package init(place: NodePlace, hash: Hash) {
        self.place = place
        self.hash = hash
    }
}
