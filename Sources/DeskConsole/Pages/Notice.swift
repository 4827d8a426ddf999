internal import Verification

/// What stands above a page because of what happened before.
enum Notice {
    /// Something that a person should know.
    static func warning(_ words: HTML) -> HTML {
        .element(.div, [.look("notice warning"), .role("note")], [.p(words)])
    }

    /// Something was done.
    static func done(_ told: Told) -> HTML {
        .element(
            .div, [.look("notice done"), .role("status")],
            [.p(.text(told.words))]
                + (told.lines.isEmpty ? [] : [.lines(told.lines, label: "What came of it")]))
    }

    /// Something was not done, with what to do next.
    static func problem(_ problem: Problem, _ visit: Visit) -> HTML {
        var content: [HTML] = [
            .element(.p, [], [.strong("Not done. "), .text(problem.words)])
        ]
        if !problem.advice.isEmpty { content.append(.p(.text(problem.advice))) }
        if let step = problem.step, case .open(let tip, _) = visit.path {
            content.append(.p(.link(visit.to(.open(tip, step.page)), step.words)))
        }
        return .element(.div, [.look("notice problem"), .role("alert")], content)
    }
}

extension DeskStep {
    fileprivate var page: CasePage {
        switch self {
        case .assess: .judge
        case .prepare: .release
        case .release: .approve
        }
    }

    fileprivate var words: HTML {
        switch self {
        case .assess: "Judge the case first"
        case .prepare: "Decide first what each office gets"
        case .release: "Send what was approved first"
        }
    }
}
