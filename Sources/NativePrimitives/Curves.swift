internal import CSodium
package import Sealing

/// libsodium's X25519 and Ed25519.
extension NativePrimitives {
    package static func x25519(
        scalar: Span<UInt8>, point: Span<UInt8>, into shared: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) {
        guard scalar.count == 32, point.count == 32, shared.count == 32 else { throw .refused }
        let result = unsafe scalar.withPointer { scalar in
            unsafe point.withPointer { point in
                unsafe shared.withPointer { unsafe crypto_scalarmult($0, scalar, point) }
            }
        }
        // libsodium answers -1 for an all-zero shared secret.
        guard result == 0 else { throw .refused }
    }

    package static func x25519PublicKey(scalar: Span<UInt8>) -> [UInt8] {
        precondition(scalar.count == 32, "an X25519 scalar has 32 bytes")
        var key = [UInt8](repeating: 0, count: 32)
        _ = unsafe scalar.withPointer { unsafe crypto_scalarmult_base(&key, $0) }
        return key
    }

    package static func ed25519PublicKey(seed: Span<UInt8>) -> [UInt8] {
        unsafe withKeyPair(seed: seed) { publicKey, _ in publicKey }
    }

    package static func ed25519Sign(seed: Span<UInt8>, _ message: Span<UInt8>) -> [UInt8] {
        unsafe withKeyPair(seed: seed) { _, secretKey in
            var signature = [UInt8](repeating: 0, count: 64)
            let result = unsafe message.withUnsafeBufferPointer {
                unsafe crypto_sign_detached(
                    &signature, nil, $0.baseAddress, UInt64($0.count), secretKey)
            }
            precondition(result == 0, "Ed25519 could not sign")
            return signature
        }
    }

    package static func ed25519Verify(
        publicKey: Span<UInt8>, _ message: Span<UInt8>, signature: Span<UInt8>
    ) -> Bool {
        guard publicKey.count == 32, signature.count == 64 else { return false }
        return unsafe publicKey.withPointer { key in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe signature.withPointer {
                    unsafe crypto_sign_verify_detached(
                        $0, message.baseAddress, UInt64(message.count), key) == 0
                }
            }
        }
    }

    private static func withKeyPair(
        seed: Span<UInt8>, _ body: ([UInt8], UnsafePointer<UInt8>) -> [UInt8]
    ) -> [UInt8] {
        precondition(seed.count == 32, "an Ed25519 seed has 32 bytes")
        var publicKey = [UInt8](repeating: 0, count: 32)
        var secretKey = SecretBytes<NativePrimitives>(count: 64)
        return secretKey.withMutableBytes { secret in
            unsafe secret.withPointer { secret in
                let result = unsafe seed.withPointer {
                    unsafe crypto_sign_seed_keypair(&publicKey, secret, $0)
                }
                precondition(result == 0, "Ed25519 could not derive a key")
                return unsafe body(publicKey, UnsafePointer(secret))
            }
        }
    }
}
