/// The fields that forms are made of. Each has a label; a hint is told with it.
enum Field {
    /// One line.
    static func line(
        _ label: HTML, _ name: String, _ value: String, hint: HTML? = nil, limit: Int = 512,
        isRequired: Bool = true
    ) -> HTML {
        frame(label, name, hint) { described in
            .element(
                .input,
                [
                    .type("text"), .id(name), .name(name), .value(value), .noCompletion,
                    .maximum(length: limit), .ownDirection,
                ] + described + (isRequired ? [.required] : []), [])
        }
    }

    /// One line that can be typed, or chosen from a list of suggestions on the same page.
    static func suggested(
        _ label: HTML, _ name: String, _ value: String, from list: String, limit: Int
    ) -> HTML {
        frame(label, name, nil) { _ in
            .element(
                .input,
                [
                    .type("text"), .id(name), .name(name), .value(value), .noCompletion,
                    .maximum(length: limit), .ownDirection, .suggested(by: list),
                ], [])
        }
    }

    /// The suggestions of ``suggested(_:_:_:from:limit:)``.
    static func suggestions(_ id: String, _ texts: [String]) -> HTML {
        .element(.datalist, [.id(id)], texts.map { .element(.option, [.value($0)], []) })
    }

    /// Several lines.
    static func area(
        _ label: HTML, _ name: String, _ value: String, hint: HTML? = nil, rows: Int = 5,
        language: String = "", isRequired: Bool = false
    ) -> HTML {
        frame(label, name, hint) { described in
            .textArea(
                [.id(name), .name(name), .rows(rows), .ownDirection, .noCompletion] + described
                    + (language.isEmpty ? [] : [.language(language)])
                    + (isRequired ? [.required] : []), value)
        }
    }

    /// A whole number.
    static func number(
        _ label: HTML, _ name: String, _ value: String, in range: ClosedRange<Int>,
        hint: HTML? = nil
    ) -> HTML {
        frame(label, name, hint) { described in
            .element(
                .input,
                [.type("number"), .id(name), .name(name), .value(value), .required]
                    + Attribute.range(range) + described, [])
        }
    }

    /// One of a few, from a list that unfolds.
    static func select(
        _ label: HTML, _ name: String, _ value: String, _ options: [(value: String, words: HTML)]
    ) -> HTML {
        frame(label, name, nil) { _ in
            .element(
                .select, [.id(name), .name(name)],
                options.map {
                    .element(
                        .option, [.value($0.value)] + ($0.value == value ? [.selected] : []),
                        [$0.words])
                })
        }
    }

    /// One of a few, all of them in sight.
    static func choice(
        _ legend: HTML, _ name: String, _ value: String, _ options: [(value: String, words: HTML)]
    ) -> HTML {
        group(
            legend,
            options.map {
                tick("radio", name, $0.value, $0.words, isOn: $0.value == value, [.required])
            })
    }

    /// Any of several.
    static func boxes(
        _ legend: HTML, _ name: String, _ values: [String], hint: HTML? = nil,
        _ options: [(value: String, words: HTML)]
    ) -> HTML {
        group(
            legend,
            (hint.map { [HTML.note($0)] } ?? [])
                + options.map { box(name, $0.value, $0.words, isOn: values.contains($0.value)) })
    }

    /// One box to tick.
    static func box(_ name: String, _ value: String, _ words: HTML, isOn: Bool) -> HTML {
        tick("checkbox", name, value, words, isOn: isOn, [])
    }

    /// Fields that belong together.
    static func group(_ legend: HTML, _ content: [HTML]) -> HTML {
        .element(.fieldset, [], [.element(.legend, [], [legend])] + content)
    }

    /// A value that goes along unseen.
    static func hidden(_ name: String, _ value: String) -> HTML {
        .element(.input, [.type("hidden"), .name(name), .value(value)], [])
    }

    /// Where the passphrase is typed; it is never shown, and never filled in again.
    static func passphrase(of person: String, isFirst: Bool = false) -> HTML {
        frame("Passphrase of \(person)’s key", FormBody.passphraseName, nil) { _ in
            .element(
                .input,
                [
                    .type("password"), .id(FormBody.passphraseName),
                    .name(FormBody.passphraseName), .noCompletion, .noSpelling, .required,
                    .maximum(length: FormBody.passphraseLimit),
                ] + (isFirst ? [.autofocus] : []), [])
        }
    }

    /// A button that sends its form.
    static func button(_ words: HTML, step: String = "", look: StaticString = "main") -> HTML {
        let does: [Attribute] = step.isEmpty ? [] : [.name("step"), .value(step)]
        return .element(.button, [.type("submit"), .look(look)] + does, [words])
    }

    private static func frame(
        _ label: HTML, _ name: String, _ hint: HTML?, _ field: ([Attribute]) -> HTML
    ) -> HTML {
        let hintID = name + "-hint"
        let label = HTML.element(.label, [.of(name)], [label])
        guard let hint else { return .element(.div, [.look("field")], [label, field([])]) }
        return .element(
            .div, [.look("field")],
            [
                label, .element(.p, [.look("note"), .id(hintID)], [hint]),
                field([.described(by: hintID)]),
            ])
    }

    private static func tick(
        _ type: StaticString, _ name: String, _ value: String, _ words: HTML, isOn: Bool,
        _ more: [Attribute]
    ) -> HTML {
        let id = "\(name)-\(value)"
        let attributes: [Attribute] = [.type(type), .id(id), .name(name), .value(value)]
        return .element(
            .div, [.look("tick")],
            [
                .element(.input, attributes + more + (isOn ? [.checked] : []), []),
                .element(.label, [.of(id)], [words]),
            ])
    }
}
