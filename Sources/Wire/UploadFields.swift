package import HTTPTypes
internal import RawStructuredFieldValues

/// The fields of draft-ietf-httpbis-resumable-upload that a message carries.
///
/// Example of an answer to `HEAD`:
/// ```
/// Upload-Draft-Interop-Version: 8
/// Upload-Complete: ?0
/// Upload-Offset: 1048576
/// Upload-Length: 268439040
/// Upload-Limit: max-size=2147483648, max-append-size=1048576, max-age=172800
/// ```
package struct UploadFields: Equatable, Sendable {
    /// The one interop version we speak, on both sides.
    package static let interopVersion = 8

    /// Whether this message ends the representation.
    package var isComplete: Bool?
    /// How many bytes the server has, or where the appended bytes belong.
    package var offset: Int?
    /// The length of the whole representation, in bytes.
    package var length: Int?
    /// What the server takes.
    package var limit: UploadLimit?

    /// Fields with the given values; nil leaves a field out.
    package init(
        isComplete: Bool? = nil, offset: Int? = nil, length: Int? = nil, limit: UploadLimit? = nil
    ) {
        self.isComplete = isComplete
        self.offset = offset
        self.length = length
        self.limit = limit
    }

    /// Writes the fields, and the interop version, into `fields`.
    package func write(into fields: inout HTTPFields) {
        fields[.uploadInteropVersion] = String(Self.interopVersion)
        if let isComplete { fields[.uploadComplete] = isComplete ? "?1" : "?0" }
        if let offset { fields[.uploadOffset] = String(offset) }
        if let length { fields[.uploadLength] = String(length) }
        if let limit { fields[.uploadLimit] = limit.fieldValue }
    }

    /// Reads the fields of a message.
    ///
    /// - Throws: ``UploadFieldsError`` for another interop version, or a field that is present but
    ///   not a structured field of its type, negative, or repeated.
    package init(_ fields: HTTPFields) throws(UploadFieldsError) {
        guard try StructuredItem.integer(.uploadInteropVersion, in: fields) == Self.interopVersion
        else { throw .otherVersion }
        isComplete = try StructuredItem.boolean(.uploadComplete, in: fields)
        offset = try StructuredItem.integer(.uploadOffset, in: fields)
        length = try StructuredItem.integer(.uploadLength, in: fields)
        limit = try UploadLimit(fields)
    }
}

/// Why a message's upload fields could not be read.
package enum UploadFieldsError: Error, Equatable {
    /// The interop version is missing or not ``UploadFields/interopVersion``.
    case otherVersion
    /// The named field is not what the draft says it is.
    case badField(String)
}

/// One RFC 8941 item per field.
enum StructuredItem {
    static func boolean(
        _ name: HTTPField.Name, in fields: HTTPFields
    ) throws(UploadFieldsError) -> Bool? {
        guard let item = try item(name, in: fields) else { return nil }
        guard case .bool(let value) = item else { throw .badField(name.rawName) }
        return value
    }

    static func integer(
        _ name: HTTPField.Name, in fields: HTTPFields
    ) throws(UploadFieldsError) -> Int? {
        guard let item = try item(name, in: fields) else { return nil }
        guard case .integer(let value) = item, value >= 0 else { throw .badField(name.rawName) }
        return Int(value)
    }

    private static func item(
        _ name: HTTPField.Name, in fields: HTTPFields
    ) throws(UploadFieldsError) -> RFC9651BareItem? {
        guard let value = try single(name, in: fields) else { return nil }
        var parser = StructuredFieldValueParser(Array(value.utf8))
        do {
            return try parser.parseItemFieldValue().rfc9651BareItem
        } catch {
            throw .badField(name.rawName)
        }
    }

    /// The value of a field that may stand only once.
    static func single(
        _ name: HTTPField.Name, in fields: HTTPFields
    ) throws(UploadFieldsError) -> String? {
        let values = fields[values: name]
        guard values.count <= 1 else { throw .badField(name.rawName) }
        return values.first
    }
}
