package import NativePrimitives
internal import Sealing

/// An Ed25519 (RFC 8032) private key, wiped when its one owner goes.
package struct SigningKey: ~Copyable {
    /// The length of the seed, in bytes.
    package static let seedByteCount = 32

    private let seed: Secret
    /// The public half.
    package let publicKey: VerifyingKey

    /// Takes the seed of RFC 8032 §5.1.5.
    ///
    /// - Throws: ``KeyError/malformedPrivateKey`` unless it has 32 bytes.
    package init(seed: consuming Secret) throws(KeyError) {
        guard seed.count == Self.seedByteCount else { throw .malformedPrivateKey }
        let derived = seed.withBytes { NativePrimitives.ed25519PublicKey(seed: $0) }
        guard let publicKey = VerifyingKey(derived) else { throw .malformedPrivateKey }
        self.publicKey = publicKey
        self.seed = seed
    }

    /// A fresh random key.
    package static func generate() -> SigningKey {
        guard let key = try? SigningKey(seed: .random(count: seedByteCount)) else {
            preconditionFailure("a random seed is always a key")
        }
        return key
    }

    /// The signature over exactly `message`: 64 bytes, the same each time.
    package borrowing func sign(_ message: [UInt8]) -> [UInt8] {
        seed.withBytes { NativePrimitives.ed25519Sign(seed: $0, message.span) }
    }

    /// Lends the 32 bytes of the seed, to derive something from or to hand to another process.
    package borrowing func withSeed<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try seed.withBytes(body)
    }
}

/// PKCS#8 in PEM (RFC 8410 §7), the form `openssl genpkey -algorithm ed25519` writes.
extension SigningKey {
    private static var pemBegin: [UInt8] { ascii("-----BEGIN PRIVATE KEY-----\n") }
    private static var pemEnd: [UInt8] { ascii("\n-----END PRIVATE KEY-----\n") }
    /// 48 bytes of DER.
    private static var base64Count: Int { 64 }
    /// SEQUENCE { 0, SEQUENCE { OID 1.3.101.112 } OCTET STRING { OCTET STRING (32 follow) } }.
    private static var derPrefix: [UInt8] {
        [
            0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22,
            0x04, 0x20,
        ]
    }

    /// The key as PEM text, kept out of any `String`.
    package borrowing func pkcs8PEM() -> Secret {
        var der = Secret(count: Self.derPrefix.count + Self.seedByteCount)
        der.write(Self.derPrefix.span, at: 0)
        seed.withBytes { der.write($0, at: Self.derPrefix.count) }
        let base64 = der.withBytes { bytes in
            var text = Base64.encode(bytes, padded: true)
            return Secret(consuming: &text)
        }
        var pem = Secret(count: Self.pemBegin.count + base64.count + Self.pemEnd.count)
        pem.write(Self.pemBegin.span, at: 0)
        base64.withBytes { pem.write($0, at: Self.pemBegin.count) }
        pem.write(Self.pemEnd.span, at: Self.pemBegin.count + base64.count)
        return pem
    }

    /// Reads exactly what ``pkcs8PEM()`` writes.
    ///
    /// - Throws: ``KeyError/malformedPrivateKey`` for any other text or kind of key.
    package init(pkcs8PEM pem: Span<UInt8>) throws(KeyError) {
        let begin = Self.pemBegin
        let end = Self.pemEnd
        guard pem.count == begin.count + Self.base64Count + end.count,
            NativePrimitives.areEqual(pem.extracting(0..<begin.count), begin.span),
            NativePrimitives.areEqual(pem.extracting(last: end.count), end.span)
        else { throw .malformedPrivateKey }
        let body = pem.extracting(begin.count..<begin.count + Self.base64Count)
        guard var der = Base64.decode(body, padded: true) else { throw .malformedPrivateKey }
        let secret = Secret(consuming: &der)
        let prefix = Self.derPrefix
        let seed = secret.withBytes { bytes -> Secret? in
            guard bytes.count == prefix.count + Self.seedByteCount,
                NativePrimitives.areEqual(bytes.extracting(0..<prefix.count), prefix.span)
            else { return nil }
            return Secret(copying: bytes.extracting(last: Self.seedByteCount))
        }
        guard let seed else { throw .malformedPrivateKey }
        try self.init(seed: seed)
    }
}
