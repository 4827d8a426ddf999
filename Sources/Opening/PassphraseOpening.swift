package import Sealing

extension Header {
    /// Whether only a passphrase can open this.
    package var wantsPassphrase: Bool {
        stanzas.contains { $0.arguments[0] == StanzaLabel.scrypt }
    }

    /// Judges what a passphrase would have to open, so that nobody is asked for one in vain
    /// (Container §4.3).
    ///
    /// - Throws: ``OpeningError``, for anything but a passphrase's stanza that stands alone, in its
    ///   form, within the limit.
    package func requirePassphraseStanza() throws(OpeningError) { _ = try passphraseStanza() }

    private func passphraseStanza() throws(OpeningError) -> (salt: [UInt8], workFactor: Int) {
        guard wantsPassphrase else { throw .noMatch }
        guard stanzas.count == 1 else { throw .scryptNotAlone }
        let stanza = stanzas[0]
        guard stanza.arguments.count == 3, stanza.body.count == 32,
            let salt = stanza.decodedArgument(1), salt.count == 16
        else { throw .malformedStanza }
        return (salt, try Self.workFactor(stanza.arguments[2]))
    }

    /// The file key of a header that was sealed under a passphrase.
    ///
    /// - Throws: ``OpeningError``. The work factor is bounded before any memory is taken.
    package func unwrap<P: Primitives>(
        passphrase: borrowing SecretBytes<P>
    ) throws(OpeningError) -> FileKey<P> {
        let (salt, workFactor) = try passphraseStanza()
        let key: SecretBytes<P>
        do throws(PrimitiveFailure) {
            key = try ScryptStanza.key(passphrase: passphrase, salt: salt, workFactor: workFactor)
        } catch {
            throw .workFactorTooHigh
        }
        guard let fileKey = FileKey<P>.opening(stanzas[0].body, under: key) else { throw .noMatch }
        try authenticate(with: fileKey)
        return fileKey
    }

    /// A decimal number without sign or leading zero, within the limit.
    private static func workFactor(_ digits: [UInt8]) throws(OpeningError) -> Int {
        guard (1...2).contains(digits.count), digits[0] != 0x30 else { throw .malformedStanza }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { throw .malformedStanza }
            value = value * 10 + Int(digit - 0x30)
        }
        guard ScryptStanza.workFactorLimit.contains(value) else { throw .workFactorTooHigh }
        return value
    }
}
