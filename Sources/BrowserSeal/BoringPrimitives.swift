internal import CBoring
package import Sealing

/// The primitives in a browser: the BoringSSL sources of swift-crypto, compiled to wasm.
///
/// Each function is one call of the C shim; failure on valid lengths means that memory is exhausted,
/// and ends the module.
package enum BoringPrimitives: Primitives {
    package typealias Encryptor = BoringCipher
    package typealias Decryptor = BoringCipher
    package typealias Digest = BoringSHA256

    package static func fillRandom(_ bytes: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe boring_random($0.baseAddress, $0.count)
        }
    }

    package static func wipe(_ bytes: inout MutableSpan<UInt8>) {
        unsafe bytes.withUnsafeMutableBufferPointer { unsafe boring_wipe($0.baseAddress, $0.count) }
    }

    // A page has one memory, which ends with it.
    package static func allocateGuarded(count: Int) -> UnsafeMutableBufferPointer<UInt8> {
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
        unsafe memory.initialize(repeating: 0)
        return unsafe memory
    }

    package static func freeGuarded(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        unsafe boring_wipe(memory.baseAddress, memory.count)
        unsafe memory.deallocate()
    }

    package static func areEqual(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
        guard first.count == second.count else { return false }
        return unsafe first.withUnsafeBufferPointer { one in
            unsafe second.withUnsafeBufferPointer {
                unsafe boring_equal(one.baseAddress, $0.baseAddress, $0.count) == 1
            }
        }
    }

    package static func sha256(_ data: Span<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe data.withUnsafeBufferPointer {
            unsafe boring_sha256($0.baseAddress, $0.count, &digest)
        }
        return digest
    }

    package static func hmacSHA256(key: Span<UInt8>, _ data: Span<UInt8>) -> [UInt8] {
        var mac = [UInt8](repeating: 0, count: 32)
        let done = unsafe key.withUnsafeBufferPointer { key in
            unsafe data.withUnsafeBufferPointer {
                unsafe boring_hmac(key.baseAddress, key.count, $0.baseAddress, $0.count, &mac)
            }
        }
        precondition(done == 1)
        return mac
    }

    package static func hkdfSHA256(
        secret: Span<UInt8>, salt: Span<UInt8>, info: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) {
        let done = unsafe secret.withUnsafeBufferPointer { secret in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe info.withUnsafeBufferPointer { info in
                    unsafe output.withUnsafeMutableBufferPointer {
                        unsafe boring_hkdf(
                            secret.baseAddress, secret.count, salt.baseAddress, salt.count,
                            info.baseAddress, info.count, $0.baseAddress, $0.count)
                    }
                }
            }
        }
        precondition(done == 1)
    }

    package static func scrypt(
        passphrase: Span<UInt8>, salt: Span<UInt8>, logN: Int,
        into output: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) {
        guard (1...20).contains(logN) else { throw .refused }
        let done = unsafe passphrase.withUnsafeBufferPointer { passphrase in
            unsafe salt.withUnsafeBufferPointer { salt in
                unsafe output.withUnsafeMutableBufferPointer {
                    unsafe boring_scrypt(
                        passphrase.baseAddress, passphrase.count, salt.baseAddress, salt.count,
                        UInt32(logN), $0.baseAddress, $0.count)
                }
            }
        }
        guard done == 1 else { throw .refused }
    }
}
