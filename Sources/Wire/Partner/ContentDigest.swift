internal import NativePrimitives
internal import Sealing

/// `Content-Digest` (RFC 9530 §2) with the one algorithm this door knows: `sha-256=:<base64>:`.
package struct ContentDigest: Equatable, Sendable {
    private static let prefix = "sha-256=:"

    /// The SHA-256 of the message's content: 32 bytes.
    package let sha256: [UInt8]

    /// The field for content whose digest is known; nil unless it has 32 bytes.
    package init?(sha256: [UInt8]) {
        guard sha256.count == 32 else { return nil }
        self.sha256 = sha256
    }

    /// The field for `content`.
    package init(of content: [UInt8]) {
        sha256 = NativePrimitives.sha256(content.span)
    }

    /// Reads a field's value: exactly what ``fieldValue`` writes; nil for anything else.
    package init?(fieldValue: String) {
        let utf8 = Array(fieldValue.utf8)
        let prefix = Array(Self.prefix.utf8)
        guard utf8.count == prefix.count + 45, utf8.starts(with: prefix), utf8.last == 0x3A,
            let bytes = Base64.decode(
                utf8.span.extracting(prefix.count..<utf8.count - 1), padded: true)
        else { return nil }
        self.init(sha256: bytes)
    }

    /// The field's value.
    package var fieldValue: String {
        Self.prefix + String(decoding: Base64.encode(sha256.span, padded: true), as: UTF8.self)
            + ":"
    }
}
