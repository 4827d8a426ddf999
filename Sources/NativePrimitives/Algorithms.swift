internal import CLibcrypto

/// libcrypto's algorithms, looked up once and kept: looking one up takes longer than hashing a short
/// text does, and puzzles and headers do little else.
@safe
enum Algorithms {
    // libcrypto never changes a fetched algorithm, and counts references to it by itself.
    nonisolated(unsafe) static let sha256 = unsafe found {
        unsafe EVP_MD_fetch(nil, "SHA256", nil)
    }
    nonisolated(unsafe) static let chaCha20Poly1305 = unsafe found {
        unsafe EVP_CIPHER_fetch(nil, "ChaCha20-Poly1305", nil)
    }

    /// Makes libcrypto ready, without what would only cost time at every start: tables of names by which
    /// algorithms were found before version 3, texts of errors, and freeing what the end of the process
    /// frees. And without the machine's configuration file: that file, or one that a variable of the
    /// environment names, could load foreign code.
    ///
    /// Goes before every call of libcrypto that does not use an algorithm from here.
    static func prepare() {
        precondition(isPrepared, "libcrypto could not be set up")
    }

    private static let isPrepared = {
        let without =
            OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ADD_ALL_CIPHERS
            | OPENSSL_INIT_NO_ADD_ALL_DIGESTS | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS
            | OPENSSL_INIT_NO_ATEXIT
        return OPENSSL_init_crypto(UInt64(without), nil) == 1
    }()

    private static func found(_ fetch: () -> OpaquePointer?) -> OpaquePointer {
        prepare()
        guard let algorithm = unsafe fetch() else {
            preconditionFailure("libcrypto lacks an algorithm")
        }
        return unsafe algorithm
    }
}
