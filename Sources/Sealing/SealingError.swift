/// Why something could not be sealed, or a header not be read.
package enum SealingError: Error, Equatable {
    /// Not a recipient: wrong prefix, length or checksum, or a key nobody can encapsulate to.
    case badRecipient
    /// A container needs at least one recipient.
    case noRecipients
    /// Post-quantum and other recipients in one container would undo the post-quantum promise.
    case mixedRecipients
    /// More than ``Header/stanzaLimit`` recipients.
    case tooManyRecipients
    /// The payload had been finished, or its chunk counter is exhausted.
    case payloadFinished
    /// scrypt work factor outside ``ScryptStanza/workFactorLimit``.
    case badWorkFactor
    /// A primitive refused.
    case primitive
}

/// Why bytes are not an age v1 header; each names the first rule that was broken.
package enum HeaderError: Error, Equatable {
    /// The input ended inside the header.
    case truncated
    /// The first line is not `age-encryption.org/v1`.
    case unknownVersion
    /// More than ``Header/byteLimit`` bytes or ``Header/stanzaLimit`` stanzas.
    case tooLarge
    /// A stanza's argument line is malformed.
    case badStanzaArguments
    /// A stanza's body is not canonical base64 in lines of 64 columns.
    case badStanzaBody
    /// There is no stanza.
    case noStanzas
    /// The closing line is not `---`, a space and 43 characters of canonical base64.
    case badMAC
}
