/// Hashes that show that an older tree is a prefix of a newer one (RFC 9162 §2.1.4).
package struct ConsistencyProof: Hashable, Sendable {
    /// One hash more than an inclusion proof can have.
    package static let maximumHashCount = InclusionProof.maximumHashCount + 1

    /// The hashes, from the bottom of the tree upwards.
    package let hashes: [Hash]

    /// A proof of these hashes.
    package init(hashes: [Hash]) {
        self.hashes = hashes
    }

    /// Whether this shows that the tree of `first` leaves with `firstRoot` is a prefix of the tree
    /// of `second` leaves with `secondRoot`.
    ///
    /// The steps are those of RFC 9162 §2.1.4.2. An empty first tree proves nothing and is refused.
    package func verifies(
        first: UInt64, firstRoot: Hash, second: UInt64, secondRoot: Hash
    ) -> Bool {
        guard first > 0, first <= second, hashes.count <= Self.maximumHashCount else {
            return false
        }
        if first == second { return hashes.isEmpty && firstRoot == secondRoot }
        // Step 1.
        guard !hashes.isEmpty else { return false }
        // Step 2.
        var path = hashes[...]
        if first & (first - 1) == 0 { path = [firstRoot] + path }
        // Steps 3 and 4.
        var position = TreePosition(leaf: first - 1, last: second - 1)
        position.skipRightChildren()
        // Step 5.
        var older = path.removeFirst()
        var newer = older
        // Step 6.
        for sibling in path {
            guard position.last != 0 else { return false }
            if position.climbsFromRight() {
                older = TreeHash.node(sibling, older)
                newer = TreeHash.node(sibling, newer)
            } else {
                newer = TreeHash.node(newer, sibling)
            }
        }
        // Step 7.
        return older == firstRoot && newer == secondRoot && position.last == 0
    }
}
