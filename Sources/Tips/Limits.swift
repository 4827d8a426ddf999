package import Sealing

/// Every limit of the formats in this module, with its unit.
///
/// Readers check the limit first and parse afterwards; writers never exceed it.
package enum Limits {
    /// Most bytes of an encoded envelope.
    package static let envelopeBytes = 8 * 1024
    /// Most parts of one envelope.
    package static let envelopeParts = 64
    /// Most bytes of a whole frame that carries a tip (its text parts).
    package static let tipFrameBytes = 64 * 1024
    /// Most bytes of the plaintext of a part that is not evidence, padding included.
    package static let textPartBytes = 64 * 1024
    /// Most bytes of one original: what the size field of a ustar header can say.
    package static var evidenceBytes: ByteCount { (8 << 30) - 1 }
    /// Most bytes of the sealed payload of one part.
    package static var payloadBytes: ByteCount { 9 << 30 }
    /// Most bytes of an age header of a part.
    package static let headerBytes = Header.byteLimit

    /// Most consent leaves of a manifest.
    package static let consents = 64
    /// Most offices on a manifest's *never* list.
    package static let neverOffices = 64
    /// Most bytes of an encoded consent leaf.
    package static let consentLeafBytes = 256
    /// Most bytes of an office's identifier.
    package static let officeBytes = 64
    /// Most bytes of the name a reporter's file had (UTF-8).
    package static let fileNameBytes = 255

    /// Bytes of a mailbox slot, always.
    package static let slotBytes = 2048
    /// Most questions of one desk message.
    package static let questions = 8
    /// Most bytes of a question's identifier.
    package static let questionIDBytes = 32
    /// Most bytes of a question's text; the slot's size is the sharper limit for several.
    package static let questionBytes = 1500
    /// Most bytes of a BCP 47 language tag.
    package static let languageBytes = 35

    /// Bytes of a parked sealing state, always.
    package static let parkedBytes = 8192
    /// Most bytes of an upload token.
    package static let uploadTokenBytes = 128
    /// Bytes of the pieces in which an original is hashed before it is sealed.
    package static let chunkBytes = 1024 * 1024
    /// Most chunks of one original.
    package static var chunks: Int { Int(evidenceBytes / ByteCount(chunkBytes)) + 1 }

    /// Hours for which a puzzle's challenge stays good, the hour of its making included.
    package static let challengeHours: UInt32 = 2
    /// Highest puzzle difficulty, in leading zero bits, that is asked or solved.
    package static let puzzleBits = 40

    /// Deepest nesting of a CBOR item.
    package static let cborDepth = 8
    /// Deepest nesting of a JSON value.
    package static let jsonDepth = 16
    /// Most members of one JSON object.
    package static let jsonMembers = 1024
    /// Most bytes of a JSON text, unless the caller says otherwise.
    package static let jsonBytes = 4 * 1024 * 1024
}
