package import HTTPTypes
internal import RawStructuredFieldValues

/// `Upload-Limit` (resumable upload §4.1.4): what a server takes.
package struct UploadLimit: Equatable, Sendable {
    /// Most bytes of one upload.
    package var maxSize: Int?
    /// Most bytes of one append.
    package var maxAppendSize: Int?
    /// Seconds that an upload stays open without an append.
    package var maxAge: Int?

    /// A limit with the given values; nil leaves a key out.
    package init(maxSize: Int? = nil, maxAppendSize: Int? = nil, maxAge: Int? = nil) {
        self.maxSize = maxSize
        self.maxAppendSize = maxAppendSize
        self.maxAge = maxAge
    }

    /// The field's value.
    package var fieldValue: String {
        [("max-size", maxSize), ("max-append-size", maxAppendSize), ("max-age", maxAge)]
            .compactMap { key, value in value.map { "\(key)=\($0)" } }
            .joined(separator: ", ")
    }

    /// Reads the limit of a message; nil when there is none. Unknown keys are ignored, as the draft
    /// asks.
    package init?(_ fields: HTTPFields) throws(UploadFieldsError) {
        guard let value = try StructuredItem.single(.uploadLimit, in: fields) else { return nil }
        var parser = StructuredFieldValueParser(Array(value.utf8))
        do {
            let dictionary = try parser.parseDictionaryFieldValue()
            maxSize = Self.integer("max-size", in: dictionary)
            maxAppendSize = Self.integer("max-append-size", in: dictionary)
            maxAge = Self.integer("max-age", in: dictionary)
        } catch {
            throw .badField(HTTPField.Name.uploadLimit.rawName)
        }
    }

    private static func integer(
        _ key: String, in dictionary: OrderedMap<String, ItemOrInnerList>
    ) -> Int? {
        guard case .item(let item) = dictionary[key],
            case .integer(let value) = item.rfc9651BareItem, value >= 0
        else { return nil }
        return Int(value)
    }
}
