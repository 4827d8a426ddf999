internal import Agencies
package import Custody
internal import Forwarding
internal import Tips

/// What an office reads of a judgement beside its grades.
extension Judgement {
    /// The reason, with what the desk ticked: words only, so that any program can show them. The
    /// sentences, the other sources and the notes stay at the desk.
    var reasonForOffices: String {
        var words = [assessment.reason].filter { !$0.isEmpty }
        if !indicators.isEmpty {
            let list = indicators.map(\.rawValue).joined(separator: ", ")
            words.append("[ILO indicators of forced labour: \(list)]")
        }
        if !elements.isEmpty {
            words.append("[Palermo Protocol, Article 3: \(elements.terms)]")
        }
        words.append("[Independent sources that say the same: \(corroboration.sources)]")
        return words.joined(separator: " ")
    }
}

extension ReleaseFacts {
    private var givesPlace: Bool { classes.contains(.place) }

    /// Place data goes on two sources, or with a written reason.
    func checkPlace() throws(DeskError) {
        guard givesPlace, !judgement.corroboration.allowsPlace else { return }
        throw .notYet(
            "\(office.id) would be given the place, and one source alone names it. Count the other "
                + "sources in the judgement, or write there why the place may go all the same",
            .assess)
    }
}

extension ReleaseApproval {
    /// On what the place goes to the office, for whoever signs that it does.
    func placeWords(_ facts: ReleaseFacts) -> [String] {
        guard facts.classes.contains(.place) else { return [] }
        let corroboration = facts.judgement.corroboration
        guard corroboration.sources == 0 else {
            let note = corroboration.note.isEmpty ? "" : ": \(CleanText.line(corroboration.note))"
            return ["  the place: \(corroboration.words)\(note)"]
        }
        let judge = opened.judge.isEmpty ? "" : " (\(opened.judge))"
        return [
            "  THE PLACE GOES ON ONE SOURCE ALONE, because\(judge): "
                + CleanText.line(corroboration.placeReason)
        ]
    }
}

extension OpenedCase {
    /// Who made the newest judgement; "" when there is none.
    var judge: String {
        events.last { if case .assessed = $0.action { true } else { false } }?.person ?? ""
    }
}

extension CaseOverview {
    /// The judgement in lines for a terminal.
    var judgementLines: [String] {
        guard let judgement else { return [] }
        let handling = judgement.handling
        return [
            "verdict (\(judgement.grade)): \(CleanText.line(judgement.verdict))",
            "reason: \(CleanText.line(judgement.assessment.reason))",
        ] + indicatorLines(judgement) + judgement.corroboration.lines
            + (judgement.elements.isEmpty ? [] : ["elements: \(judgement.elements.words)"]) + [
                "handling: \(handling.sharing.rawValue) \(handling.actions.rawValue), "
                    + (handling.civiliansHeldHere
                        ? "civilians are held here" : "no civilians named"),
                "caveat: \(CleanText.line(handling.caveat))",
            ] + (judgement.notes.isEmpty ? [] : ["notes: \(CleanText.line(judgement.notes))"])
    }

    private func indicatorLines(_ judgement: Judgement) -> [String] {
        let list = judgement.indicators.map(\.rawValue).joined(separator: ", ")
        return ["indicators: \(list)"]
            + judgement.support.map {
                "    \($0.indicator.rawValue): “\(CleanText.line($0.sentence))” (\(name(of: $0.part)))"
            }
    }

    /// The name of a part for people: its number and class, or what the desk made.
    package func name(of payload: Hash) -> String {
        if let part = parts.first(where: { $0.payload == payload }) {
            return "part \(part.number), \(part.partClass.name)"
        }
        return derivatives.first { $0.payload == payload }.map { "a \($0.kind.rawValue)" }
            ?? "a text that was taken back"
    }
}

extension Corroboration {
    fileprivate var lines: [String] {
        ["sources: \(words)" + (note.isEmpty ? "" : ": \(CleanText.line(note))")]
            + (placeReason.isEmpty
                ? [] : ["place on one source, because: \(CleanText.line(placeReason))"])
    }
}
