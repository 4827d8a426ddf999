internal import CBoring
package import Sealing

/// BoringSSL's ChaCha20-Poly1305 with one key, both halves.
///
/// BoringSSL sets up a context for each call, so only the key is kept, and wiped with the cipher.
package final class BoringCipher: BoundEncryptor, BoundDecryptor {
    private let key: SecretBytes<BoringPrimitives>

    package init(key: Span<UInt8>) {
        precondition(key.count == 32)
        self.key = SecretBytes(copying: key)
    }

    package func seal(
        _ plaintext: Span<UInt8>, nonce: Span<UInt8>, into sealed: inout MutableSpan<UInt8>
    ) {
        precondition(nonce.count == 12 && sealed.count == plaintext.count + 16)
        let done = key.withBytes { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe nonce.withUnsafeBufferPointer { nonce in
                    unsafe plaintext.withUnsafeBufferPointer { plaintext in
                        unsafe sealed.withUnsafeMutableBufferPointer {
                            unsafe boring_seal(
                                key.baseAddress, nonce.baseAddress, plaintext.baseAddress,
                                plaintext.count, $0.baseAddress)
                        }
                    }
                }
            }
        }
        precondition(done == 1)
    }

    package func open(
        _ sealed: Span<UInt8>, nonce: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) -> Bool {
        precondition(nonce.count == 12)
        guard sealed.count >= 16, plaintext.count == sealed.count - 16 else { return false }
        let done = key.withBytes { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe nonce.withUnsafeBufferPointer { nonce in
                    unsafe sealed.withUnsafeBufferPointer { sealed in
                        unsafe plaintext.withUnsafeMutableBufferPointer {
                            unsafe boring_open(
                                key.baseAddress, nonce.baseAddress, sealed.baseAddress,
                                sealed.count, $0.baseAddress)
                        }
                    }
                }
            }
        }
        if done != 1 { BoringPrimitives.wipe(&plaintext) }
        return done == 1
    }
}

/// BoringSSL's SHA-256 over bytes that arrive in pieces.
@safe
package final class BoringSHA256: IncrementalDigest {
    private let state: UnsafeMutableRawPointer

    package init() {
        guard let state = unsafe boring_sha256_begin() else { fatalError() }
        unsafe self.state = unsafe state
    }

    deinit {
        unsafe boring_sha256_free(state)
    }

    package func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer {
            unsafe boring_sha256_update(state, $0.baseAddress, $0.count)
        }
    }

    package func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe boring_sha256_finish(state, &digest)
        return digest
    }
}
