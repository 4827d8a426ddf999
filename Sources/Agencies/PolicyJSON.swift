internal import Custody
internal import Tips

/// The one JSON text of a policy:
///
/// ```
/// {"format":"sallyport-policy/1","offices":[{"id":"office-a","classes":["report","person"]}]}
/// ```
///
/// followed by a newline. Offices are in order of name, classes in order of code.
extension Policy {
    private static var format: String { "sallyport-policy/1" }

    /// The one text.
    package var encoded: [UInt8] {
        var offices: [JSON] = []
        for (office, classes) in clearances.sorted(by: { $0.key < $1.key }) {
            let names = classes.sorted().map { JSON.string($0.name) }
            offices.append(["id": .string(office.text), "classes": .array(names)])
        }
        let json: JSON = ["format": .string(Self.format), "offices": .array(offices)]
        return json.encoded + [0x0A]
    }

    /// The policy of `directory`, if `text` is that.
    ///
    /// - Throws: ``PolicyFault``; ``PolicyFault/notThisDirectorys`` when the digest differs.
    package init(_ text: [UInt8], of directory: Directory) throws(PolicyFault) {
        guard text.count <= Self.byteLimit else { throw .tooLarge }
        guard Hash(sha256: text) == directory.policyDigest else { throw .notThisDirectorys }
        try self.init(text: text)
    }

    /// Reads a policy that nothing vouches for; the ceremony's own use.
    ///
    /// - Throws: ``PolicyFault`` unless `text` is exactly what ``encoded`` writes.
    package init(text: [UInt8]) throws(PolicyFault) {
        guard text.count <= Self.byteLimit else { throw .tooLarge }
        let clearances: [OfficeID: Set<PartClass>]
        do throws(JSONError) {
            clearances = try Self.clearances(text)
        } catch {
            throw .malformed(error.words)
        }
        try self.init(clearances: clearances)
        guard encoded == text else { throw .malformed("it is not in its one canonical form") }
    }

    private static func clearances(
        _ text: [UInt8]
    ) throws(JSONError) -> [OfficeID: Set<PartClass>] {
        let json = try JSON.parse(text.span, limit: byteLimit).asObject()
        guard try json.string("format") == format else { throw .badValue("format") }
        var clearances: [OfficeID: Set<PartClass>] = [:]
        for office in try json.objects("offices") {
            guard let id = OfficeID(try office.string("id")) else { throw .badValue("id") }
            var classes: Set<PartClass> = []
            for name in try office.strings("classes") {
                guard let part = PartClass(name: name) else { throw .badValue("classes") }
                classes.insert(part)
            }
            clearances[id] = classes
        }
        return clearances
    }
}

extension JSONError {
    /// The error in plain words.
    var words: String {
        switch self {
        case .tooLarge: "too large"
        case .tooDeep: "nested too deep"
        case .syntax(let offset): "not JSON at byte \(offset)"
        case .unsupportedNumber(let offset): "a number of another kind at byte \(offset)"
        case .badText(let offset): "broken text at byte \(offset)"
        case .repeatedKey(let key): "“\(key)” is there twice"
        case .wrongType(let key): "“\(key)” is of the wrong type"
        case .missingKey(let key): "“\(key)” is missing"
        case .unknownKey(let key): "“\(key)” is not a key of this format"
        case .badValue(let key): "“\(key)” has a value that is not allowed"
        }
    }
}
