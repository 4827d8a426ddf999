/// The cryptographic primitives that the container and the codecs are written over.
///
/// `Sealing`, `Opening` and `Tips` know no library: natively `NativePrimitives` conforms with
/// libcrypto, libsodium and swift-crypto, in the browser the BoringSSL sources do. Every function
/// is a thin call of a library; nothing here is cryptography of our own.
package protocol Primitives: Sendable {
    /// ChaCha20-Poly1305 (RFC 8439) bound to one key, the sealing half.
    associatedtype Encryptor: BoundEncryptor
    /// ChaCha20-Poly1305 (RFC 8439) bound to one key, the opening half.
    associatedtype Decryptor: BoundDecryptor
    /// SHA-256 over bytes that arrive in pieces.
    associatedtype Digest: IncrementalDigest

    /// Fills `bytes` from the operating system's random source; never fails.
    static func fillRandom(_ bytes: inout MutableSpan<UInt8>)
    /// Overwrites `bytes` with zeros in a way the compiler cannot remove.
    static func wipe(_ bytes: inout MutableSpan<UInt8>)
    /// Zeroed memory for a long-lived secret: between guard pages, out of the swap and of core dumps,
    /// as far as the platform has such.
    static func allocateGuarded(count: Int) -> UnsafeMutableBufferPointer<UInt8>
    /// Wipes and frees what ``allocateGuarded(count:)`` gave.
    static func freeGuarded(_ memory: UnsafeMutableBufferPointer<UInt8>)
    /// Whether both have the same length and content; time depends on the length only.
    static func areEqual(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool

    /// SHA-256 of `data`: 32 bytes.
    static func sha256(_ data: Span<UInt8>) -> [UInt8]
    /// HMAC-SHA-256: 32 bytes.
    static func hmacSHA256(key: Span<UInt8>, _ data: Span<UInt8>) -> [UInt8]
    /// HKDF-SHA-256 (RFC 5869), extract and expand; fills `output` (at most 8,160 bytes).
    static func hkdfSHA256(
        secret: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>,
        into output: inout MutableSpan<UInt8>)
    /// scrypt (RFC 7914) with N = 2^`logN`, r = 8, p = 1.
    ///
    /// - Throws: ``PrimitiveFailure/refused`` when memory for N is not to be had.
    static func scrypt(
        passphrase: Span<UInt8>, salt: Span<UInt8>, logN: Int,
        into output: inout MutableSpan<UInt8>) throws(PrimitiveFailure)

    /// X25519 (RFC 7748): multiplies `point` by `scalar`, 32 bytes each.
    ///
    /// - Throws: ``PrimitiveFailure/refused`` when the shared secret would be all zero.
    static func x25519(
        scalar: Span<UInt8>, point: Span<UInt8>, into shared: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure)
    /// The X25519 public key of a 32-byte scalar.
    static func x25519PublicKey(scalar: Span<UInt8>) -> [UInt8]

    /// The 1,216-byte X-Wing public key (ML-KEM-768 and X25519) of a 32-byte seed.
    static func xWingPublicKey(seed: Span<UInt8>) throws(PrimitiveFailure) -> [UInt8]
    /// HPKE base mode (RFC 9180), single shot, empty AAD: X-Wing, HKDF-SHA-256, ChaCha20-Poly1305.
    ///
    /// - Returns: the 1,120-byte encapsulation, followed by the ciphertext.
    /// - Throws: ``PrimitiveFailure/refused`` for a public key that cannot be encapsulated to.
    static func hpkeSeal(
        xWingPublicKey: Span<UInt8>, info: Span<UInt8>, plaintext: Span<UInt8>
    ) throws(PrimitiveFailure) -> (encapsulated: [UInt8], ciphertext: [UInt8])
    /// The reverse of ``hpkeSeal(xWingPublicKey:info:plaintext:)``.
    ///
    /// - Returns: whether the ciphertext was for this key; `plaintext` is filled only then.
    /// - Throws: ``PrimitiveFailure/refused`` when `encapsulated` is malformed for any key.
    static func hpkeOpen(
        xWingSeed: Span<UInt8>, encapsulated: Span<UInt8>, info: Span<UInt8>,
        ciphertext: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) -> Bool

    /// The Ed25519 (RFC 8032) public key of a 32-byte seed.
    static func ed25519PublicKey(seed: Span<UInt8>) -> [UInt8]
    /// Signs `message` with the key of `seed`: 64 bytes.
    static func ed25519Sign(seed: Span<UInt8>, _ message: Span<UInt8>) -> [UInt8]
    /// Whether `signature` (64 bytes) is `publicKey`'s (32 bytes) over `message`.
    static func ed25519Verify(
        publicKey: Span<UInt8>, _ message: Span<UInt8>, signature: Span<UInt8>
    ) -> Bool
}

/// A primitive could not do what was asked; it never says more, so that nothing leaks.
package enum PrimitiveFailure: Error, Equatable {
    /// The library refused the input or the operation.
    case refused
}

/// ChaCha20-Poly1305 bound to one key. Only types that own a counter, or draw a random nonce, hold
/// one. For one thread at a time.
package protocol BoundEncryptor {
    /// Binds the cipher to a 32-byte key.
    init(key: Span<UInt8>)
    /// Seals `plaintext` into `sealed`, which is 16 bytes longer. `nonce` is 12 bytes, used once.
    func seal(
        _ plaintext: Span<UInt8>, nonce: Span<UInt8>, into sealed: inout MutableSpan<UInt8>)
}

/// The reverse of ``BoundEncryptor``. For one thread at a time.
package protocol BoundDecryptor {
    /// Binds the cipher to a 32-byte key.
    init(key: Span<UInt8>)
    /// Opens `sealed` into `plaintext`, which is 16 bytes shorter.
    ///
    /// - Returns: whether the tag was right; if not, `plaintext` has been wiped.
    func open(
        _ sealed: Span<UInt8>, nonce: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) -> Bool
}

/// A running SHA-256.
package protocol IncrementalDigest {
    /// Starts with no bytes.
    init()
    /// Adds bytes.
    mutating func update(_ bytes: Span<UInt8>)
    /// The 32-byte digest of everything added; the value is not used afterwards.
    mutating func finish() -> [UInt8]
}
