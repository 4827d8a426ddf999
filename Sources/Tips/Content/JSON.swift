/// A JSON value (RFC 8259), as far as the formats here need it: integers only, no repeated keys.
///
/// Texts compare as Swift strings do, by canonical equivalence; keys are told apart by their bytes.
package enum JSON: Equatable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number without fraction or exponent.
    case integer(Int64)
    /// A text.
    case string(String)
    /// A list.
    case array([JSON])
    /// Members in their order.
    case object(JSONObject)
}

/// Why a text is not the JSON that was expected.
///
/// Keys come from the input: never log them.
package enum JSONError: Error, Equatable {
    /// Larger than the caller's limit in bytes.
    case tooLarge
    /// Nested deeper than ``Limits/jsonDepth``, or an object of more than ``Limits/jsonMembers``.
    case tooDeep
    /// Not JSON: the first byte that cannot be, counted from 0.
    case syntax(at: Int)
    /// A number with a fraction, an exponent, or out of range.
    case unsupportedNumber(at: Int)
    /// Text that is not valid UTF-8, or a lone surrogate.
    case badText(at: Int)
    /// An object has this key twice.
    case repeatedKey(String)
    /// The value is not an object, array or other kind that the reader needs.
    case wrongType(String)
    /// A key that the format needs is not there.
    case missingKey(String)
    /// A key that the format does not have.
    case unknownKey(String)
    /// A value that the format does not allow under this key.
    case badValue(String)
}

/// The members of a JSON object, in their order, each key once.
package struct JSONObject: Equatable, Sendable {
    /// One member.
    package struct Member: Equatable, Sendable {
        /// The key.
        package let key: String
        /// The value.
        package let value: JSON
    }

    /// The members, in their order.
    package private(set) var members: [Member] = []

    /// An object without members.
    package init() {}

    /// The value under `key`.
    package subscript(key: String) -> JSON? {
        members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// Adds a member at the end; false, and nothing changes, when the key is there already.
    package mutating func append(_ key: String, _ value: JSON) -> Bool {
        guard self[key] == nil else { return false }
        members.append(Member(key: key, value: value))
        return true
    }

    /// Adds a member whose key the caller knows to be new; a repeated one is a programming error.
    package mutating func add(_ key: String, _ value: JSON) {
        precondition(append(key, value), "a key was given twice")
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// Members in the order written.
    package init(dictionaryLiteral elements: (String, JSON)...) {
        var object = JSONObject()
        for (key, value) in elements { object.add(key, value) }
        self = .object(object)
    }
}
