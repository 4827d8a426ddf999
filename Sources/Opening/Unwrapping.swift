internal import Sealing

/// Opening one stanza: nil is "not for this identity", an error refuses the whole file.
extension Identity {
    func unwrap(_ stanza: Stanza) throws(OpeningError) -> FileKey<P>? {
        switch stanza.arguments[0] {
        case StanzaLabel.x25519: try unwrapX25519(stanza)
        case StanzaLabel.hybrid: try unwrapHybrid(stanza)
        default: nil
        }
    }

    private func unwrapX25519(_ stanza: Stanza) throws(OpeningError) -> FileKey<P>? {
        let share = try stanza.argument(count: 32)
        guard kind == .x25519 else { return nil }
        var shared = SecretBytes<P>(count: 32)
        do throws(PrimitiveFailure) {
            try withSecret { (scalar) throws(PrimitiveFailure) in
                try shared.withMutableBytes { (bytes) throws(PrimitiveFailure) in
                    try P.x25519(scalar: scalar, point: share.span, into: &bytes)
                }
            }
        } catch {
            throw .malformedStanza
        }
        var key = SecretBytes<P>(count: 32)
        let salt = share + recipient.publicKey
        let info = StanzaLabel.x25519Info
        shared.withBytes { shared in
            key.withMutableBytes {
                P.hkdfSHA256(secret: shared, salt: salt.span, info: info.span, into: &$0)
            }
        }
        return FileKey.opening(stanza.body, under: key)
    }

    private func unwrapHybrid(_ stanza: Stanza) throws(OpeningError) -> FileKey<P>? {
        let encapsulated = try stanza.argument(count: 1120)
        guard kind == .mlkem768x25519 else { return nil }
        let info = StanzaLabel.hybridInfo
        var bytes = SecretBytes<P>(count: FileKey<P>.byteCount)
        let matched: Bool
        do throws(PrimitiveFailure) {
            matched = try withSecret { (seed) throws(PrimitiveFailure) in
                try bytes.withMutableBytes { (output) throws(PrimitiveFailure) in
                    try P.hpkeOpen(
                        xWingSeed: seed, encapsulated: encapsulated.span, info: info.span,
                        ciphertext: stanza.body.span, into: &output)
                }
            }
        } catch {
            throw .malformedStanza
        }
        return matched ? FileKey(restoring: bytes) : nil
    }
}

extension Stanza {
    /// Refuses a stanza of a type that has a public key's share in it, but not its form.
    func requireForm() throws(OpeningError) {
        switch arguments[0] {
        case StanzaLabel.x25519: _ = try argument(count: 32)
        case StanzaLabel.hybrid: _ = try argument(count: 1120)
        default: break
        }
    }

    /// The one argument of a native stanza, decoded; the body must be a wrapped file key's.
    fileprivate func argument(count: Int) throws(OpeningError) -> [UInt8] {
        guard arguments.count == 2, body.count == 32, let argument = decodedArgument(1),
            argument.count == count
        else { throw .malformedStanza }
        return argument
    }
}

extension FileKey {
    /// Opens a wrapped file key of 32 bytes; nil when the key is another's.
    static func opening(_ body: [UInt8], under key: borrowing SecretBytes<P>) -> FileKey? {
        var bytes = SecretBytes<P>(count: byteCount)
        let nonce = [UInt8](repeating: 0, count: 12)
        let opened = key.withBytes { key in
            let cipher = P.Decryptor(key: key)
            return bytes.withMutableBytes {
                cipher.open(body.span, nonce: nonce.span, into: &$0)
            }
        }
        return opened ? FileKey(restoring: bytes) : nil
    }
}
