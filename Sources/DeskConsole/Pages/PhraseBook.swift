/// Questions that were thought about before: short, and harmless if a captor reads them.
///
/// English only, as a help to write in the reporter's language: a translation that nobody who speaks
/// the language has read does not belong here.
enum PhraseBook {
    private static let phrases = [
        "Is it safe for you to read this now?",
        "On which days and at which hours is it safe to write to you?",
        "When did you last hear from them?",
        "How did they contact you the last time?",
        "Can you tell us something that only the two of you know?",
        "Has anything changed since you wrote?",
        "Has anybody else been told? What did they say?",
        "May we pass on what you wrote to another office?",
    ]

    /// The phrases to choose from, folded away.
    static var page: HTML {
        .element(
            .details, [],
            [
                .element(.summary, [], ["Phrases that were thought about"]),
                .note("Write them in the reporter’s language, in your own words."),
                .list(phrases.map { .text($0) }),
            ])
    }
}
