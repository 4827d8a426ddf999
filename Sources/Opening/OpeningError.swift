package import Sealing

/// Why a container could not be opened.
package enum OpeningError: Error, Equatable {
    /// The text around the container is malformed.
    case armor(ArmorError)
    /// The header is malformed.
    case header(HeaderError)
    /// A stanza of a known type is malformed: the file is refused, whoever it is for.
    case malformedStanza
    /// None of the identities opens any stanza.
    case noMatch
    /// The scrypt work factor is above ``Sealing/ScryptStanza/workFactorLimit``.
    case workFactorTooHigh
    /// A `scrypt` stanza is not the only one.
    case scryptNotAlone
    /// The header was changed: its MAC does not fit the file key.
    case badHeaderMAC
    /// A chunk was changed, reordered or belongs to another file.
    case badChunk
    /// The payload ends before its final chunk.
    case truncatedPayload
    /// Bytes follow the final chunk, or the final chunk is empty after another.
    case trailingData
    /// The payload was finished, or failed, before.
    case payloadFinished
}
