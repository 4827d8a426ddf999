internal import Verification

/// A piece of a page.
///
/// Text enters it escaped, and with everything that could deceive the eye shown by its code; markup
/// only as a ``Tag`` with ``Attribute``s, which are all written in this folder. There is no way to
/// make markup, a script or an address from a text: what a reporter wrote cannot become one.
struct HTML: Sendable, ExpressibleByStringInterpolation {
    /// The markup as it goes to the browser.
    private(set) var markup: String

    /// Nothing.
    init() { markup = "" }

    /// A text of this program's, or one with values in it: all of it is text.
    init(stringLiteral text: String) { self = .text(text) }

    /// Any text, as text.
    static func text(_ text: String) -> HTML {
        HTML(escaped: Escaping.text(CleanText.shown(text)))
    }

    /// The pieces one after the other.
    static func all(_ pieces: [HTML]) -> HTML {
        HTML(escaped: pieces.map(\.markup).joined())
    }

    /// An element.
    static func element(_ tag: Tag, _ attributes: [Attribute] = [], _ content: [HTML]) -> HTML {
        let start = "<\(tag.rawValue)" + attributes.map(\.markup).joined() + ">"
        guard !tag.isVoid else { return HTML(escaped: start) }
        return HTML(escaped: start + content.map(\.markup).joined() + "</\(tag.rawValue)>")
    }

    /// A field of several lines with `text` in it, exactly as it was typed.
    static func textArea(_ attributes: [Attribute], _ text: String) -> HTML {
        // A browser drops one line feed after the start; what was typed must not lose its own.
        element(.textarea, attributes, [HTML(escaped: "\n" + Escaping.value(text))])
    }

    /// A whole document.
    static func document(head: [HTML], body: [HTML]) -> HTML {
        let root = element(
            .html, [.language("en")], [element(.head, [], head), element(.body, [], body)])
        return HTML(escaped: "<!doctype html>\n" + root.markup + "\n")
    }

    /// Both, one after the other.
    static func + (first: HTML, second: HTML) -> HTML {
        HTML(escaped: first.markup + second.markup)
    }

    /// Private to this file: the only place where markup is made.
    private init(escaped markup: String) { self.markup = markup }
}

/// The elements that a page is made of. None of them runs anything; what is loaded is ours.
enum Tag: String {
    case html, head, title, meta, link, body, header, nav, main, footer, section, article
    case h1, h2, h3, p, div, span, ul, ol, li, dl, dt, dd, a, strong, em, code, pre, bdi, br, hr
    case table, thead, tbody, tr, th, td, caption, blockquote, figure, figcaption, time, small
    case img, audio, video
    case form, fieldset, legend, label, input, textarea, select, option, datalist, button, details
    case summary

    /// Whether it has no content and no end.
    fileprivate var isVoid: Bool {
        switch self {
        case .meta, .link, .br, .hr, .input, .img: true
        default: false
        }
    }
}

/// How characters are written so that they are only characters.
enum Escaping {
    /// For the content of an element.
    static func text(_ text: String) -> String { value(text) }

    /// For a value between double quotes, and for what stands in a text area.
    static func value(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\r": result += "&#13;"
            case "\0": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
