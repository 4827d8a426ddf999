internal import CLibcrypto
internal import Sealing

/// libcrypto's SHA-256 over bytes that arrive in pieces.
@safe
package final class LibcryptoSHA256: IncrementalDigest {
    private let context: OpaquePointer

    package init() {
        guard let context = unsafe EVP_MD_CTX_new(),
            unsafe EVP_DigestInit_ex(context, Algorithms.sha256, nil) == 1
        else { preconditionFailure("no memory for SHA-256") }
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }

    package func update(_ bytes: Span<UInt8>) {
        let done = unsafe bytes.withUnsafeBufferPointer {
            unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count)
        }
        precondition(done == 1, "SHA-256 failed")
    }

    package func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        precondition(unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1, "SHA-256 failed")
        return digest
    }
}
