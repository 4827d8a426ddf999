package import Sealing

extension Header {
    /// The file key, if one of `identities` opens one of the stanzas, after checking the MAC
    /// (Container §4.6).
    ///
    /// Every stanza of a known type must have its form, whoever it is for; unknown types are ignored. A header that mixes post-quantum and other recipients
    /// still opens.
    /// - Throws: ``OpeningError``.
    package func unwrap<P: Primitives>(
        with identities: [Identity<P>]
    ) throws(OpeningError) -> FileKey<P> {
        if wantsPassphrase, stanzas.count > 1 { throw .scryptNotAlone }
        for stanza in stanzas { try stanza.requireForm() }
        for identity in identities {
            for stanza in stanzas {
                guard let fileKey = try identity.unwrap(stanza) else { continue }
                try authenticate(with: fileKey)
                return fileKey
            }
        }
        throw .noMatch
    }

    /// Re-addresses: a new header for other recipients over the same file key (Container §7.1).
    ///
    /// The payload stays as it is, byte for byte; see DESIGN §3.
    /// - Throws: ``Sealing/SealingError``.
    package static func readdressing<P: Primitives>(
        _ fileKey: borrowing FileKey<P>, to recipients: [Recipient]
    ) throws(SealingError) -> Header {
        try Header(wrapping: fileKey, to: recipients)
    }

    func authenticate<P: Primitives>(with fileKey: borrowing FileKey<P>) throws(OpeningError) {
        let expected = fileKey.headerMAC(over: authenticated.span)
        guard P.areEqual(expected.span, mac.span) else { throw .badHeaderMAC }
    }
}
