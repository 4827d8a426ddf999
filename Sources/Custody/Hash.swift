internal import NativePrimitives
internal import Sealing

/// A SHA-256 digest: exactly 32 bytes.
package struct Hash: Hashable, Sendable {
    /// The length of every hash, in bytes.
    package static let byteCount = 32

    /// The 32 bytes.
    package let bytes: [UInt8]

    /// Takes the bytes of a digest; nil unless there are exactly 32.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The SHA-256 digest of `data`.
    package init(sha256 data: Span<UInt8>) {
        bytes = NativePrimitives.sha256(data)
    }

    /// The SHA-256 digest of `data`.
    package init(sha256 data: [UInt8]) {
        self.init(sha256: data.span)
    }

    /// Reads 64 lower-case hexadecimal digits, and nothing else.
    package init?(hex: String) {
        guard let bytes = Hexadecimal.decode(Array(hex.utf8)) else { return nil }
        self.init(bytes)
    }

    /// Reads canonical padded base64 (RFC 4648 §4) of 32 bytes, and nothing else.
    package init?(base64: some Collection<UInt8>) {
        guard base64.count == 44, let bytes = Base64.decode(Array(base64).span, padded: true)
        else { return nil }
        self.init(bytes)
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { Hexadecimal.encode(bytes) }

    /// 44 characters of padded base64.
    package var base64: String {
        String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
    }
}

extension Hash: CustomStringConvertible {
    /// The same as ``hex``.
    package var description: String { hex }
}
