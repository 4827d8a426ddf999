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
        var grounds = identifiers(other) + people(other) + captors(other)
        grounds += FileKeys.grounds(keys.files, other.files)
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
        Self.alike(keys.people, other.people).map { .name($0, here: $1, there: $2) }
    }

    private func captors(_ other: MatchKeys) -> [LinkGround] {
        Self.alike(keys.captors, other.captors).map { .captor($0, here: $1, there: $2) }
    }

    private static func alike(
        _ mine: [PersonKeys], _ theirs: [PersonKeys]
    ) -> [(NameCandidate, Int, Int)] {
        var found: [(NameCandidate, Int, Int)] = []
        for (here, person) in mine.enumerated() {
            for (there, other) in theirs.enumerated() {
                guard let candidate = NameCandidate.compare(person, other) else { continue }
                found.append((candidate, here, there))
            }
        }
        return found
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
