internal import Tips

/// One text of a part: a key of the form, and what the reporter wrote under it, exactly as it came.
/// Whoever shows it cleans it first (``CleanText``).
package struct TextField: Equatable, Sendable {
    /// The form's word for it.
    package let key: String
    /// What was written.
    package let value: Value

    /// What can stand under a key.
    package indirect enum Value: Equatable, Sendable {
        /// Nothing.
        case none
        /// Yes or no.
        case flag(Bool)
        /// A number.
        case number(Int64)
        /// A text.
        case text(String)
        /// Several values.
        case list([Value])
        /// Several keys.
        case group([TextField])
    }

    init(_ member: JSONObject.Member) {
        key = member.key
        value = Value(member.value)
    }

    /// The field in lines for a terminal.
    func lines(indent: String) -> [String] { value.lines(key, indent: indent) }
}

extension TextField.Value {
    fileprivate init(_ json: JSON) {
        switch json {
        case .null: self = .none
        case .bool(let flag): self = .flag(flag)
        case .integer(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .array(let items): self = .list(items.map(TextField.Value.init))
        case .object(let object): self = .group(object.members.map(TextField.init))
        }
    }

    fileprivate func lines(_ key: String, indent: String) -> [String] {
        switch self {
        case .none: ["\(indent)\(key): none"]
        case .flag(let flag): ["\(indent)\(key): \(flag ? "yes" : "no")"]
        case .number(let number): ["\(indent)\(key): \(number)"]
        case .text(let text): ["\(indent)\(key): \(CleanText.line(text))"]
        case .list(let items):
            items.enumerated().flatMap {
                $0.element.lines("\(key) \($0.offset + 1)", indent: indent)
            }
        case .group(let fields):
            ["\(indent)\(key):"] + fields.flatMap { $0.lines(indent: indent + "    ") }
        }
    }
}
