internal import Custody
internal import Tips

/// Sentences that were read in a case, and where they stand.
extension OpenedCase {
    /// Finds the part in whose text each sentence stands: the reporter's parts first, then the texts
    /// made at the desk.
    ///
    /// - Throws: ``DeskError/badInput(_:)`` for a sentence that stands in none.
    package func support(
        _ sentences: [(indicator: ForcedLabourIndicator, sentence: String)]
    ) throws(DeskError) -> [IndicatorSupport] {
        guard !sentences.isEmpty else { return [] }
        let texts = try quotable()
        var support: [IndicatorSupport] = []
        for (indicator, sentence) in sentences {
            let sentence = Self.trimmed(sentence)
            try Self.check(sentence, for: indicator)
            guard let found = texts.first(where: { $0.holds(sentence) }) else {
                throw .badInput(
                    "The sentence for “\(indicator.rawValue)” stands in no text of this case: "
                        + "copy it word for word, from one part.")
            }
            support.append(
                IndicatorSupport(indicator: indicator, part: found.part, sentence: sentence))
        }
        return support
    }

    /// What can be quoted, sentence by sentence and as people are shown it, each once; at
    /// most 1,000 of them.
    package func sentences() throws(DeskError) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        for sentence in try quotable().flatMap(\.sentences)
        where sentence.utf8.count <= IndicatorSupport.sentenceLimit
            && found.count < QuotableText.sentenceCount && seen.insert(sentence).inserted
        { found.append(sentence) }
        return found
    }

    /// Whether every indicator of a judgement has its sentence, and each stands where it is said to.
    func check(_ judgement: Judgement) throws(DeskError) {
        let supported = judgement.support.map(\.indicator.rawValue).sorted()
        guard supported == judgement.indicators.map(\.rawValue).sorted(),
            Set(supported).count == supported.count
        else { throw .badInput("Give for each indicator the one sentence that shows it.") }
        guard !judgement.support.isEmpty else { return }
        let texts = try quotable()
        for one in judgement.support {
            try Self.check(one.sentence, for: one.indicator)
            guard texts.contains(where: { $0.part == one.part && $0.holds(one.sentence) }) else {
                throw .badInput(
                    "The sentence for “\(one.indicator.rawValue)” does not stand in that part.")
            }
        }
    }

    private static func check(
        _ sentence: String, for indicator: ForcedLabourIndicator
    ) throws(DeskError) {
        guard !sentence.isEmpty else {
            throw .badInput("Give the sentence that shows “\(indicator.rawValue)”.")
        }
        guard sentence.utf8.count <= IndicatorSupport.sentenceLimit else {
            throw .badInput(
                "The sentence for “\(indicator.rawValue)” is longer than "
                    + "\(IndicatorSupport.sentenceLimit) bytes: give the one that says it best.")
        }
    }

    fileprivate static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    /// Everything that was written, by part.
    private func quotable() throws(DeskError) -> [QuotableText] {
        let overview = try overview()
        var texts = overview.parts.map { QuotableText(part: $0.payload, lines: $0.content.texts) }
        for made in record.derivatives where made.partClass != .evidence {
            let text = try derivativeText(made.payload.hex).text
            texts.append(QuotableText(part: made.payload, lines: [text]))
        }
        return texts
    }
}

/// What was written in one part, each answer for itself.
private struct QuotableText {
    /// Most sentences that are offered to choose from.
    static let sentenceCount = 1000
    /// What ends a sentence, in the scripts that reporters write.
    private static let ends: Set<Character> = [
        ".", "!", "?", "…", "。", "！", "？", "．", "।", "။", "።", "۔", "؟", "៖", "។",
    ]

    let part: Hash
    let lines: [String]

    /// The sentences in it, with what ends them, as people are shown them.
    var sentences: [String] {
        var found: [String] = []
        for line in lines {
            var sentence = ""
            for character in CleanText.shown(line) {
                if !character.isNewline { sentence.append(character) }
                guard character.isNewline || Self.ends.contains(character) else { continue }
                found.append(OpenedCase.trimmed(sentence))
                sentence = ""
            }
            found.append(OpenedCase.trimmed(sentence))
        }
        return found.filter { $0.contains { !Self.ends.contains($0) } }
    }

    /// Whether the sentence stands in it, as it was kept or as people are shown it: what could
    /// deceive the eye by its code.
    func holds(_ sentence: String) -> Bool {
        lines.contains {
            $0.utf8.contains(sentence.utf8) || CleanText.shown($0).utf8.contains(sentence.utf8)
        }
    }
}

extension CaseOverview.Content {
    /// Every text in it.
    fileprivate var texts: [String] {
        switch self {
        case .fields(let fields): fields.flatMap(\.value.texts)
        case .dropped(let text): (text.consent ?? []) + text.report
        case .original, .unread: []
        }
    }
}

extension TextField.Value {
    fileprivate var texts: [String] {
        switch self {
        case .none, .flag, .number: []
        case .text(let text): [text]
        case .list(let items): items.flatMap(\.texts)
        case .group(let fields): fields.flatMap(\.value.texts)
        }
    }
}
