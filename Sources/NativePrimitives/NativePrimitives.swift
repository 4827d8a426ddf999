internal import CLibcrypto
internal import CSodium
package import Sealing

/// The primitives on a server or a computer: libcrypto, libsodium and swift-crypto.
///
/// A failure of libcrypto or libsodium on valid lengths means that memory is exhausted or the
/// library is broken: the process stops rather than go on without cryptography.
package enum NativePrimitives: Primitives {
    package typealias Encryptor = LibcryptoEncryptor
    package typealias Decryptor = LibcryptoDecryptor
    package typealias Digest = LibcryptoSHA256

    package static func fillRandom(_ bytes: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe randombytes_buf(base, buffer.count)
        }
    }

    package static func wipe(_ bytes: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            unsafe OPENSSL_cleanse(base, buffer.count)
        }
    }

    package static func areEqual(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
        guard first.count == second.count else { return false }
        return unsafe first.withPointer { one in
            unsafe second.withPointer { unsafe sodium_memcmp(one, $0, first.count) == 0 }
        }
    }

    package static func sha256(_ data: Span<UInt8>) -> [UInt8] {
        let digest = LibcryptoSHA256()
        digest.update(data)
        return digest.finish()
    }

    package static func hmacSHA256(key: Span<UInt8>, _ data: Span<UInt8>) -> [UInt8] {
        var mac = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        let done = unsafe key.withUnsafeBufferPointer { key in
            unsafe data.withUnsafeBufferPointer { data in
                unsafe HMAC(
                    Algorithms.sha256, key.baseAddress, Int32(key.count), data.baseAddress,
                    data.count, &mac, &length)
            }
        }
        precondition(unsafe done != nil && length == 32, "HMAC-SHA-256 failed")
        return mac
    }

    package static func hkdfSHA256(
        secret: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) {
        Algorithms.prepare()
        let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nil)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var length = output.count
        let done = unsafe secret.withUnsafeBufferPointer { secret in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe info.withUnsafeBufferPointer { info in
                    unsafe output.withUnsafeMutableBufferPointer { output in
                        unsafe EVP_PKEY_derive_init(context) == 1
                            && EVP_PKEY_CTX_set_hkdf_md(context, Algorithms.sha256) == 1
                            && EVP_PKEY_CTX_set1_hkdf_salt(
                                context, salt.baseAddress, Int32(salt.count)) == 1
                            && EVP_PKEY_CTX_set1_hkdf_key(
                                context, secret.baseAddress, Int32(secret.count)) == 1
                            && EVP_PKEY_CTX_add1_hkdf_info(
                                context, info.baseAddress, Int32(info.count)) == 1
                            && EVP_PKEY_derive(context, output.baseAddress, &length) == 1
                    }
                }
            }
        }
        precondition(done && length == output.count, "HKDF-SHA-256 failed")
    }

    package static func scrypt(
        passphrase: Span<UInt8>, salt: Span<UInt8>, logN: Int,
        into output: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) {
        guard (1...22).contains(logN) else { throw .refused }
        Algorithms.prepare()
        // 128 * N * r bytes and a little more; libcrypto refuses to use more than it is allowed.
        let memory = UInt64(1) << UInt64(logN) * 1024 + 1 << 20
        let done = unsafe passphrase.withUnsafeBufferPointer { passphrase in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe output.withUnsafeMutableBufferPointer { output in
                    unsafe passphrase.withMemoryRebound(to: CChar.self) { passphrase in
                        unsafe EVP_PBE_scrypt(
                            passphrase.baseAddress, passphrase.count, salt.baseAddress, salt.count,
                            1 << UInt64(logN), 8, 1, memory, output.baseAddress, output.count)
                    }
                }
            }
        }
        guard done == 1 else { throw .refused }
    }
}
