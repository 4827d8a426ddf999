internal import Matching
internal import Tips

/// Says in words what two cases have in common. The words are read from the opened cases at that
/// moment: what the tables keep could not tell a number.
struct LinkWords {
    private let desk: Desk
    private let identifiers: [StrongKey.Name: String]
    private let people: [PersonPart.Held]
    private let captors: [String]

    /// Words about what others have in common with `opened`.
    init(_ opened: OpenedCase, _ key: MatchingKey) throws {
        desk = opened.desk
        let contents = try opened.contents()
        people = MatchKeys.people(in: contents)
        captors = MatchKeys.captors(in: contents)
        identifiers = Dictionary(
            contents.flatMap(Identifier.all(in:)).map {
                (StrongKey($0, key: key.secret).name, $0.value)
            }
        ) { first, _ in first }
    }

    /// The grounds in words, in their order, without files, which are told with their numbers.
    func reasons(_ grounds: [LinkGround], in other: TipID) -> [String] {
        // Opened only for names; a case that cannot be read at this moment shows none.
        var contents: [TipContent]?
        func there() -> [TipContent] {
            let read = contents ?? (try? OpenedCase(other, of: desk).contents()) ?? []
            contents = read
            return read
        }
        return grounds.compactMap { ground in
            switch ground {
            case .name(let candidate, let mine, let theirs):
                "names that sound alike: \(names(people, mine)) / "
                    + "\(names(MatchKeys.people(in: there()), theirs)) (\(candidate.words))"
            case .captor(let candidate, let mine, let theirs):
                "recruiters or captors whose names sound alike: \(name(captors, mine)) / "
                    + "\(name(MatchKeys.captors(in: there()), theirs)) (\(candidate.words))"
            case .file: nil
            default: words(ground)
            }
        }
    }

    private func words(_ ground: LinkGround) -> String {
        switch ground {
        case .identifier(let key, let there):
            "the same \(key.kind.words): \(identifiers[key.name] ?? "…") "
                + "(here \(key.owner.words), there \(there.words))"
        case .name(let candidate, _, _), .captor(let candidate, _, _): candidate.words
        case .file(let likeness, _, _): likeness.words
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

    private func name(_ names: [String], _ index: Int) -> String {
        names.indices.contains(index) ? names[index] : "…"
    }
}
