package import Tips

/// What the desk knows of one held person, for finding the same person in another tip.
package struct PersonKeys: Equatable, Sendable {
    /// Readings of the names.
    package let names: NameKeys
    /// In which years the person may have been born; nil when nothing was said.
    package let born: ClosedRange<Int>?
    /// Sites of the gazetteer that the tip may mean.
    package let sites: Set<String>

    /// The keys of these facts.
    package init(names: NameKeys, born: ClosedRange<Int>?, sites: Set<String>) {
        self.names = names
        self.born = born
        self.sites = sites
    }

    /// The keys of a person in a tip that was received in `year` (Gregorian).
    package init(_ person: PersonPart.Held, sites: Set<String>, year: Int) {
        self.init(
            names: NameKeys(person.names), born: BirthYear.range(person.age, in: year),
            sites: sites)
    }
}

/// That two tips may be about the same person: a score and its reasons, for a person to decide.
package struct NameCandidate: Equatable, Sendable {
    /// From 0 to 100. It orders candidates and means nothing else.
    package let score: Int
    /// Why, in words, the weightiest first.
    package let reasons: [String]

    /// The explanation in one line.
    package var words: String { reasons.joined(separator: ", ") }

    /// Least similarity of two readings that makes people candidates.
    static let nameThreshold = 0.88
    /// Least score of a candidate.
    static let scoreThreshold = 55

    /// Compares two people; nil when nothing speaks for their being one.
    package static func compare(_ first: PersonKeys, _ second: PersonKeys) -> NameCandidate? {
        guard let name = nameEvidence(first.names, second.names) else { return nil }
        var score = name.score
        var reasons = [name.words]
        if let born = birthEvidence(first.born, second.born) {
            score += born.score
            reasons.append(born.words)
        }
        if !first.sites.isDisjoint(with: second.sites) {
            score += 15
            reasons.append("a place that both may mean")
        }
        guard score >= scoreThreshold else { return nil }
        return NameCandidate(score: min(score, 100), reasons: reasons)
    }

    private static func nameEvidence(
        _ first: NameKeys, _ second: NameKeys
    ) -> (score: Int, words: String)? {
        if !first.written.isDisjoint(with: second.written) { return (70, "same name") }
        var best: (similarity: Double, isOtherScript: Bool) = (0, false)
        for one in first.readings {
            for other in second.readings where one.letters.mayReach(nameThreshold, other.letters) {
                let similarity = similarity(one, other)
                if similarity > best.similarity {
                    best = (similarity, one.script != other.script)
                }
            }
        }
        guard best.similarity >= nameThreshold else { return nil }
        let script = best.isOtherScript ? " in another script" : ""
        if best.similarity == 1 {
            return (
                best.isOtherScript ? 65 : 68,
                "same name" + (script.isEmpty ? ", spelt otherwise" : script)
            )
        }
        let hundredths = Int((best.similarity * 100).rounded(.down))
        return (
            Int(best.similarity * 60), "similar name\(script) (0.\(hundredths) of 1)"
        )
    }

    private static func similarity(_ one: NameKeys.Reading, _ other: NameKeys.Reading) -> Double {
        var best = 0.0
        for form in one.forms {
            for counterpart in other.forms {
                if form == counterpart { return 1 }
                best = max(best, Distance.jaroWinkler(form, counterpart))
            }
        }
        return best
    }

    private static func birthEvidence(
        _ first: ClosedRange<Int>?, _ second: ClosedRange<Int>?
    ) -> (score: Int, words: String)? {
        guard let first, let second else { return nil }
        if first.overlaps(second) {
            return first.count == 1 && second.count == 1
                ? (20, "same birth year") : (15, "birth years that fit")
        }
        let gap = max(first.lowerBound - second.upperBound, second.lowerBound - first.upperBound)
        return gap <= 2 ? (5, "birth years \(gap) apart") : (-20, "birth years \(gap) apart")
    }
}

/// Years of birth in what people write under age.
enum BirthYear {
    /// The years that `text` may mean, in a tip received in `year`; nil when it says nothing clear.
    ///
    /// A year of the Buddhist calendar is turned into a Gregorian one. An age gives two years. The
    /// Ethiopian calendar looks like the Gregorian, seven or eight years behind: it is not told apart.
    static func range(_ text: String, in year: Int) -> ClosedRange<Int>? {
        let numbers = Typed(text).scalars.split { !Typed.isDigit($0) }.compactMap { digits in
            digits.count <= 4 ? Int(Typed.string(digits)) : nil
        }
        for number in numbers where (1900...year).contains(number) { return number...number }
        for number in numbers where (2443...year + 543).contains(number) {
            return number - 543...number - 543
        }
        for number in numbers where (1...99).contains(number) && numbers.count == 1 {
            return year - number - 1...year - number
        }
        return nil
    }
}
