package import Custody

/// Signs requests: with a key in this process, or through the agent that holds it.
package struct PartnerSigner: Sendable {
    /// The key's name: the SHA-256 of its public half in lower-case hexadecimal.
    package let keyID: String
    /// Signs bytes: 64 bytes of Ed25519.
    package let sign: @Sendable (_ message: [UInt8]) async throws -> [UInt8]

    /// A signer that asks somebody else, for example an agent, for each signature.
    package init(
        publicKey: VerifyingKey,
        sign: @escaping @Sendable (_ message: [UInt8]) async throws -> [UInt8]
    ) {
        keyID = publicKey.keyID
        self.sign = sign
    }

    /// A signer that owns its key.
    package init(_ key: consuming SigningKey) {
        keyID = key.publicKey.keyID
        let holder = KeyHolder(key)
        sign = { holder.key.sign($0) }
    }
}

/// Shares a key that cannot be copied; nothing is ever written after it is made.
private final class KeyHolder: Sendable {
    let key: SigningKey

    init(_ key: consuming SigningKey) {
        self.key = key
    }
}
