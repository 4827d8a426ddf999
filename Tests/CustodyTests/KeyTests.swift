import Custody
import Foundation
import NativePrimitives
import Sealing
import Testing
import Tips
import Vectors

/// Ed25519 keys, and the verifying call against Project Wycheproof.
@Suite struct KeyTests {
    private struct File: Decodable {
        struct Group: Decodable {
            struct Key: Decodable { let pk: String }
            struct Vector: Decodable {
                let tcId: Int
                let msg, sig, result: String
            }
            let publicKey: Key
            let publicKeyPem: String
            let tests: [Vector]
        }
        let testGroups: [Group]
    }

    @Test func exactlyTheValidVectorsVerify() throws {
        let file = try JSONDecoder().decode(
            File.self, from: Vectors.data("wycheproof/ed25519_test.json"))
        var counts = (valid: 0, invalid: 0)
        for group in file.testGroups {
            let key = try #require(VerifyingKey(hex(group.publicKey.pk)))
            #expect(try VerifyingKey(pem: group.publicKeyPem) == key)
            for vector in group.tests {
                let verifies = key.verifies(hex(vector.sig), over: hex(vector.msg))
                #expect(verifies == (vector.result == "valid"), "vector \(vector.tcId)")
                if verifies { counts.valid += 1 } else { counts.invalid += 1 }
            }
        }
        #expect(counts == (88, 63))
    }

    @Test func theFirstVectorOfRFC8032() throws {
        var seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
        let key = try SigningKey(seed: Secret(consuming: &seed))
        #expect(
            key.publicKey.bytes
                == hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
        #expect(key.sign([]).starts(with: hex("e5564300c360ac729086e2cc806e828a")))
        #expect(key.publicKey.verifies(key.sign([]), over: []))
        #expect(!key.publicKey.verifies(key.sign([]), over: [0]))
    }

    @Test func keysSurviveTheirPEM() throws {
        let key = SigningKey.generate()
        #expect(try VerifyingKey(pem: key.publicKey.pem) == key.publicKey)
        let pem = key.pkcs8PEM()
        let again = try pem.withBytes { (bytes) throws(KeyError) in
            try SigningKey(pkcs8PEM: bytes)
        }
        #expect(again.publicKey == key.publicKey)
        #expect(VerifyingKey([1, 2, 3]) == nil)
    }

    @Test func otherPEMIsRefused() throws {
        let key = SigningKey.generate()
        let pem = key.publicKey.pem
        for text in ["", pem + "\n", String(pem.dropLast()), pem.replacing("MCow", with: "MCox")] {
            #expect(throws: KeyError.malformedPublicKey) { try VerifyingKey(pem: text) }
        }
        var secret: [UInt8] = []
        key.pkcs8PEM().withBytes { bytes in
            for index in 0..<bytes.count { secret.append(bytes[index]) }
        }
        // A character of the fixed prefix, of the armour, and the length.
        for position in [30, 3, secret.count - 3] {
            var altered = secret
            altered[position] ^= 1
            #expect(Self.isRefused(altered))
        }
        #expect(Self.isRefused(Array(secret.dropLast())) && !Self.isRefused(secret))
    }

    private static func isRefused(_ pem: [UInt8]) -> Bool {
        do throws(KeyError) {
            _ = try SigningKey(pkcs8PEM: pem.span)
            return false
        } catch {
            return error == .malformedPrivateKey
        }
    }
}
