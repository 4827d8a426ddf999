/// Typed access: each names the key in its error.
extension JSONObject {
    /// Refuses keys other than `keys`.
    package func allowOnly(_ keys: [String]) throws(JSONError) {
        for member in members {
            guard keys.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) else {
                throw .unknownKey(member.key)
            }
        }
    }

    /// The value under `key`, which must be there.
    package func value(_ key: String) throws(JSONError) -> JSON {
        guard let value = self[key] else { throw .missingKey(key) }
        return value
    }

    /// The text under `key`.
    package func string(_ key: String) throws(JSONError) -> String {
        guard case .string(let text) = try value(key) else { throw .wrongType(key) }
        return text
    }

    /// The integer under `key`.
    package func int(_ key: String) throws(JSONError) -> Int64 {
        guard case .integer(let number) = try value(key) else { throw .wrongType(key) }
        return number
    }

    /// The integer under `key`, in `range`.
    package func int(_ key: String, in range: ClosedRange<Int>) throws(JSONError) -> Int {
        guard let number = Int(exactly: try int(key)), range.contains(number) else {
            throw .badValue(key)
        }
        return number
    }

    /// The boolean under `key`.
    package func bool(_ key: String) throws(JSONError) -> Bool {
        guard case .bool(let flag) = try value(key) else { throw .wrongType(key) }
        return flag
    }

    /// The list under `key`.
    package func array(_ key: String) throws(JSONError) -> [JSON] {
        guard case .array(let items) = try value(key) else { throw .wrongType(key) }
        return items
    }

    /// The object under `key`.
    package func object(_ key: String) throws(JSONError) -> JSONObject {
        guard case .object(let object) = try value(key) else { throw .wrongType(key) }
        return object
    }

    /// The list of texts under `key`.
    package func strings(_ key: String) throws(JSONError) -> [String] {
        var texts: [String] = []
        for item in try array(key) {
            guard case .string(let text) = item else { throw .wrongType(key) }
            texts.append(text)
        }
        return texts
    }

    /// The list of objects under `key`.
    package func objects(_ key: String) throws(JSONError) -> [JSONObject] {
        var objects: [JSONObject] = []
        for item in try array(key) {
            guard case .object(let object) = item else { throw .wrongType(key) }
            objects.append(object)
        }
        return objects
    }

    /// The text under `key`, or "" when the key is not there.
    package func stringOrEmpty(_ key: String) throws(JSONError) -> String {
        has(key) ? try string(key) : ""
    }

    /// The texts under `key`, or none when the key is not there.
    package func stringsOrEmpty(_ key: String) throws(JSONError) -> [String] {
        has(key) ? try strings(key) : []
    }

    /// Adds a text member unless the text is empty.
    package mutating func addUnlessEmpty(_ key: String, _ text: String) {
        if !text.utf8.isEmpty { add(key, .string(text)) }
    }

    /// Adds a list of texts unless the list is empty.
    package mutating func addUnlessEmpty(_ key: String, _ texts: [String]) {
        if !texts.isEmpty { add(key, .array(texts.map { .string($0) })) }
    }

    /// Whether there is a value under `key`.
    package func has(_ key: String) -> Bool { self[key] != nil }
}

extension JSON {
    /// The members of this object.
    ///
    /// - Throws: ``JSONError/wrongType(_:)`` when it is no object.
    package func asObject() throws(JSONError) -> JSONObject {
        guard case .object(let object) = self else { throw .wrongType("") }
        return object
    }

    /// The items of this list.
    ///
    /// - Throws: ``JSONError/wrongType(_:)`` when it is no list.
    package func asArray() throws(JSONError) -> [JSON] {
        guard case .array(let items) = self else { throw .wrongType("") }
        return items
    }
}
