/// Whom a container is sealed to: a public key of one of the two native kinds (Container §2.2).
package enum Recipient: Equatable, Hashable, Sendable {
    /// age's `X25519` recipient: a 32-byte public key, `age1…`.
    case x25519([UInt8])
    /// age's `mlkem768x25519` recipient: a 1,216-byte X-Wing public key, `age1pq1…`.
    case mlkem768x25519([UInt8])

    private static var x25519Prefix: [UInt8] { ascii("age") }
    private static var hybridPrefix: [UInt8] { ascii("age1pq") }

    /// Reads a recipient as age prints it.
    ///
    /// - Throws: ``SealingError/badRecipient``.
    package init(parsing text: Span<UInt8>) throws(SealingError) {
        guard text.count <= 2048, let (prefix, data) = Bech32.decode(text) else {
            throw .badRecipient
        }
        switch (prefix, data.count) {
        case (Self.x25519Prefix, 32): self = .x25519(data)
        case (Self.hybridPrefix, 1216): self = .mlkem768x25519(data)
        default: throw .badRecipient
        }
    }

    /// The recipient as age prints it, in ASCII.
    package var text: [UInt8] {
        switch self {
        case .x25519(let key): Bech32.encode(prefix: Self.x25519Prefix, key.span)
        case .mlkem768x25519(let key): Bech32.encode(prefix: Self.hybridPrefix, key.span)
        }
    }

    /// The public key itself.
    package var publicKey: [UInt8] {
        switch self {
        case .x25519(let key), .mlkem768x25519(let key): key
        }
    }

    /// Whether what is sealed to it stays secret from a quantum computer.
    package var isPostQuantum: Bool {
        switch self {
        case .x25519: false
        case .mlkem768x25519: true
        }
    }

    /// Proves that something can be sealed to this key, by doing it once (Container §2.5).
    ///
    /// A length check alone accepts post-quantum keys that every encapsulation refuses.
    /// - Throws: ``SealingError/badRecipient``.
    package func prove<P: Primitives>(with primitives: P.Type) throws(SealingError) {
        let probe = FileKey<P>()
        do throws(SealingError) {
            _ = try Stanza.wrapping(probe, to: self)
        } catch {
            throw .badRecipient
        }
    }
}
