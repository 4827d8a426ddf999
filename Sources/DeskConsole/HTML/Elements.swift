internal import Tips

/// The elements that pages use most, by their names.
extension HTML {
    static func p(_ content: HTML...) -> HTML { element(.p, [], content) }
    static func note(_ content: HTML...) -> HTML { element(.p, [.look("note")], content) }
    static func h1(_ content: HTML) -> HTML { element(.h1, [], [content]) }
    static func h2(_ content: HTML) -> HTML { element(.h2, [], [content]) }
    static func h3(_ content: HTML) -> HTML { element(.h3, [], [content]) }
    static func strong(_ content: HTML) -> HTML { element(.strong, [], [content]) }
    static func code(_ text: String) -> HTML { element(.code, [], [.text(text)]) }
    static func list(_ items: [HTML]) -> HTML {
        element(.ul, [], items.map { element(.li, [], [$0]) })
    }
    static func link(_ place: Place, _ content: HTML, _ more: [Attribute] = []) -> HTML {
        element(.a, [.href(place)] + more, [content])
    }
    static func section(_ title: HTML, id: String, _ content: [HTML]) -> HTML {
        element(
            .section, [.labelled(by: id)],
            [element(.h2, [.id(id)], [title])] + content)
    }

    /// A word that stands out; its look says nothing that the word does not.
    static func badge(_ word: String, _ look: StaticString = "badge") -> HTML {
        element(.span, [.look(look)], [.text(word)])
    }

    /// A text from outside on one line, kept apart from what stands around it.
    static func foreign(_ text: String, language: String = "") -> HTML {
        element(
            .bdi, language.isEmpty ? [] : [.language(language)], [.text(text)])
    }

    /// A text from outside, its lines kept.
    static func words(_ text: String, language: String = "") -> HTML {
        let attributes: [Attribute] = [.look("words"), .ownDirection]
        let isTag = !language.isEmpty && LanguageTag.isValidOrEmpty(language)
        return element(.div, attributes + (isTag ? [.language(language)] : []), [.text(text)])
    }

    /// Lines as the terminal shows them.
    static func lines(_ lines: [String], label: String) -> HTML {
        element(
            .pre, [.scrollable, .role("group"), .label(label)],
            [.all(lines.map { element(.bdi, [], [.text($0)]) + "\n" })])
    }
}
