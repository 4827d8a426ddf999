package import Sealing

/// A private key that opens containers (Container §2.3), in guarded memory. A reference to the one copy, wiped when the last owner goes.
package final class Identity<P: Primitives>: Sendable {
    /// The kinds of native identities.
    package enum Kind: Sendable {
        /// age's `X25519`: `AGE-SECRET-KEY-1…`.
        case x25519
        /// age's `mlkem768x25519`: `AGE-SECRET-KEY-PQ-1…`.
        case mlkem768x25519
    }

    /// Which kind of key this is.
    package let kind: Kind
    /// The public key that seals to this identity.
    package let recipient: Recipient
    private let secret: SecretBytes<P>

    private static var x25519Prefix: [UInt8] { ascii("age-secret-key-") }
    private static var hybridPrefix: [UInt8] { ascii("age-secret-key-pq-") }

    /// A fresh identity.
    package static func generate(_ kind: Kind) throws(SealingError) -> Identity {
        try Identity(kind, secret: .random(count: 32))
    }

    /// The identity of a 32-byte scalar (X25519) or seed (mlkem768x25519).
    ///
    /// - Throws: ``Sealing/SealingError/primitive`` when no key has this secret.
    package init(_ kind: Kind, secret: consuming SecretBytes<P>) throws(SealingError) {
        guard secret.count == 32 else { throw .primitive }
        self.kind = kind
        do throws(PrimitiveFailure) {
            recipient = try secret.withBytes { (secret) throws(PrimitiveFailure) in
                switch kind {
                case .x25519: .x25519(P.x25519PublicKey(scalar: secret))
                case .mlkem768x25519: .mlkem768x25519(try P.xWingPublicKey(seed: secret))
                }
            }
        } catch {
            throw .primitive
        }
        self.secret = secret.guarded()
    }

    /// Reads an identity as age prints it, either case; nil when it is none.
    package convenience init?(parsing text: Span<UInt8>) {
        guard text.count <= 128 else { return nil }
        var data: [UInt8] = []
        let prefix = Bech32.decode(text, into: &data)
        let kind: Kind
        switch prefix {
        case Self.x25519Prefix where data.count == 32: kind = .x25519
        case Self.hybridPrefix where data.count == 32: kind = .mlkem768x25519
        default:
            P.wipe(&data)
            return nil
        }
        let secret = SecretBytes<P>(consuming: &data)
        do {
            try self.init(kind, secret: secret)
        } catch {
            return nil
        }
    }

    /// The identity as age prints it: upper case, no line feed.
    package var text: SecretBytes<P> {
        let prefix = kind == .x25519 ? Self.x25519Prefix : Self.hybridPrefix
        var encoded = secret.withBytes { Bech32.encode(prefix: prefix, $0) }
        for index in encoded.indices where (0x61...0x7A).contains(encoded[index]) {
            encoded[index] -= 32
        }
        return SecretBytes(consuming: &encoded)
    }

    func withSecret<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try secret.withBytes(body)
    }
}
