/// One attribute of an element. Those that are not made here do not exist: none runs a script, none
/// styles, and addresses are made of a ``Place`` alone.
struct Attribute: Sendable {
    /// A space, the name, and the escaped value between quotes.
    let markup: String

    private init(_ name: StaticString, _ value: String) {
        markup = " \(name)=\"\(Escaping.value(value))\""
    }

    private init(flag name: StaticString) { markup = " \(name)" }

    static func look(_ classes: StaticString) -> Attribute { Attribute("class", "\(classes)") }
    static func id(_ id: String) -> Attribute { Attribute("id", id) }
    static func language(_ tag: String) -> Attribute { Attribute("lang", tag) }
    static func name(_ name: String) -> Attribute { Attribute("name", name) }
    static func value(_ value: String) -> Attribute { Attribute("value", value) }
    static func type(_ type: StaticString) -> Attribute { Attribute("type", "\(type)") }
    static func of(_ id: String) -> Attribute { Attribute("for", id) }
    /// Where an input's suggestions stand.
    static func suggested(by id: String) -> Attribute { Attribute("list", id) }
    static func rows(_ count: Int) -> Attribute { Attribute("rows", "\(count)") }
    static func maximum(length: Int) -> Attribute { Attribute("maxlength", "\(length)") }
    static func range(_ range: ClosedRange<Int>) -> [Attribute] {
        [Attribute("min", "\(range.lowerBound)"), Attribute("max", "\(range.upperBound)")]
    }
    static func scope(_ scope: StaticString) -> Attribute { Attribute("scope", "\(scope)") }
    static func role(_ role: StaticString) -> Attribute { Attribute("role", "\(role)") }
    static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
    static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
    static func described(by id: String) -> Attribute { Attribute("aria-describedby", id) }
    static func accessKey(_ key: StaticString) -> Attribute { Attribute("accesskey", "\(key)") }
    static func charset() -> Attribute { Attribute("charset", "utf-8") }
    static func meta(_ name: StaticString, _ content: StaticString) -> [Attribute] {
        [Attribute("name", "\(name)"), Attribute("content", "\(content)")]
    }
    static func stylesheet() -> [Attribute] {
        [Attribute("rel", "stylesheet"), Attribute("href", ConsolePath.styleText)]
    }
    static func icon() -> [Attribute] {
        // Else the browser asks for one by itself.
        [Attribute("rel", "icon"), Attribute("href", ConsolePath.iconText)]
    }

    /// The address of a link.
    static func href(_ place: Place) -> Attribute { Attribute("href", place.text) }
    /// Where a picture or a recording of ours comes from.
    static func source(_ place: Place) -> Attribute { Attribute("src", place.text) }
    /// What a picture shows, as far as anybody knows.
    static func alternative(_ text: String) -> Attribute { Attribute("alt", text) }
    /// A place on the same page.
    static func href(id: String) -> Attribute { Attribute("href", "#" + id) }
    /// Where a form goes.
    static func action(_ place: Place) -> Attribute { Attribute("action", place.text) }
    static var post: Attribute { Attribute("method", "post") }
    static var get: Attribute { Attribute("method", "get") }

    /// The direction of a text from outside is its own.
    static var ownDirection: Attribute { Attribute("dir", "auto") }
    static var checked: Attribute { Attribute(flag: "checked") }
    static var selected: Attribute { Attribute(flag: "selected") }
    static var required: Attribute { Attribute(flag: "required") }
    static var open: Attribute { Attribute(flag: "open") }
    static var autofocus: Attribute { Attribute(flag: "autofocus") }
    static var current: Attribute { Attribute("aria-current", "page") }
    static var invalid: Attribute { Attribute("aria-invalid", "true") }
    /// Reached by a link, not by the tab key.
    static var focusable: Attribute { Attribute("tabindex", "-1") }
    /// A region that scrolls can be reached, and so scrolled, by keyboard.
    static var scrollable: Attribute { Attribute("tabindex", "0") }
    /// A recording that begins when somebody says so, without a sound, and is not fetched before.
    static var quietControls: [Attribute] {
        [Attribute(flag: "controls"), Attribute(flag: "muted"), Attribute("preload", "none")]
    }
    static var noCompletion: Attribute { Attribute("autocomplete", "off") }
    static var noSpelling: Attribute { Attribute("spellcheck", "false") }
}
