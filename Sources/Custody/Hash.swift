package import Tips

internal import NativePrimitives
internal import Sealing

/// A SHA-256 digest: exactly 32 bytes. One type serves the log, keys and parts alike.
package typealias Hash = SHA256Digest

extension SHA256Digest {
    /// The length of every hash, in bytes.
    package static let byteCount = 32

    /// The SHA-256 digest of `data`.
    package init(sha256 data: [UInt8]) {
        self = .of(data.span, with: NativePrimitives.self)
    }

    /// Reads canonical padded base64 (RFC 4648 §4) of 32 bytes, and nothing else.
    package init?(base64: some Collection<UInt8>) {
        guard base64.count == 44, let bytes = Base64.decode(Array(base64).span, padded: true)
        else { return nil }
        self.init(bytes)
    }

    /// 44 characters of padded base64.
    package var base64: String {
        String(decoding: Base64.encode(bytes.span, padded: true), as: UTF8.self)
    }
}
