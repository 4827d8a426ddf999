package import Custody
package import Tips

/// What dispatch says with every list it hands out, signed with the log's key.
///
/// `["sallyport.head/1", audience, sequence, list digest, nonce of the request, checkpoint]`.
/// The bytes begin with a CBOR array head, which no signed note does: the key never signs one as
/// the other.
package struct Head: PartnerBody, Equatable {
    package static let byteLimit = PartnerLimits.checkpointBytes + 1024
    /// The audience of heads for the desk; offices have their identifiers.
    package static let desk = "desk"

    /// Whom the list is for.
    package let audience: String
    /// How many entries this audience has ever been given, those of this list included: counts
    /// on by one for each, and never back.
    package let sequence: Int
    /// SHA-256 of the encoded list.
    package let list: Hash
    /// The nonce of the request that is answered.
    package let nonce: String
    /// The newest signed checkpoint of the custody log.
    package let checkpoint: [UInt8]

    /// A head of these values.
    package init(audience: String, sequence: Int, list: Hash, nonce: String, checkpoint: [UInt8]) {
        self.audience = audience
        self.sequence = sequence
        self.list = list
        self.nonce = nonce
        self.checkpoint = checkpoint
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(6)
        writer.label("sallyport.head/1")
        writer.text(audience)
        writer.uint(sequence)
        writer.hash(list)
        writer.text(nonce)
        writer.bytes(checkpoint)
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> Head {
        try reader.array(count: 6)
        try reader.label("sallyport.head/1")
        return Head(
            audience: try reader.text(atMost: PartnerLimits.nameBytes),
            sequence: try reader.uint(in: 0...Int.max), list: try reader.hash(),
            nonce: try reader.text(atMost: SignatureParameters.textLimit),
            checkpoint: try reader.bytes(atMost: PartnerLimits.checkpointBytes))
    }
}

/// A list with its head, as it travels; nothing of it is to be believed before ``verified(by:for:answering:)``.
package struct HeadedAnswer: PartnerBody, Equatable {
    package static let byteLimit = 16 * 1024 * 1024

    /// The encoded ``Head``.
    package let head: [UInt8]
    /// The log key's signature over ``head``: 64 bytes.
    package let signature: [UInt8]
    /// The encoded list.
    package let list: [UInt8]

    /// An answer out of its parts.
    package init(head: [UInt8], signature: [UInt8], list: [UInt8]) {
        self.head = head
        self.signature = signature
        self.list = list
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(4)
        writer.label("sallyport.answer/1")
        writer.bytes(head)
        writer.bytes(signature)
        writer.bytes(list)
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> HeadedAnswer {
        try reader.array(count: 4)
        try reader.label("sallyport.answer/1")
        return HeadedAnswer(
            head: try reader.bytes(atMost: Head.byteLimit), signature: try reader.bytes(count: 64),
            list: try reader.bytes(atMost: byteLimit))
    }
}

/// Why a headed answer was refused.
package enum HeadFault: Error, Equatable {
    /// Not the CBOR it should be.
    case malformed
    /// The signature is not the log key's.
    case badSignature
    /// It is for somebody else.
    case otherAudience
    /// It answers another request: an old answer played back.
    case otherRequest
    /// The list is not the one that was signed.
    case otherList
    /// The checkpoint in it is not one that the log signed.
    case badCheckpoint
    /// It counts fewer entries, or shows a smaller or a different log, than an earlier head.
    case wentBack

    /// The fault in plain words.
    package var message: String {
        switch self {
        case .malformed: "dispatch's answer is not in its format"
        case .badSignature: "dispatch's answer is not signed with the log key of the directory"
        case .otherAudience: "dispatch's answer is for somebody else"
        case .otherRequest: "dispatch's answer is to another request: an old one was played back"
        case .otherList: "dispatch's list is not the one it signed"
        case .badCheckpoint:
            "the custody log's checkpoint in dispatch's answer is not signed by the log"
        case .wentBack:
            "dispatch shows less than it has shown before: something was dropped, or there are two views of the log"
        }
    }
}

/// A head whose signature, audience, request and checkpoint have been checked.
package struct VerifiedHead: Equatable, Sendable {
    /// What it says.
    package let head: Head
    /// The checkpoint it carries.
    package let checkpoint: VerifiedCheckpoint
    /// The head's bytes and signature, to be kept as evidence and compared with the next.
    package let bytes: [UInt8]

    /// Checks that this head does not contradict the newest one seen before.
    ///
    /// - Throws: ``HeadFault/wentBack``.
    package func check(after earlier: (sequence: Int, checkpoint: Checkpoint)) throws(HeadFault) {
        let (old, new) = (earlier.checkpoint, checkpoint.checkpoint)
        guard head.sequence >= earlier.sequence, new.origin == old.origin, new.size >= old.size,
            new.size > old.size || new.root == old.root
        else { throw .wentBack }
    }
}

extension HeadedAnswer {
    /// Checks everything but the list's own format.
    ///
    /// - Returns: the head and the encoded list.
    package func verified(
        by log: NoteVerifier, for audience: String, answering nonce: String
    ) throws(HeadFault) -> (head: VerifiedHead, list: [UInt8]) {
        guard log.key.verifies(signature, over: head) else { throw .badSignature }
        guard let claim = try? Head(decoding: head) else { throw .malformed }
        guard claim.audience == audience else { throw .otherAudience }
        guard claim.nonce == nonce else { throw .otherRequest }
        guard claim.list == Hash(sha256: list) else { throw .otherList }
        guard let unverified = try? UnverifiedCheckpoint(claim.checkpoint),
            let checkpoint = try? unverified.verified(by: log)
        else { throw .badCheckpoint }
        let verified = VerifiedHead(head: claim, checkpoint: checkpoint, bytes: head + signature)
        return (verified, list)
    }
}
