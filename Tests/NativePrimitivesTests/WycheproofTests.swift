import NativePrimitives
import Sealing
import Testing
import Vectors

/// Every call of a primitive against Project Wycheproof's vectors for it.
@Suite struct WycheproofTests {
    @Test func chaCha20Poly1305OpensExactlyTheValidVectors() throws {
        var checked = 0
        for group in try WycheproofFile.load("chacha20_poly1305").testGroups {
            for vector in group.tests where group.ivSize == 96 && vector.aad?.isEmpty == true {
                let cipher = LibcryptoDecryptor(key: vector.bytes(\.key).span)
                let sealed = vector.bytes(\.ct) + vector.bytes(\.tag)
                var plaintext = [UInt8](repeating: 0xAA, count: vector.bytes(\.ct).count)
                var output = plaintext.mutableSpan
                let opened = cipher.open(
                    sealed.span, nonce: vector.bytes(\.iv).span, into: &output)
                #expect(opened == (vector.result == "valid"), "vector \(vector.tcId)")
                if opened {
                    #expect(plaintext == vector.bytes(\.msg))
                    #expect(seal(vector) == sealed)
                } else {
                    #expect(plaintext.allSatisfy { $0 == 0 }, "a failed open left plaintext")
                }
                checked += 1
            }
        }
        #expect(checked > 40)
    }

    private func seal(_ vector: WycheproofFile.Vector) -> [UInt8] {
        let cipher = LibcryptoEncryptor(key: vector.bytes(\.key).span)
        var sealed = [UInt8](repeating: 0, count: vector.bytes(\.msg).count + 16)
        var output = sealed.mutableSpan
        cipher.seal(vector.bytes(\.msg).span, nonce: vector.bytes(\.iv).span, into: &output)
        return sealed
    }

    @Test func x25519AgreesAndRefusesTheZeroSecret() throws {
        var refused = 0
        for group in try WycheproofFile.load("x25519").testGroups {
            for vector in group.tests {
                let shared = try? agree(vector.bytes(\.private), vector.bytes(\.public))
                let expected = vector.bytes(\.shared)
                if expected.allSatisfy({ $0 == 0 }) {
                    #expect(shared == nil, "vector \(vector.tcId) has a zero secret")
                    refused += 1
                } else {
                    #expect(shared == expected, "vector \(vector.tcId)")
                }
            }
        }
        #expect(refused > 0)
    }

    private func agree(_ scalar: [UInt8], _ point: [UInt8]) throws -> [UInt8] {
        var shared = [UInt8](repeating: 0, count: 32)
        var output = shared.mutableSpan
        try NativePrimitives.x25519(scalar: scalar.span, point: point.span, into: &output)
        return shared
    }

    @Test func hkdfDerivesTheExpectedKeys() throws {
        for group in try WycheproofFile.load("hkdf_sha256").testGroups {
            for vector in group.tests where vector.result == "valid" {
                var output = [UInt8](repeating: 0, count: vector.size ?? 0)
                var span = output.mutableSpan
                NativePrimitives.hkdfSHA256(
                    secret: vector.bytes(\.ikm).span, salt: vector.bytes(\.salt).span,
                    info: vector.bytes(\.info).span, into: &span)
                #expect(output == vector.bytes(\.okm), "vector \(vector.tcId)")
            }
        }
    }

    @Test func hmacMatchesTheValidTagsOnly() throws {
        for group in try WycheproofFile.load("hmac_sha256").testGroups {
            for vector in group.tests {
                let mac = NativePrimitives.hmacSHA256(
                    key: vector.bytes(\.key).span, vector.bytes(\.msg).span)
                let tag = vector.bytes(\.tag)
                #expect(
                    (mac.starts(with: tag) && !tag.isEmpty) == (vector.result == "valid"),
                    "vector \(vector.tcId)")
            }
        }
    }
}
