internal import Custody
internal import Matching
internal import Tips

extension OpenedCase {
    /// Other cases that may be about the same people, the strongest first, without those that it is
    /// linked to. Nothing is written into a case, and nothing follows from it.
    ///
    /// One look goes over all cases' keys once, which are in one table; cases that have got on since
    /// the last look are opened. No two other cases are compared with each other.
    ///
    /// - Throws: ``DeskError``.
    package func proposals() throws(DeskError) -> LinkProposals {
        let linked = Set(try links().map(\.other))
        return try Verification.desk {
            let key = try desk.matchingKey()
            let (all, unread) = try desk.matchKeys(key)
            let question = MatchQuestion(try matchKeys(key))
            var found: [(tip: TipID, grounds: [LinkGround])] = []
            for (other, keys) in all where other != tip && !linked.contains(other) {
                let grounds = question.grounds(keys)
                if !grounds.isEmpty { found.append((other, grounds)) }
            }
            return try proposals(found, unread: unread, key)
        }
    }

    private func proposals(
        _ found: [(tip: TipID, grounds: [LinkGround])], unread: Int, _ key: MatchingKey
    ) throws -> LinkProposals {
        let ordered = found.map { (tip: $0.tip, grounds: $0.grounds, rank: LinkRank($0.grounds)) }
            .sorted { ($1.rank, $0.tip.hex) < ($0.rank, $1.tip.hex) }
        let words = try LinkWords(self, key)
        var proposals = LinkProposals()
        proposals.list = ordered.prefix(LinkProposals.limit).map {
            LinkProposal(
                tip: $0.tip, strength: $0.rank.strength,
                reasons: words.reasons($0.grounds, in: $0.tip), files: $0.grounds.files)
        }
        proposals.more = ordered.count - proposals.list.count
        proposals.unread = unread
        return proposals
    }
}

/// By what proposals are ordered.
struct LinkRank: Comparable {
    let strength: LinkProposal.Strength
    let weight: Int

    init(_ grounds: [LinkGround]) {
        strength = grounds.map(\.strength).max() ?? .weak
        weight = grounds.reduce(0) { $0 + $1.weight }
    }

    static func < (first: LinkRank, second: LinkRank) -> Bool {
        (first.strength, first.weight) < (second.strength, second.weight)
    }
}
