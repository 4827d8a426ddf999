import Testing

@testable import DeskConsole

/// Whatever text gets into a page stays text.
struct HTMLTests {
    /// What reporters could write: markup, what ends an attribute or a text area, what turns text round.
    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onclick='alert(1)",
        "</textarea><script>alert(1)</script>", "&lt;script&gt;", "a\u{202E}b\u{0}c\u{1B}[2J",
        "</title><style>*{display:none}</style>", "<!--", "]]>", "javascript:alert(1)",
    ]

    @Test(arguments: hostile) func textIsEscaped(_ text: String) {
        for html in [
            HTML.text(text), HTML.p(.text(text)), HTML.foreign(text, language: text),
            HTML.words(text, language: text), HTML.lines([text, text], label: text),
            HTML.badge(text), HTML.code(text), "\(text)", HTML.p("before \(text) after"),
            Field.line("label", text, text, hint: .text(text)), Field.area("label", text, text),
            Field.box(text, text, .text(text), isOn: true), Field.hidden(text, text),
            Field.select("label", text, text, [(text, .text(text))]),
            Field.choice(.text(text), text, text, [(text, .text(text))]),
            Field.passphrase(of: text),
        ] {
            expectInert(html.markup)
        }
    }

    /// Every tag of the markup is one that the program writes, with attributes that it writes.
    private func expectInert(_ markup: String) {
        var rest = markup[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            let name = rest.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
            #expect(Tag(rawValue: String(name)) != nil, "\(markup)")
            // A quoted value holds no quote, so outside of them no name of a handler can begin.
            let tag = rest.prefix { $0 != ">" }
            let outside = tag.split(separator: "\"", omittingEmptySubsequences: false)
                .enumerated().filter { $0.offset % 2 == 0 }.map(\.element).joined()
            #expect(!outside.contains("onerror") && !outside.contains("onclick"), "\(markup)")
            #expect(!outside.contains("src"), "\(markup)")
        }
        #expect(!markup.contains("<script") && !markup.contains("<style"), "\(markup)")
        #expect(!markup.unicodeScalars.contains("\0"), "\(markup)")
    }

    @Test func whatDeceivesTheEyeIsShownByItsCode() {
        let markup = HTML.words("a\u{202E}b\u{0}c\u{1B}d\u{200B}").markup
        #expect(markup.contains("a⟨U+202E⟩b⟨U+0000⟩c⟨U+001B⟩d⟨U+200B⟩"))
    }

    @Test func whatWasTypedIsFilledInAsItWas() {
        let typed = "\n<b>\u{200C}\r&amp;\"'</textarea>"
        let markup = HTML.textArea([], typed).markup
        #expect(
            markup
                == "<textarea>\n\n&lt;b&gt;\u{200C}&#13;&amp;amp;&quot;&#39;&lt;/textarea&gt;</textarea>"
        )
    }

    @Test func addressesAreEncoded() {
        let place = Place(prefix: "p", .queue, [("stage", "\"><script>&x=1#/?")])
        #expect(place.text == "/p/?stage=%22%3e%3cscript%3e%26x%3d1%23%2f%3f")
    }

    @Test func elementsWithoutContentHaveNoEnd() {
        #expect(HTML.element(.br, [], []).markup == "<br>")
        #expect(HTML.element(.p, [.look("note")], ["a"]).markup == "<p class=\"note\">a</p>")
    }
}
