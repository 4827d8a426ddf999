package import Tips

extension Identifier {
    /// Most identifiers that are taken of one part.
    package static let limit = 200

    /// Everything in `content` that names one person or one account: fields that are for it first,
    /// then what strict patterns find in the reporter's words.
    package static func all(in content: TipContent) -> [Identifier] {
        var list = IdentifierList()
        switch content {
        case .person(let part):
            for person in part.people {
                list.add(person.papers, .papers, .held)
                list.add(person.description, .free, .held)
            }
        case .reporter(let part):
            list.add(part.contact, .contact, .reporter)
            for text in [part.who, part.how] { list.add(text, .free, .reporter) }
        case .perpetrators(let part):
            for text in part.accounts { list.add(text, .accounts, .perpetrator) }
            for text in part.people { list.add(text, .contact, .perpetrator) }
        case .report(let part):
            list.add(part.narrative, .free, .mentioned)
            for answer in part.answers { list.add(answer.text, .free, .mentioned) }
        case .place(let part): list.add(part.site, .free, .mentioned)
        case .compelled(let part): list.add(part.account, .free, .mentioned)
        case .answer(let part): list.add(part.text, .free, .mentioned)
        case .urgency(let part): list.add(part.reason, .free, .mentioned)
        case .withdrawal(let part): list.add(part.reason, .free, .mentioned)
        }
        return Array(list.found.prefix(limit))
    }
}

private struct IdentifierList {
    private(set) var found: [Identifier] = []

    mutating func add(_ text: String, _ field: IdentifierScan.Field, _ owner: Identifier.Owner) {
        guard !text.isEmpty else { return }
        for identifier in IdentifierScan(text, field, owner: owner).found
        where !found.contains(identifier) {
            found.append(identifier)
        }
    }
}
