package import Custody
package import Forwarding

/// What the desk concluded.
package struct Judgement: Equatable, Sendable {
    /// One short line.
    package let verdict: String
    /// The Admiralty pair and its reason.
    package let assessment: Assessment
    /// The ILO indicators of forced labour that the tip shows.
    package let indicators: [ForcedLabourIndicator]
    /// How offices must treat the bundle.
    package let handling: Handling
    /// The sentence that shows each indicator; judgements from before sentences were asked for have
    /// none. They stay at the desk: an office may not be cleared for what a sentence names.
    package let support: [IndicatorSupport]
    /// What of trafficking in persons the tip tells.
    package let elements: PalermoElements
    /// Who else says the same.
    package let corroboration: Corroboration
    /// Whatever the desk wants to remember; it goes to no office.
    package let notes: String

    /// A judgement of these values.
    package init(
        verdict: String, assessment: Assessment, indicators: [ForcedLabourIndicator],
        handling: Handling, support: [IndicatorSupport] = [],
        elements: PalermoElements = PalermoElements(),
        corroboration: Corroboration = Corroboration(), notes: String = ""
    ) {
        self.verdict = verdict
        self.assessment = assessment
        self.indicators = indicators
        self.handling = handling
        self.support = support
        self.elements = elements
        self.corroboration = corroboration
        self.notes = notes
    }
}

/// The sentence that shows an indicator.
package struct IndicatorSupport: Equatable, Sendable {
    /// Most bytes of a sentence.
    package static let sentenceLimit = 2048

    /// What it shows.
    package let indicator: ForcedLabourIndicator
    /// The payload of the part, of the reporter's or the desk's, in whose text it stands.
    package let part: Hash
    /// The sentence, word for word.
    package let sentence: String

    /// A sentence of a part.
    package init(indicator: ForcedLabourIndicator, part: Hash, sentence: String) {
        self.indicator = indicator
        self.part = part
        self.sentence = sentence
    }
}

/// The three elements of trafficking in persons, as the desk reads them in the tip. Nobody asks a
/// reporter in these words.
package struct PalermoElements: Equatable, Sendable {
    /// What was done.
    package let acts: [PalermoAct]
    /// How; a child needs none.
    package let means: [PalermoMeans]
    /// What for.
    package let purposes: [PalermoPurpose]
    /// Whether whoever is held is under 18.
    package let isChild: Bool

    /// Elements; none of them, when nothing is said.
    package init(
        acts: [PalermoAct] = [], means: [PalermoMeans] = [], purposes: [PalermoPurpose] = [],
        isChild: Bool = false
    ) {
        self.acts = acts
        self.means = means
        self.purposes = purposes
        self.isChild = isChild
    }

    /// Whether nothing was said of them.
    package var isEmpty: Bool {
        acts.isEmpty && means.isEmpty && purposes.isEmpty && !isChild
    }

    /// The elements that are not there; empty when they make up trafficking in persons.
    package var missing: [String] {
        (acts.isEmpty ? ["act"] : []) + (means.isEmpty && !isChild ? ["means"] : [])
            + (purposes.isEmpty ? ["purpose"] : [])
    }

    /// The elements in plain words; "" when nothing was said of them.
    package var words: String {
        guard !isEmpty else { return "" }
        let found =
            acts.map(\.words) + means.map(\.words) + purposes.map(\.words)
            + (isChild ? ["under 18, so no means is needed"] : [])
        let lacks = missing.isEmpty ? "" : "; nothing on: " + missing.joined(separator: ", ")
        return found.joined(separator: ", ") + lacks
    }

    /// The elements in the Protocol's own words, for an office; "" when nothing was said of them.
    var terms: String {
        let groups = [
            ("act", acts.map(\.rawValue)), ("means", means.map(\.rawValue)),
            ("purpose", purposes.map(\.rawValue)),
        ]
        let said = groups.filter { !$0.1.isEmpty }
            .map { "\($0.0) \($0.1.joined(separator: ", "))" }
        return (said + (isChild ? ["under 18"] : [])).joined(separator: "; ")
    }
}

/// Who else says what the tip says, and knows it from elsewhere.
package struct Corroboration: Equatable, Sendable {
    /// Most sources that can be counted.
    package static let sourceLimit = 99

    /// How many other sources there are; 0 when there is this one alone.
    package let sources: Int
    /// Which they are, and what they say; stays at the desk.
    package let note: String
    /// Why the place may go to an office although one source alone names it; "" while it may not.
    /// Stays at the desk, and is shown to both who approve.
    package let placeReason: String

    /// A count with its words.
    package init(sources: Int = 0, note: String = "", placeReason: String = "") {
        self.sources = sources
        self.note = note
        self.placeReason = placeReason
    }

    /// Whether an office may be given the place: it is also where somebody could strike, and whoever
    /// plants a tip names a rival's.
    package var allowsPlace: Bool { sources > 0 || !placeReason.isEmpty }

    /// The count in words.
    package var words: String {
        sources == 0 ? "this source alone" : "\(sources) other source(s) say the same"
    }
}
