/// age's passphrase stanza: `-> scrypt salt logN` (Container §4.3).
package enum ScryptStanza {
    /// Work factors (log2 N) that we write and read. 2^20 needs 1 GiB of memory.
    package static let workFactorLimit = 1...20
    /// The work factor of what we seal: 2^17, 128 MiB, about half a second.
    package static let defaultWorkFactor = 17

    /// Wraps `fileKey` under `passphrase`.
    package static func wrapping<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, passphrase: borrowing SecretBytes<P>, workFactor: Int
    ) throws(SealingError) -> Stanza {
        guard workFactorLimit.contains(workFactor) else { throw .badWorkFactor }
        let salt = P.randomBytes(count: 16)
        let key: SecretBytes<P>
        do throws(PrimitiveFailure) {
            key = try self.key(passphrase: passphrase, salt: salt, workFactor: workFactor)
        } catch {
            throw .primitive
        }
        return Stanza(
            arguments: [
                StanzaLabel.scrypt, Base64.encode(salt.span, padded: false),
                decimal(workFactor),
            ],
            body: Stanza.seal(fileKey, under: key))
    }

    /// The key that wraps the file key: scrypt over the labelled salt.
    package static func key<P: Primitives>(
        passphrase: borrowing SecretBytes<P>, salt: [UInt8], workFactor: Int
    ) throws(PrimitiveFailure) -> SecretBytes<P> {
        var key = SecretBytes<P>(count: 32)
        let labelled = StanzaLabel.scryptSalt + salt
        try passphrase.withBytes { (passphrase) throws(PrimitiveFailure) in
            try key.withMutableBytes { (bytes) throws(PrimitiveFailure) in
                try P.scrypt(
                    passphrase: passphrase, salt: labelled.span, logN: workFactor, into: &bytes)
            }
        }
        return key
    }
}
