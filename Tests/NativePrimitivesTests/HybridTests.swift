import Crypto
import Foundation
@testable import NativePrimitives
import Sealing
import Testing
import Vectors

/// X-Wing and HPKE as the container calls them.
@Suite struct HybridTests {
    private struct HPKEVector: Decodable {
        struct Encryption: Decodable {
            let aad, ct, pt: String
        }
        let kemId, kdfId, aeadId: Int
        let info, skRm, pkRm, enc: String
        let encryptions: [Encryption]
    }

    @Test func theHPKEVectorOfAgesSuiteDerivesItsPublicKey() throws {
        let vector = try ageVector()
        #expect(
            try NativePrimitives.xWingPublicKey(seed: hex(vector.skRm).span) == hex(vector.pkRm))
    }

    @Test func theHPKEVectorOfAgesSuiteOpens() throws {
        let vector = try ageVector()
        #expect(vector.encryptions.count >= 10)
        var recipient = try NativePrimitives.recipient(
            xWingSeed: hex(vector.skRm).span, encapsulated: hex(vector.enc).span,
            info: hex(vector.info).span)
        for encryption in vector.encryptions {
            let opened = try recipient.open(hex(encryption.ct), authenticating: hex(encryption.aad))
            #expect([UInt8](opened) == hex(encryption.pt))
        }
        #expect(throws: (any Error).self) {
            try recipient.open(hex(vector.encryptions[0].ct), authenticating: [])
        }
    }

    @Test func whatIsSealedOpensOnlyForItsKey() throws {
        let seed = NativePrimitives.randomBytes(count: 32)
        let other = NativePrimitives.randomBytes(count: 32)
        let publicKey = try NativePrimitives.xWingPublicKey(seed: seed.span)
        let plaintext: [UInt8] = Array(0..<16)
        let info = ascii("test")
        let sealed = try NativePrimitives.hpkeSeal(
            xWingPublicKey: publicKey.span, info: info.span, plaintext: plaintext.span)
        #expect(try open(sealed, seed: seed, info: info) == plaintext)
        #expect(try open(sealed, seed: other, info: info) == nil)
        #expect(try open(sealed, seed: seed, info: ascii("tset")) == nil)
    }

    @Test func aKeyThatCannotBeEncapsulatedToIsRefused() throws {
        let unreduced = [UInt8](repeating: 0xFF, count: 1216)
        #expect(throws: SealingError.badRecipient) {
            try Recipient.mlkem768x25519(unreduced).prove(with: NativePrimitives.self)
        }
        let publicKey = try NativePrimitives.xWingPublicKey(
            seed: NativePrimitives.randomBytes(count: 32).span)
        try Recipient.mlkem768x25519(publicKey).prove(with: NativePrimitives.self)
    }

    private func open(
        _ sealed: (encapsulated: [UInt8], ciphertext: [UInt8]), seed: [UInt8], info: [UInt8]
    ) throws -> [UInt8]? {
        var plaintext = [UInt8](repeating: 0, count: sealed.ciphertext.count - 16)
        var output = plaintext.mutableSpan
        let opened = try NativePrimitives.hpkeOpen(
            xWingSeed: seed.span, encapsulated: sealed.encapsulated.span, info: info.span,
            ciphertext: sealed.ciphertext.span, into: &output)
        return opened ? plaintext : nil
    }

    private func ageVector() throws -> HPKEVector {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let all = try decoder.decode([HPKEVector].self, from: Vectors.data("hpke/hpke-pq.json"))
        let ours = all.filter { $0.kemId == 0x647A && $0.kdfId == 1 && $0.aeadId == 3 }
        return try #require(ours.first)
    }

    @Test func xWingKeysAndSharedSecretsMatchTheVectors() throws {
        struct Vector: Decodable { let sk, pk, ct, ss: String }
        let vectors = try JSONDecoder().decode(
            [Vector].self, from: Vectors.data("xwing/swift-crypto-KEM-test-vectors.json"))
        #expect(vectors.count >= 3)
        for vector in vectors {
            #expect(
                try NativePrimitives.xWingPublicKey(seed: hex(vector.sk).span) == hex(vector.pk))
            let shared = try NativePrimitives.privateKey(seed: hex(vector.sk).span)
                .decapsulate(Data(hex(vector.ct)))
            #expect(shared == SymmetricKey(data: hex(vector.ss)))
        }
    }

    @Test func aSeedOfAnotherLengthIsRefused() {
        #expect(throws: PrimitiveFailure.refused) {
            try NativePrimitives.xWingPublicKey(seed: [UInt8](repeating: 1, count: 31).span)
        }
    }
}
