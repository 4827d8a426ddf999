internal import Agencies
internal import Custody
internal import Tips
internal import Verification

/// A part's text beside its translations, each in its own language and direction.
struct TranslationsView {
    let at: CaseVisit

    /// The original's content alone, or beside every translation of it.
    func content(_ view: PartView, _ made: [CaseOverview.Derivative]) throws(DeskError) -> HTML {
        let translations = made.filter { $0.kind == .translation }
        guard !translations.isEmpty else { return view.content }
        var columns: [HTML] = [
            .element(.div, [], [.h3("As it was written"), view.content])
        ]
        for translation in translations {
            let (text, language) = try at.opened.derivativeText(translation.payload.hex)
            let name = language.isEmpty ? "" : " into \(language)"
            columns.append(
                .element(
                    .div, [],
                    [
                        .h3(.text("Translation\(name), made at the desk")),
                        .words(text, language: language), .note(.foreign(translation.note)),
                    ]))
        }
        return .element(.div, [.look("beside")], columns)
    }
}
