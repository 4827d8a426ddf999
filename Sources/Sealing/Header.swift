/// An age v1 header: version line, recipient stanzas, MAC (Container §3).
///
/// Reading accepts only the canonical form and bounds everything first; whether the MAC is right is
/// known only to who can open the file key.
package struct Header: Equatable, Sendable {
    /// Most bytes of a header that we read or write (Container §3.6).
    package static let byteLimit = 256 * 1024
    /// Most stanzas of a header that we read or write (Container §3.2).
    package static let stanzaLimit = 64

    /// The recipient stanzas, at least one.
    package let stanzas: [Stanza]
    /// HMAC-SHA-256 under a key of the file key: 32 bytes.
    package let mac: [UInt8]

    static var versionLine: [UInt8] { ascii("age-encryption.org/v1\n") }

    /// The header's exact bytes, its last line feed included.
    package var encoded: [UInt8] {
        Self.authenticated(stanzas) + [0x20] + Base64.encode(mac.span, padded: false) + [0x0A]
    }

    /// What the MAC covers: everything up to and including `---` (Container §3.5).
    package var authenticated: [UInt8] { Self.authenticated(stanzas) }

    private static func authenticated(_ stanzas: [Stanza]) -> [UInt8] {
        stanzas.reduce(into: versionLine) { $0 += $1.encoded } + ascii("---")
    }

    init(stanzas: [Stanza], mac: [UInt8]) {
        self.stanzas = stanzas
        self.mac = mac
    }
}

extension Header {
    /// A header that wraps `fileKey` to each of `recipients`.
    ///
    /// - Throws: ``SealingError``: post-quantum recipients are never mixed with others
    ///   (Container §4.5).
    package init<P: Primitives>(
        wrapping fileKey: borrowing FileKey<P>, to recipients: [Recipient]
    ) throws(SealingError) {
        guard let first = recipients.first else { throw .noRecipients }
        guard recipients.count <= Self.stanzaLimit else { throw .tooManyRecipients }
        for recipient in recipients where recipient.isPostQuantum != first.isPostQuantum {
            throw .mixedRecipients
        }
        var stanzas: [Stanza] = []
        for recipient in recipients {
            stanzas.append(try .wrapping(fileKey, to: recipient))
        }
        self.init(stanzas: stanzas, authenticatedBy: fileKey)
    }

    /// A header that wraps `fileKey` under a passphrase; age allows no other recipient beside it.
    package init<P: Primitives>(
        wrapping fileKey: borrowing FileKey<P>, passphrase: borrowing SecretBytes<P>,
        workFactor: Int = ScryptStanza.defaultWorkFactor
    ) throws(SealingError) {
        let stanza = try ScryptStanza.wrapping(
            fileKey, passphrase: passphrase, workFactor: workFactor)
        self.init(stanzas: [stanza], authenticatedBy: fileKey)
    }

    private init<P: Primitives>(stanzas: [Stanza], authenticatedBy fileKey: borrowing FileKey<P>) {
        self.stanzas = stanzas
        mac = fileKey.headerMAC(over: Self.authenticated(stanzas).span)
    }
}
