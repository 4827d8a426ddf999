internal import Sealing

/// The content of a part that is JSON: one object, every member optional, then spaces.
///
/// An empty part is `{}`: it looks like any other from outside.
package protocol PartContent: Equatable, Sendable {
    /// The class of parts with this content.
    static var partClass: PartClass { get }
    /// Empty content.
    init()
    /// Reads the members; keys that the format does not have are refused.
    init(_ object: JSONObject) throws(JSONError)
    /// The members that are not empty, in the format's order.
    var object: JSONObject { get }
}

/// Why a plaintext is not the content of its part.
package enum ContentError: Error, Equatable {
    /// More bytes than ``Limits/textPartBytes``.
    case tooLarge
    /// Not the JSON that the class has.
    case json(JSONError)
    /// Not padded with spaces to the length that the content has.
    case wrongPadding
    /// The class's parts are not JSON.
    case notJSON
}

extension PartContent {
    /// The plaintext of a part with this content: JSON, then spaces up to the padded length.
    ///
    /// - Throws: ``ContentError/tooLarge``; ``ContentError/json(_:)`` for a value that the class
    ///   does not allow.
    package func encoded() throws(ContentError) -> [UInt8] {
        var text = JSON.object(object).encoded
        guard PartText.pad(&text) else { throw .tooLarge }
        _ = try Self.decode(text.span)
        return text
    }

    /// Reads the plaintext of a part of this class.
    ///
    /// - Throws: ``ContentError``.
    package static func decode(_ plaintext: Span<UInt8>) throws(ContentError) -> Self {
        guard plaintext.count <= Limits.textPartBytes else { throw .tooLarge }
        let content: Self
        let end: Int
        do throws(JSONError) {
            let parsed = try JSON.parsePrefix(
                plaintext, limit: Limits.textPartBytes, trailing: .spaces)
            content = try Self(try parsed.value.asObject())
            end = parsed.byteCount
        } catch {
            throw .json(error)
        }
        guard plaintext.count == Padding.paddedLength(end) else { throw .wrongPadding }
        return content
    }
}
