internal import Matching
internal import Tips

/// Says in words what two cases have in common. The words are read from the opened cases at that
/// moment: what the tables keep could not tell a number.
struct LinkWords {
    private let desk: Desk
    private let identifiers: [StrongKey.Name: String]
    private let people: [PersonPart.Held]

    /// Words about what others have in common with `opened`.
    init(_ opened: OpenedCase, _ key: MatchingKey) throws {
        desk = opened.desk
        let contents = try opened.contents()
        people = MatchKeys.people(in: contents)
        identifiers = Dictionary(
            contents.flatMap(Identifier.all(in:)).map {
                (StrongKey($0, key: key.secret).name, $0.value)
            }
        ) { first, _ in first }
    }

    /// The grounds in words, in their order.
    func reasons(_ grounds: [LinkGround], in other: TipID) -> [String] {
        // Opened only for names; a case that cannot be read at this moment shows none.
        var contents: [TipContent]?
        return grounds.map { ground in
            guard case .name(let candidate, let here, let there) = ground else {
                return words(ground)
            }
            contents = contents ?? (try? OpenedCase(other, of: desk).contents()) ?? []
            let others = MatchKeys.people(in: contents ?? [])
            return "names that sound alike: \(names(people, here)) / \(names(others, there)) "
                + "(\(candidate.words))"
        }
    }

    private func words(_ ground: LinkGround) -> String {
        switch ground {
        case .identifier(let key, let there):
            "the same \(key.kind.words): \(identifiers[key.name] ?? "…") "
                + "(here \(key.owner.words), there \(there.words))"
        case .name(let candidate, _, _): candidate.words
        case .sameText: "the same text"
        case .similarText(let likeness):
            "similar text: about \(Int(likeness * 100)) of 100 pieces are the same"
        case .site(let id):
            "a place that both may mean: \(Gazetteer.builtIn.site(id)?.names.first ?? id)"
        }
    }

    private func names(_ people: [PersonPart.Held], _ index: Int) -> String {
        people.indices.contains(index) ? people[index].names.joined(separator: ", ") : "…"
    }
}
