/// Which stored hashes a proof is made of.
///
/// A proof consists of hashes of ranges of leaves; each range is one or more complete subtrees.
/// The plan names them, the caller reads them from wherever they are stored, and ``assemble(_:)``
/// puts them together: the rules stay pure and the storage may be anything.
package struct ProofPlan: Hashable, Sendable {
    /// The subtrees of each hash of the proof.
    private let parts: [[NodePlace]]

    init(ranges: [Range<UInt64>]) {
        parts = ranges.map(NodePlace.covering)
    }

    /// The stored hashes that are needed, in the order in which ``assemble(_:)`` wants them.
    package var places: [NodePlace] { parts.flatMap(\.self) }

    /// The hashes of the proof out of the stored hashes of ``places``; nil for a wrong number.
    package func assemble(_ stored: [Hash]) -> [Hash]? {
        guard stored.count == parts.reduce(0, { $0 + $1.count }) else { return nil }
        var rest = stored[...]
        return parts.map { part in
            let hashes = rest.prefix(part.count)
            rest = rest.dropFirst(part.count)
            guard let last = hashes.last else { preconditionFailure("a range is never empty") }
            return hashes.dropLast().reversed().reduce(last) { TreeHash.node($1, $0) }
        }
    }
}

extension InclusionProof {
    /// What proves that leaf `index` is in the tree of the first `size` leaves (RFC 6962 §2.1.1).
    ///
    /// Nil unless `index < size`.
    package static func plan(index: UInt64, size: UInt64) -> ProofPlan? {
        guard index < size else { return nil }
        var ranges: [Range<UInt64>] = []
        var whole = 0..<size
        while whole.upperBound - whole.lowerBound > 1 {
            let middle = whole.lowerBound + split(whole.upperBound - whole.lowerBound)
            if index < middle {
                ranges.append(middle..<whole.upperBound)
                whole = whole.lowerBound..<middle
            } else {
                ranges.append(whole.lowerBound..<middle)
                whole = middle..<whole.upperBound
            }
        }
        return ProofPlan(ranges: ranges.reversed())
    }
}

extension ConsistencyProof {
    /// What proves that the tree of `first` leaves is a prefix of that of `second` leaves
    /// (RFC 6962 §2.1.2, SUBPROOF).
    ///
    /// Nil unless `0 < first <= second`; empty when they are equal.
    package static func plan(first: UInt64, second: UInt64) -> ProofPlan? {
        guard first > 0, first <= second else { return nil }
        var ranges: [Range<UInt64>] = []
        var whole = 0..<second
        while whole.upperBound != first {
            let middle = whole.lowerBound + split(whole.upperBound - whole.lowerBound)
            if first <= middle {
                ranges.append(middle..<whole.upperBound)
                whole = whole.lowerBound..<middle
            } else {
                ranges.append(whole.lowerBound..<middle)
                whole = middle..<whole.upperBound
            }
        }
        // The old tree itself is known to the verifier; a part of it is not.
        if whole.lowerBound > 0 { ranges.append(whole) }
        return ProofPlan(ranges: ranges.reversed())
    }
}

/// The largest power of two below `count`, which must be at least 2 (RFC 6962 §2.1).
private func split(_ count: UInt64) -> UInt64 {
    1 << UInt64(63 - (count - 1).leadingZeroBitCount)
}
