internal import Matching
package import Tips

/// Another case that may be about the same people: an opinion of a machine, for a person to check.
package struct LinkProposal: Equatable, Sendable {
    /// How much speaks for it.
    package enum Strength: Int, Comparable, Sendable {
        /// The same place, or names that are only near.
        case weak
        /// A name, a text, or a number that may be somebody else's.
        case likely
        /// The same paper, number or account.
        case strong

        /// In a word.
        package var words: String {
            switch self {
            case .weak: "weak"
            case .likely: "likely"
            case .strong: "strong"
            }
        }

        package static func < (first: Strength, second: Strength) -> Bool {
            first.rawValue < second.rawValue
        }
    }

    /// The other case.
    package let tip: TipID
    /// How much the strongest of its reasons says.
    package let strength: Strength
    /// Why, in words, the weightiest first. They quote what reporters wrote: whoever shows them cleans
    /// them first (``CleanText``).
    package let reasons: [String]
    /// The files of both that are the same or look alike, the surest first.
    package let files: [FileMatch]

    /// The other case's short name.
    package var name: String { String(tip.hex.prefix(12)) }

    /// In lines for a terminal.
    package var lines: [String] {
        ["\(strength.words)  \(name)"] + reasons.map { "    " + CleanText.line($0) }
            + files.map { "    part \($0.here) here, part \($0.there) there: \($0.likeness.words)" }
    }
}

/// Cases that may belong to one case.
package struct LinkProposals: Equatable, Sendable {
    /// Most proposals at a time: more would not be read.
    package static let limit = 40

    /// The strongest first.
    package internal(set) var list: [LinkProposal] = []
    /// How many more there are, weaker than those.
    package internal(set) var more = 0
    /// How many cases could not be read, and may be like this one.
    package internal(set) var unread = 0

    /// What a list does not say, in sentences.
    package var remarks: [String] {
        (more > 0 ? ["\(more) more case(s) have less in common with it, and are not shown"] : [])
            + (unread > 0 ? ["\(unread) case(s) could not be read: any may belong to it"] : [])
    }
}

/// One thing that two cases have in common.
enum LinkGround: Equatable {
    /// The same identifier: its key here, and whose it is there.
    case identifier(StrongKey, there: Identifier.Owner)
    /// Two people: which of the first case and which of the second, and why.
    case name(NameCandidate, here: Int, there: Int)
    /// Two recruiters or captors, likewise.
    case captor(NameCandidate, here: Int, there: Int)
    /// Two files: numbers of the parts here and there, and what they have in common.
    case file(FileLikeness, here: Int, there: Int)
    /// The same text, but for what folding leaves out.
    case sameText
    /// A similar text: the part of their pieces that both have.
    case similarText(Double)
    /// A site that both may mean.
    case site(String)

    /// How much it says, beside other grounds; the sum orders proposals and means nothing else.
    var weight: Int {
        switch self {
        case .identifier(let key, _): key.kind.weight
        case .name(let candidate, _, _), .captor(let candidate, _, _): candidate.score
        case .file(.same, _, _): 80
        case .file(.similarPicture, _, _): 40
        case .file(.similarText(let likeness), _, _): Int(likeness * 60)
        case .sameText: 80
        case .similarText(let likeness): Int(likeness * 60)
        case .site: 10
        }
    }

    var strength: LinkProposal.Strength {
        switch self {
        case .identifier(let key, _): key.kind.strength
        case .name(let candidate, _, _): candidate.score >= 70 ? .likely : .weak
        // Nicknames are shared by many.
        case .captor, .file(.similarPicture, _, _): .weak
        case .file, .sameText, .similarText: .likely
        case .site: .weak
        }
    }
}

extension Identifier.Kind {
    fileprivate var weight: Int {
        switch self {
        case .paper: 120
        case .phone, .account, .wallet, .email: 100
        case .handle: 90
        case .nationalPhone: 70
        case .domain: 40
        }
    }

    fileprivate var strength: LinkProposal.Strength {
        switch self {
        case .paper, .phone, .account, .wallet, .email, .handle: .strong
        case .nationalPhone: .likely
        case .domain: .weak
        }
    }
}
