import NativePrimitives
import Testing

/// libcrypto writes plaintext before it has checked the tag.
@Suite struct CipherTests {
    private let key = [UInt8](repeating: 1, count: 32)
    private let nonce = [UInt8](repeating: 2, count: 12)

    @Test(arguments: [1, 64, 1000, 65_536]) func aFailedOpenLeavesNoPlaintext(_ count: Int) {
        let message = [UInt8](repeating: 3, count: count)
        var sealed = [UInt8](repeating: 0, count: count + 16)
        var sealing = sealed.mutableSpan
        LibcryptoEncryptor(key: key.span).seal(message.span, nonce: nonce.span, into: &sealing)
        sealed[count] ^= 1
        var plaintext = [UInt8](repeating: 0xAA, count: count)
        var output = plaintext.mutableSpan
        let opened = LibcryptoDecryptor(key: key.span)
            .open(sealed.span, nonce: nonce.span, into: &output)
        #expect(!opened)
        #expect(plaintext.allSatisfy { $0 == 0 })
    }

    @Test func scryptNeverTakesMoreMemoryThanItsLimit() {
        var key = [UInt8](repeating: 0, count: 32)
        for logN in [0, 23, 64] {
            var output = key.mutableSpan
            #expect(throws: (any Error).self, "2^\(logN)") {
                try NativePrimitives.scrypt(
                    passphrase: [1].span, salt: [2].span, logN: logN, into: &output)
            }
        }
        #expect(key.allSatisfy { $0 == 0 })
    }
}
