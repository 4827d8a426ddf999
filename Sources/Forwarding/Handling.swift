/// How sure the desk is of who told it (first half of the Admiralty scale).
package enum SourceReliability: String, CaseIterable, Sendable {
    /// A: completely reliable.
    case a = "A"
    /// B: usually reliable.
    case b = "B"
    /// C: fairly reliable.
    case c = "C"
    /// D: not usually reliable.
    case d = "D"
    /// E: unreliable.
    case e = "E"
    /// F: cannot be judged.
    case f = "F"

    /// The grade in words.
    package var words: String {
        switch self {
        case .a: "completely reliable"
        case .b: "usually reliable"
        case .c: "fairly reliable"
        case .d: "not usually reliable"
        case .e: "unreliable"
        case .f: "reliability cannot be judged"
        }
    }
}

/// How sure the desk is of what was told (second half of the Admiralty scale).
package enum InformationCredibility: Int, CaseIterable, Sendable {
    /// 1: confirmed by other sources.
    case confirmed = 1
    /// 2: probably true.
    case probablyTrue = 2
    /// 3: possibly true.
    case possiblyTrue = 3
    /// 4: doubtful.
    case doubtful = 4
    /// 5: improbable.
    case improbable = 5
    /// 6: cannot be judged.
    case cannotBeJudged = 6

    /// The grade in words.
    package var words: String {
        switch self {
        case .confirmed: "confirmed by other sources"
        case .probablyTrue: "probably true"
        case .possiblyTrue: "possibly true"
        case .doubtful: "doubtful"
        case .improbable: "improbable"
        case .cannotBeJudged: "truth cannot be judged"
        }
    }
}

/// Who may see what is in a bundle: the Traffic Light Protocol, version 2.0.
package enum TrafficLight: String, CaseIterable, Sendable {
    /// For the named recipients only.
    case red = "TLP:RED"
    /// Need to know within the organisation only.
    case amberStrict = "TLP:AMBER+STRICT"
    /// Need to know within the organisation and its clients.
    case amber = "TLP:AMBER"
    /// Within the community.
    case green = "TLP:GREEN"

    /// What it allows, in words.
    package var words: String {
        switch self {
        case .red: "for the people at this office who were handed it, and nobody else"
        case .amberStrict: "need to know, within this organisation only"
        case .amber: "need to know, within this organisation and those it protects"
        case .green: "within the community, never in public"
        }
    }
}

/// What may be done with what is in a bundle: the Permissible Actions Protocol.
package enum PermissibleActions: String, CaseIterable, Sendable {
    /// Nothing that the target could notice.
    case red = "PAP:RED"
    /// Passive cross-checks only.
    case amber = "PAP:AMBER"
    /// Active measures that do not need force.
    case green = "PAP:GREEN"
    /// No restriction.
    case clear = "PAP:CLEAR"

    /// What it allows, in words.
    package var words: String {
        switch self {
        case .red: "do nothing that those who hold people could notice"
        case .amber: "passive checks only; contact nobody at or near the place"
        case .green: "active measures are allowed; tell the desk first"
        case .clear: "no restriction on actions"
        }
    }
}

/// The desk's judgement of a tip.
package struct Assessment: Equatable, Sendable {
    /// The source.
    package let source: SourceReliability
    /// The information.
    package let information: InformationCredibility
    /// Why, in words for the office; may be empty.
    package let reason: String

    /// A judgement.
    package init(source: SourceReliability, information: InformationCredibility, reason: String) {
        self.source = source
        self.information = information
        self.reason = reason
    }
}

/// How an office must treat a bundle.
package struct Handling: Equatable, Sendable {
    /// Who may see it.
    package let sharing: TrafficLight
    /// What may be done.
    package let actions: PermissibleActions
    /// Further words for the office; may be empty.
    package let caveat: String
    /// Whether people who did nothing wrong are held at the place: it must not be attacked.
    package let civiliansHeldHere: Bool

    /// A way to treat a bundle.
    package init(
        sharing: TrafficLight, actions: PermissibleActions, caveat: String,
        civiliansHeldHere: Bool
    ) {
        self.sharing = sharing
        self.actions = actions
        self.caveat = caveat
        self.civiliansHeldHere = civiliansHeldHere
    }

    /// The notice that every bundle carries.
    package static let nonPunishment = """
        People forced into scams are victims of trafficking. They must not be detained, charged or \
        penalised for what they were made to do (Protocol to Prevent, Suppress and Punish \
        Trafficking in Persons; ASEAN Convention ACTIP, article 14(7)). Nothing in this bundle was \
        given so that a victim could be punished.
        """
}
