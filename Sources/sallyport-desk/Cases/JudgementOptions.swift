internal import ArgumentParser
internal import Terminal
internal import Verification

/// What a judgement says beside its grades. Only words of fixed lists and numbers are options; what
/// is about the case is asked for.
struct JudgementOptions: ParsableArguments {
    @Option(help: "ILO indicators of forced labour, with commas; a sentence is asked for each.")
    var indicators = WordList<ForcedLabourIndicator>()

    @Option(help: "What was done, with commas: \(WordList<PalermoAct>.known).")
    var acts = WordList<PalermoAct>()

    @Option(help: "How it was done, with commas: \(WordList<PalermoMeans>.known).")
    var means = WordList<PalermoMeans>()

    @Option(help: "What for, with commas: \(WordList<PalermoPurpose>.known).")
    var purposes = WordList<PalermoPurpose>()

    @Flag(help: "Whoever is held is under 18: no means is needed.")
    var child = false

    @Option(help: "How many other sources, independent of this one, say the same.")
    var sources = 0

    @Flag(help: "The place may go to offices on this one source; the reason is asked for.")
    var placeOnOneSource = false

    @Flag(help: "Ask for notes, which stay at the desk.")
    var notes = false

    var elements: PalermoElements {
        PalermoElements(
            acts: acts.values, means: means.values, purposes: purposes.values, isChild: child)
    }

    /// Asks for one sentence an indicator.
    func sentences() throws -> [(indicator: ForcedLabourIndicator, sentence: String)] {
        try indicators.values.map {
            ($0, try Prompt.line("The sentence that shows “\($0.rawValue)”, word for word: "))
        }
    }

    /// Asks for the words that the count needs.
    func corroboration() throws -> Corroboration {
        let note =
            sources > 0 ? try Prompt.line("Which the other sources are, and what they say: ") : ""
        let reason =
            placeOnOneSource
            ? try Prompt.line("Why the place may go on this one source: ") : ""
        guard !placeOnOneSource || !reason.isEmpty else {
            throw Failure("Say why the place may go on this one source.")
        }
        return Corroboration(sources: sources, note: note, placeReason: reason)
    }
}

/// Words of a fixed list, with commas.
struct WordList<Value: RawRepresentable<String> & CaseIterable>: ExpressibleByArgument {
    let values: [Value]

    init() { values = [] }

    init?(argument: String) {
        let found = argument.split(separator: ",").map { Value(rawValue: String($0)) }
        guard !found.contains(where: { $0 == nil }) else { return nil }
        var words: Set<String> = []
        values = found.compactMap { $0 }.filter { words.insert($0.rawValue).inserted }
    }

    /// Every word of the list.
    static var known: String { Value.allCases.map(\.rawValue).joined(separator: ", ") }

    var defaultValueDescription: String { "none" }
}
