/// One recipient stanza of a header: `-> type arguments`, then a body in base64
/// (Container §3.3, §3.4).
package struct Stanza: Equatable, Sendable {
    /// The type and its arguments, at least one; visible ASCII each.
    package let arguments: [[UInt8]]
    /// The body, decoded.
    package let body: [UInt8]

    /// A stanza of the given parts.
    package init(arguments: [[UInt8]], body: [UInt8]) {
        self.arguments = arguments
        self.body = body
    }

    /// The argument at `index` as canonical unpadded base64, decoded; nil when it is not that.
    package func decodedArgument(_ index: Int) -> [UInt8]? {
        let argument = arguments[index]
        return Base64.decode(argument.span, padded: false)
    }

    /// The stanza's bytes in a header.
    package var encoded: [UInt8] {
        var text = ascii("->")
        for argument in arguments {
            text.append(0x20)
            text.append(contentsOf: argument)
        }
        text.append(0x0A)
        let base64 = Base64.encode(body.span, padded: false)
        var start = 0
        while base64.count - start >= 64 {
            text.append(contentsOf: base64[start..<start + 64])
            text.append(0x0A)
            start += 64
        }
        text.append(contentsOf: base64[start...])
        text.append(0x0A)
        return text
    }
}

/// What a native stanza binds: its type, and the texts that its keys derive under.
package enum StanzaLabel {
    /// Type of the `X25519` stanza.
    package static var x25519: [UInt8] { ascii("X25519") }
    /// HKDF info of the `X25519` stanza.
    package static var x25519Info: [UInt8] { ascii("age-encryption.org/v1/X25519") }
    /// Type of the `mlkem768x25519` stanza.
    package static var hybrid: [UInt8] { ascii("mlkem768x25519") }
    /// HPKE info of the `mlkem768x25519` stanza.
    package static var hybridInfo: [UInt8] { ascii("age-encryption.org/mlkem768x25519") }
    /// Type of the `scrypt` stanza.
    package static var scrypt: [UInt8] { ascii("scrypt") }
    /// Prefix of the salt of the `scrypt` stanza.
    package static var scryptSalt: [UInt8] { ascii("age-encryption.org/v1/scrypt") }
}

extension Stanza {
    /// Wraps `fileKey` to `recipient`, with fresh randomness.
    ///
    /// - Throws: ``SealingError/primitive`` when the key cannot be sealed to.
    package static func wrapping<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, to recipient: Recipient
    ) throws(SealingError) -> Stanza {
        do throws(PrimitiveFailure) {
            return switch recipient {
            case .x25519(let key): try wrappingX25519(fileKey, to: key)
            case .mlkem768x25519(let key): try wrappingHybrid(fileKey, to: key)
            }
        } catch {
            throw .primitive
        }
    }

    /// Container §4.1.
    private static func wrappingX25519<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, to recipient: [UInt8]
    ) throws(PrimitiveFailure) -> Stanza {
        let ephemeral = SecretBytes<P>.random(count: 32)
        let share = ephemeral.withBytes { P.x25519PublicKey(scalar: $0) }
        var shared = SecretBytes<P>(count: 32)
        try ephemeral.withBytes { (scalar) throws(PrimitiveFailure) in
            try shared.withMutableBytes { (bytes) throws(PrimitiveFailure) in
                try P.x25519(scalar: scalar, point: recipient.span, into: &bytes)
            }
        }
        let body = wrap(
            fileKey, secret: shared, salt: share + recipient, info: StanzaLabel.x25519Info)
        return Stanza(
            arguments: [StanzaLabel.x25519, Base64.encode(share.span, padded: false)], body: body)
    }

    /// Container §4.2.
    private static func wrappingHybrid<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, to recipient: [UInt8]
    ) throws(PrimitiveFailure) -> Stanza {
        let info = StanzaLabel.hybridInfo
        let sealed = try fileKey.withBytes { (key) throws(PrimitiveFailure) in
            try P.hpkeSeal(xWingPublicKey: recipient.span, info: info.span, plaintext: key)
        }
        let encapsulated = Base64.encode(sealed.encapsulated.span, padded: false)
        return Stanza(arguments: [StanzaLabel.hybrid, encapsulated], body: sealed.ciphertext)
    }

    /// Seals the file key under HKDF(secret, salt, info), with the zero nonce age prescribes for a
    /// key that is used once.
    static func wrap<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, secret: borrowing SecretBytes<P>, salt: [UInt8],
        info: [UInt8]
    ) -> [UInt8] {
        var key = SecretBytes<P>(count: 32)
        secret.withBytes { secret in
            key.withMutableBytes {
                P.hkdfSHA256(secret: secret, salt: salt.span, info: info.span, into: &$0)
            }
        }
        return seal(fileKey, under: key)
    }

    /// Seals the file key under a 32-byte key that is used once: 32 bytes (Container §4.4).
    static func seal<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, under key: borrowing SecretBytes<P>
    ) -> [UInt8] {
        var body = [UInt8](repeating: 0, count: FileKey<P>.byteCount + 16)
        let nonce = [UInt8](repeating: 0, count: 12)
        var output = body.mutableSpan
        key.withBytes { key in
            let cipher = P.Encryptor(key: key)
            fileKey.withBytes { cipher.seal($0, nonce: nonce.span, into: &output) }
        }
        return body
    }
}
