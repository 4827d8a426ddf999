internal import Matching
internal import Tips

/// What one case has in common with others, by their keys alone.
struct MatchQuestion {
    private let keys: MatchKeys
    private let strong: [StrongKey.Name: StrongKey]
    private let sites: Set<String>

    /// A question for whatever is like `keys`.
    init(_ keys: MatchKeys) {
        self.keys = keys
        strong = Dictionary(keys.strong.map { ($0.name, $0) }) { first, _ in first }
        sites = Set(keys.sites)
    }

    /// What both have in common, the weightiest first.
    func grounds(_ other: MatchKeys) -> [LinkGround] {
        var grounds = identifiers(other) + people(other)
        if let text = text(other) { grounds.append(text) }
        grounds += other.sites.filter(sites.contains).map { .site($0) }
        return grounds.sorted { $0.weight > $1.weight }
    }

    private func identifiers(_ other: MatchKeys) -> [LinkGround] {
        var seen: Set<StrongKey.Name> = []
        let shared = other.strong.filter { key in
            strong[key.name] != nil && seen.insert(key.name).inserted
        }
        // A number with its country is there without it as well.
        let isWhole = shared.contains { $0.kind == .phone }
        return shared.compactMap { key in
            guard let mine = strong[key.name], !isWhole || key.kind != .nationalPhone else {
                return nil
            }
            return .identifier(mine, there: key.owner)
        }
    }

    private func people(_ other: MatchKeys) -> [LinkGround] {
        var grounds: [LinkGround] = []
        for (here, mine) in keys.people.enumerated() {
            for (there, person) in other.people.enumerated() {
                guard let candidate = NameCandidate.compare(mine, person) else { continue }
                grounds.append(.name(candidate, here: here, there: there))
            }
        }
        return grounds
    }

    private func text(_ other: MatchKeys) -> LinkGround? {
        var best = 0.0
        for mine in keys.texts {
            for text in other.texts {
                if mine.fingerprint == text.fingerprint { return .sameText }
                best = max(best, mine.likeness(to: text))
            }
        }
        return best >= TextSketch.threshold ? .similarText(best) : nil
    }
}

extension StrongKey {
    /// What is the same in two keys of the same thing, whosever it is.
    struct Name: Hashable {
        let kind: Identifier.Kind
        let hash: SHA256Digest
    }

    var name: Name { Name(kind: kind, hash: hash) }
}
