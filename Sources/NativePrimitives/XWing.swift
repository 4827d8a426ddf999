internal import Crypto
internal import FoundationEssentials
package import Sealing

/// swift-crypto's HPKE with X-Wing, the suite of age's `mlkem768x25519`.
///
/// swift-crypto does not wipe its X-Wing private keys: the seed is guarded by the caller, the key
/// object lives for one call only, and processes that use it are undumpable.
extension NativePrimitives {
    private static var suite: HPKE.Ciphersuite {
        HPKE.Ciphersuite(kem: .XWingMLKEM768X25519, kdf: .HKDF_SHA256, aead: .chaChaPoly)
    }

    package static func xWingPublicKey(seed: Span<UInt8>) throws(PrimitiveFailure) -> [UInt8] {
        [UInt8](try privateKey(seed: seed).publicKey.rawRepresentation)
    }

    package static func hpkeSeal(
        xWingPublicKey: Span<UInt8>, info: Span<UInt8>, plaintext: Span<UInt8>
    ) throws(PrimitiveFailure) -> (encapsulated: [UInt8], ciphertext: [UInt8]) {
        do {
            let key = try XWingMLKEM768X25519.PublicKey(
                rawRepresentation: Data([UInt8](copying: xWingPublicKey)))
            var sender = try HPKE.Sender(
                recipientKey: key, ciphersuite: suite, info: Data([UInt8](copying: info)))
            var copy = [UInt8](copying: plaintext)
            defer { wipe(&copy) }
            let ciphertext = try sender.seal(copy)
            return ([UInt8](sender.encapsulatedKey), [UInt8](ciphertext))
        } catch {
            throw .refused
        }
    }

    package static func hpkeOpen(
        xWingSeed: Span<UInt8>, encapsulated: Span<UInt8>, info: Span<UInt8>,
        ciphertext: Span<UInt8>, into plaintext: inout MutableSpan<UInt8>
    ) throws(PrimitiveFailure) -> Bool {
        var recipient = try recipient(
            xWingSeed: xWingSeed, encapsulated: encapsulated, info: info)
        guard var opened = try? recipient.open([UInt8](copying: ciphertext)) else { return false }
        defer { opened.resetBytes(in: 0..<opened.count) }
        guard opened.count == plaintext.count else { return false }
        for (index, byte) in opened.enumerated() { plaintext[index] = byte }
        return true
    }

    /// Decapsulates, and derives what opens: all of HPKE but the last step, which in the vectors of
    /// others has an associated data that the container never has.
    static func recipient(
        xWingSeed: Span<UInt8>, encapsulated: Span<UInt8>, info: Span<UInt8>
    ) throws(PrimitiveFailure) -> HPKE.Recipient {
        let key = try privateKey(seed: xWingSeed)
        do {
            return try HPKE.Recipient(
                privateKey: key, ciphersuite: suite, info: Data([UInt8](copying: info)),
                encapsulatedKey: Data([UInt8](copying: encapsulated)))
        } catch {
            throw .refused
        }
    }

    static func privateKey(
        seed: Span<UInt8>
    ) throws(PrimitiveFailure) -> XWingMLKEM768X25519.PrivateKey {
        var copy = Data(count: seed.count)
        for index in 0..<seed.count { copy[index] = seed[index] }
        defer { copy.resetBytes(in: 0..<copy.count) }
        do {
            return try XWingMLKEM768X25519.PrivateKey(seedRepresentation: copy, publicKey: nil)
        } catch {
            throw .refused
        }
    }
}

/// Secret bytes over the native primitives: what every program but the page uses.
package typealias Secret = SecretBytes<NativePrimitives>
