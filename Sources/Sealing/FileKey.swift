/// The 16 random bytes from which all keys of one container derive (age §File key).
///
/// A fresh key is always random; the only other way to one is to unwrap a header, or to resume a
/// sealing whose state was kept.
package struct FileKey<P: Primitives>: ~Copyable {
    /// Bytes in a file key.
    package static var byteCount: Int { 16 }

    private let secret: SecretBytes<P>

    /// A fresh random key.
    package init() {
        secret = .random(count: Self.byteCount)
    }

    /// The key that was unwrapped from a header or kept for resuming; nil unless 16 bytes long.
    package init?(restoring bytes: consuming SecretBytes<P>) {
        guard bytes.count == Self.byteCount else { return nil }
        secret = bytes
    }

    private init(_ secret: consuming SecretBytes<P>) { self.secret = secret }

    /// Another owner of the same key: for what may be opened more than once.
    package borrowing func duplicate() -> FileKey { FileKey(secret.duplicate()) }

    /// Lends the key's bytes: to wrap them, or to hand them to the examination.
    package borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try secret.withBytes(body)
    }

    /// HMAC-SHA-256 over the header up to and including `---`.
    package borrowing func headerMAC(over header: Span<UInt8>) -> [UInt8] {
        let key = derive(salt: [], info: ascii("header"))
        return key.withBytes { P.hmacSHA256(key: $0, header) }
    }

    /// The key of the payload that begins with this 16-byte nonce (Container §5.1).
    package borrowing func payloadKey(nonce: [UInt8]) -> SecretBytes<P> {
        derive(salt: nonce, info: ascii("payload"))
    }

    private borrowing func derive(salt: [UInt8], info: [UInt8]) -> SecretBytes<P> {
        var key = SecretBytes<P>(count: 32)
        secret.withBytes { secret in
            key.withMutableBytes {
                P.hkdfSHA256(secret: secret, salt: salt.span, info: info.span, into: &$0)
            }
        }
        return key
    }
}
