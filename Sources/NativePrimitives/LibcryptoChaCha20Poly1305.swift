internal import CLibcrypto
internal import Sealing

/// libcrypto's ChaCha20-Poly1305 with one key, the sealing half; its context is reused for every
/// chunk.
///
/// libcrypto repeats a keystream when no new nonce is set; so every call here sets its nonce.
@safe
package final class LibcryptoEncryptor: BoundEncryptor {
    private let context: OpaquePointer

    package init(key: Span<UInt8>) {
        unsafe context = newContext(key) { context, key in
            unsafe EVP_EncryptInit_ex(context, Algorithms.chaCha20Poly1305, nil, key, nil)
        }
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    package func seal(
        _ plaintext: Span<UInt8>, nonce: Span<UInt8>, into sealed: inout MutableSpan<UInt8>
    ) {
        precondition(nonce.count == 12 && sealed.count == plaintext.count + 16)
        let done = unsafe plaintext.withUnsafeBufferPointer { plaintext in
            unsafe nonce.withUnsafeBufferPointer { nonce in
                unsafe sealed.withUnsafeMutableBufferPointer { sealed in
                    unsafe seal(plaintext, nonce, sealed)
                }
            }
        }
        precondition(done, "ChaCha20-Poly1305 could not seal")
    }

    private func seal(
        _ plaintext: UnsafeBufferPointer<UInt8>, _ nonce: UnsafeBufferPointer<UInt8>,
        _ sealed: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        var written: Int32 = 0
        var rest: Int32 = 0
        guard let out = sealed.baseAddress,
            unsafe EVP_EncryptInit_ex(context, nil, nil, nil, nonce.baseAddress) == 1
        else { return false }
        if plaintext.count > 0 {
            guard
                unsafe EVP_EncryptUpdate(
                    context, out, &written, plaintext.baseAddress, Int32(plaintext.count)) == 1
            else { return false }
        }
        return unsafe Int(written) == plaintext.count
            && EVP_EncryptFinal_ex(context, out + plaintext.count, &rest) == 1 && rest == 0
            && EVP_CIPHER_CTX_ctrl(
                context, EVP_CTRL_AEAD_GET_TAG, 16, out + plaintext.count) == 1
    }
}

/// libcrypto's ChaCha20-Poly1305 with one key, the opening half.
///
/// libcrypto releases plaintext before the tag is checked; so a failed open wipes what it wrote.
@safe
package final class LibcryptoDecryptor: BoundDecryptor {
    private let context: OpaquePointer

    package init(key: Span<UInt8>) {
        unsafe context = newContext(key) { context, key in
            unsafe EVP_DecryptInit_ex(context, Algorithms.chaCha20Poly1305, nil, key, nil)
        }
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    package func open(
        _ sealed: Span<UInt8>, nonce: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) -> Bool {
        precondition(nonce.count == 12)
        guard sealed.count >= 16, plaintext.count == sealed.count - 16 else { return false }
        let opened = unsafe sealed.withUnsafeBufferPointer { sealed in
            unsafe nonce.withUnsafeBufferPointer { nonce in
                unsafe plaintext.withUnsafeMutableBufferPointer { plaintext in
                    unsafe open(sealed, nonce, plaintext)
                }
            }
        }
        if !opened { NativePrimitives.wipe(&plaintext) }
        return opened
    }

    private func open(
        _ sealed: UnsafeBufferPointer<UInt8>, _ nonce: UnsafeBufferPointer<UInt8>,
        _ plaintext: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        let count = sealed.count - 16
        var written: Int32 = 0
        var rest: Int32 = 0
        var scratch: UInt8 = 0
        // libcrypto only reads the tag, but declares it as something it may write.
        guard let base = sealed.baseAddress else { return false }
        let tag = unsafe UnsafeMutableRawPointer(mutating: base + count)
        guard unsafe EVP_DecryptInit_ex(context, nil, nil, nil, nonce.baseAddress) == 1,
            unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, tag) == 1
        else { return false }
        if count > 0 {
            guard
                unsafe EVP_DecryptUpdate(
                    context, plaintext.baseAddress, &written, base, Int32(count)) == 1
            else { return false }
        }
        return unsafe Int(written) == count && EVP_DecryptFinal_ex(context, &scratch, &rest) == 1
    }
}

/// A context that `setUp` has given its cipher and its key of 32 bytes, but no nonce yet.
private func newContext(
    _ key: Span<UInt8>, _ setUp: (OpaquePointer, UnsafePointer<UInt8>?) -> Int32
) -> OpaquePointer {
    precondition(key.count == 32, "ChaCha20-Poly1305 needs a key of 32 bytes")
    guard let context = unsafe EVP_CIPHER_CTX_new() else {
        preconditionFailure("no memory for a cipher")
    }
    let done = unsafe key.withUnsafeBufferPointer { unsafe setUp(context, $0.baseAddress) }
    precondition(done == 1, "ChaCha20-Poly1305 could not be set up")
    return unsafe context
}
