package import Sealing

/// A value of exactly 32 bytes, written as 64 lower-case hexadecimal digits.
package protocol Bytes32: Hashable, Comparable, Sendable {
    /// The 32 bytes.
    var bytes: [UInt8] { get }
    /// The value of `bytes`; nil unless there are 32.
    init?(_ bytes: [UInt8])
}

extension Bytes32 {
    /// The value that 64 lower-case hexadecimal digits write; nil for anything else.
    package init?(hex: String) {
        let text = [UInt8](hex.utf8)
        guard text.count == 64, let bytes = Hex.decode(text.span) else { return nil }
        self.init(bytes)
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { Hex.string(bytes) }

    /// The same digits in ASCII.
    package var hexDigits: [UInt8] { Hex.encode(bytes.span) }

    /// Orders by the bytes.
    package static func < (first: Self, second: Self) -> Bool {
        first.bytes.lexicographicallyPrecedes(second.bytes)
    }

    init(reading reader: inout CBORReader) throws(FormatError) {
        guard let value = Self(try reader.bytes(count: 32)) else { throw .wrongLength }
        self = value
    }
}

/// A SHA-256 digest: of a payload (its content address), a header, a plaintext, an envelope.
package struct SHA256Digest: Bytes32 {
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    private init(whole bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The digest of `data`.
    package static func of<P: Primitives>(
        _ data: Span<UInt8>, with primitives: P.Type
    ) -> SHA256Digest {
        SHA256Digest(whole: P.sha256(data))
    }

    /// The digest of an ASCII label followed by `data`: separates what a digest is for.
    package static func of<P: Primitives>(
        label: StaticString, _ data: [UInt8], with primitives: P.Type
    ) -> SHA256Digest {
        SHA256Digest(whole: P.sha256((ascii(label) + data).span))
    }
}

/// A tip's Ed25519 public key: what all that belongs to one tip is signed with.
package struct TipKey: Bytes32 {
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Whether `signature` is this key's over `message`.
    package func verifies<P: Primitives>(
        _ signature: [UInt8], over message: Span<UInt8>, with primitives: P.Type
    ) -> Bool {
        P.ed25519Verify(publicKey: bytes.span, message, signature: signature.span)
    }
}

/// A tip's name among the operators: SHA-256("sallyport.tip/1" || tip key).
package struct TipID: Bytes32 {
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The name of the tip of `key`.
    package init<P: Primitives>(_ key: TipKey, with primitives: P.Type) {
        bytes = SHA256Digest.of(label: "sallyport.tip/1", key.bytes, with: P.self).bytes
    }
}

/// Where a reporter asks for answers: SHA-256("sallyport.mailbox/1" || tip key).
///
/// The public door hears it, so it is another value than the tip's name.
package struct MailboxAddress: Bytes32 {
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The address of the tip of `key`.
    package init<P: Primitives>(_ key: TipKey, with primitives: P.Type) {
        bytes = SHA256Digest.of(label: "sallyport.mailbox/1", key.bytes, with: P.self).bytes
    }
}
