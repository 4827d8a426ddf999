import Tips

internal import NativePrimitives
internal import Sealing

/// An Ed25519 (RFC 8032) public key: exactly 32 bytes.
///
/// Any 32 bytes are accepted; a key that is no point of the curve, or of small order, verifies
/// nothing (libsodium refuses it).
package struct VerifyingKey: Hashable, Sendable {
    /// The length of a key, in bytes.
    package static let byteCount = 32
    /// The length of a signature, in bytes.
    package static let signatureByteCount = 64

    /// The 32 bytes of RFC 8032 §5.1.5.
    package let bytes: [UInt8]

    /// Takes the bytes of a key; nil unless there are exactly 32.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Whether `signature` is this key's over exactly `message`.
    package func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        NativePrimitives.ed25519Verify(
            publicKey: bytes.span, message.span, signature: signature.span)
    }

    /// SHA-256 of the 32 bytes: the name of the key in directories and statements.
    package var fingerprint: Hash { Hash(sha256: bytes) }

    /// The `keyid` of a DSSE signature: the ``fingerprint`` in lower-case hexadecimal.
    package var keyID: String { fingerprint.hex }

    /// SubjectPublicKeyInfo (RFC 8410 §4) in PEM, as `openssl pkey -pubin` reads it.
    package var pem: String {
        let der = Self.derPrefix + bytes
        let base64 = String(decoding: Base64.encode(der.span, padded: true), as: UTF8.self)
        return Self.pemBegin + base64 + Self.pemEnd
    }

    /// Reads exactly what ``pem`` prints.
    ///
    /// - Throws: ``KeyError/malformedPublicKey`` for any other text or kind of key.
    package init(pem: String) throws(KeyError) {
        let text = Array(pem.utf8)
        let begin = Array(Self.pemBegin.utf8)
        let end = Array(Self.pemEnd.utf8)
        guard text.count == begin.count + 60 + end.count, text.starts(with: begin),
            text.suffix(end.count).elementsEqual(end)
        else { throw .malformedPublicKey }
        let base64 = Array(text[begin.count..<begin.count + 60])
        guard let der = Base64.decode(base64.span, padded: true),
            der.count == Self.derPrefix.count + Self.byteCount, der.starts(with: Self.derPrefix)
        else { throw .malformedPublicKey }
        bytes = Array(der.suffix(Self.byteCount))
    }

    private static let pemBegin = "-----BEGIN PUBLIC KEY-----\n"
    private static let pemEnd = "\n-----END PUBLIC KEY-----\n"
    /// SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING (32 bytes follow) }.
    private static let derPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
}

/// A key could not be read.
package enum KeyError: Error, Hashable {
    /// The text is not an Ed25519 public key in PEM as this program writes it.
    case malformedPublicKey
    /// The bytes are not an Ed25519 private key in PEM as this program writes it.
    case malformedPrivateKey
}
