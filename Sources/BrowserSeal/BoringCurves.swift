internal import CBoring
package import Sealing

/// X25519, X-Wing HPKE and Ed25519 of BoringSSL.
extension BoringPrimitives {
    package static func x25519(
        scalar: Span<UInt8>, point: Span<UInt8>, into shared: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) {
        guard scalar.count == 32, point.count == 32, shared.count == 32 else { throw .refused }
        let done = unsafe scalar.withUnsafeBufferPointer { scalar in
            unsafe point.withUnsafeBufferPointer { point in
                unsafe shared.withUnsafeMutableBufferPointer {
                    unsafe boring_x25519(scalar.baseAddress, point.baseAddress, $0.baseAddress)
                }
            }
        }
        // BoringSSL answers 0 for an all-zero shared secret.
        guard done == 1 else { throw .refused }
    }

    package static func x25519PublicKey(scalar: Span<UInt8>) -> [UInt8] {
        precondition(scalar.count == 32)
        var key = [UInt8](repeating: 0, count: 32)
        unsafe scalar.withUnsafeBufferPointer { unsafe boring_x25519_public($0.baseAddress, &key) }
        return key
    }

    package static func xWingPublicKey(seed: Span<UInt8>) throws(PrimitiveFailure) -> [UInt8] {
        guard seed.count == 32 else { throw .refused }
        var key = [UInt8](repeating: 0, count: 1216)
        let done = unsafe seed.withUnsafeBufferPointer {
            unsafe boring_xwing_public($0.baseAddress, &key)
        }
        guard done == 1 else { throw .refused }
        return key
    }

    package static func hpkeSeal(
        xWingPublicKey: Span<UInt8>, info: Span<UInt8>, plaintext: Span<UInt8>
    ) throws(PrimitiveFailure) -> (encapsulated: [UInt8], ciphertext: [UInt8]) {
        guard xWingPublicKey.count == 1216 else { throw .refused }
        var encapsulated = [UInt8](repeating: 0, count: 1120)
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count + 16)
        let done = unsafe xWingPublicKey.withUnsafeBufferPointer { key in
            unsafe info.withUnsafeBufferPointer { info in
                unsafe plaintext.withUnsafeBufferPointer {
                    unsafe boring_hpke_seal(
                        key.baseAddress, info.baseAddress, info.count, $0.baseAddress, $0.count,
                        &encapsulated, &ciphertext)
                }
            }
        }
        guard done == 1 else { throw .refused }
        return (encapsulated, ciphertext)
    }

    package static func hpkeOpen(
        xWingSeed: Span<UInt8>, encapsulated: Span<UInt8>, info: Span<UInt8>,
        ciphertext: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) -> Bool {
        guard xWingSeed.count == 32, encapsulated.count == 1120 else { throw .refused }
        guard ciphertext.count == plaintext.count + 16 else { return false }
        let result = unsafe xWingSeed.withUnsafeBufferPointer { seed in
            unsafe encapsulated.withUnsafeBufferPointer { encapsulated in
                unsafe info.withUnsafeBufferPointer { info in
                    unsafe ciphertext.withUnsafeBufferPointer { ciphertext in
                        unsafe plaintext.withUnsafeMutableBufferPointer {
                            unsafe boring_hpke_open(
                                seed.baseAddress, encapsulated.baseAddress, info.baseAddress,
                                info.count, ciphertext.baseAddress, ciphertext.count,
                                $0.baseAddress)
                        }
                    }
                }
            }
        }
        guard result >= 0 else { throw .refused }
        return result == 1
    }

    package static func ed25519PublicKey(seed: Span<UInt8>) -> [UInt8] {
        precondition(seed.count == 32)
        var key = [UInt8](repeating: 0, count: 32)
        unsafe seed.withUnsafeBufferPointer { unsafe boring_ed25519_public($0.baseAddress, &key) }
        return key
    }

    package static func ed25519Sign(seed: Span<UInt8>, _ message: Span<UInt8>) -> [UInt8] {
        precondition(seed.count == 32)
        var signature = [UInt8](repeating: 0, count: 64)
        unsafe seed.withUnsafeBufferPointer { seed in
            unsafe message.withUnsafeBufferPointer {
                unsafe boring_ed25519_sign(
                    seed.baseAddress, $0.baseAddress, $0.count, &signature)
            }
        }
        return signature
    }

    package static func ed25519Verify(
        publicKey: Span<UInt8>, _ message: Span<UInt8>, signature: Span<UInt8>
    ) -> Bool {
        guard publicKey.count == 32, signature.count == 64 else { return false }
        return unsafe publicKey.withUnsafeBufferPointer { key in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe signature.withUnsafeBufferPointer {
                    unsafe boring_ed25519_verify(
                        key.baseAddress, message.baseAddress, message.count, $0.baseAddress) == 1
                }
            }
        }
    }
}
