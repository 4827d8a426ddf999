internal import CLibcrypto

/// libcrypto's algorithms, looked up once and kept: looking one up takes longer than hashing a short
/// text does, and puzzles and headers do little else.
@safe
enum Algorithms {
    // libcrypto never changes a fetched algorithm, and counts references to it by itself.
    nonisolated(unsafe) static let sha256 = unsafe found(EVP_MD_fetch(nil, "SHA256", nil))
    nonisolated(unsafe) static let chaCha20Poly1305 = unsafe found(
        EVP_CIPHER_fetch(nil, "ChaCha20-Poly1305", nil))

    private static func found(_ algorithm: OpaquePointer?) -> OpaquePointer {
        guard let algorithm = unsafe algorithm else {
            preconditionFailure("libcrypto lacks an algorithm")
        }
        return unsafe algorithm
    }
}
