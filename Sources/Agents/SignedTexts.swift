internal import Custody
internal import Tips

/// What the desk's station may sign: never anything that a verifier signs.
package enum StationLabel: String, Sendable {
    /// The base of an HTTP request's signature (RFC 9421).
    case request
    /// A batch of mailbox slots.
    case mailboxBatch = "mailbox-batch"
    /// A message to one reporter.
    case message
    /// An order to dispatch in a carried folder: what the desk holds, or re-arming.
    case carriedOrder = "carried-order"

    /// Whether `text` is what the label says, as far as its beginning tells.
    func fits(_ text: [UInt8]) -> Bool {
        switch self {
        case .request: text.starts(with: Array("\"@method\": ".utf8))
        case .mailboxBatch: text.isCBOR(3, "sallyport.mailbox-batch/1")
        case .message: text.isCBOR(8, "sallyport.message/1")
        case .carriedOrder: text.isCBOR(4, "sallyport.carried-order/1")
        }
    }
}

/// What a verifier's key signs: nothing else.
package enum SigningLabel: String, Sendable {
    /// The DSSE encoding of a release statement.
    case release
    /// SHA256SUMS of a bundle.
    case sums
    /// A question to a reporter, by who wrote it or who read it.
    case question
    /// A decision to reject or erase a tip.
    case decision
    /// Consent that this person read in a file that was sealed without the page.
    case consent

    /// Whether `text` is what the label says.
    func fits(_ text: [UInt8]) -> Bool {
        switch self {
        case .release: Self.isRelease(text)
        case .sums: Self.isSums(text)
        case .question: text.isCBOR(5, "sallyport.question/1")
        case .decision: text.isCBOR(3, "sallyport.decision/1")
        case .consent: text.isCBOR(3, "sallyport.transcribed-consent/1")
        }
    }

    /// The pre-authentication encoding of a statement that is a release.
    private static func isRelease(_ text: [UInt8]) -> Bool {
        let type = Statement.payloadType
        let prefix = Array("DSSEv1 \(type.utf8.count) \(type) ".utf8)
        guard text.starts(with: prefix),
            let space = text[prefix.count...].firstIndex(of: 0x20)
        else { return false }
        let payload = [UInt8](text[(space + 1)...])
        guard let statement = try? Statement(payload), (try? ReleaseStatement(statement)) != nil
        else { return false }
        return SignatureEnvelope(payloadType: type, payload: payload).signedBytes == text
    }

    /// Lines of a digest, two spaces and the name of a sealed file of a bundle.
    private static func isSums(_ text: [UInt8]) -> Bool {
        guard text.last == 0x0A, text.count <= 64 * 1024 else { return false }
        let lines = text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        let names =
            (PreparedName.besideParts
                + (0..<ReleaseStatement.maximumPartCount).map(ReleaseStatement.partName))
        guard (PreparedName.besideParts.count...names.count).contains(lines.count) else {
            return false
        }
        return zip(lines, names).allSatisfy { line, name in
            line.count == 66 + name.utf8.count
                && line[(line.startIndex + 64)...].elementsEqual(
                    "  \(name)".utf8)
                && Hash(hex: String(decoding: line.prefix(64), as: UTF8.self)) != nil
        }
    }
}

extension [UInt8] {
    /// Whether this begins as a CBOR array of `count` items whose first is `label`.
    fileprivate func isCBOR(_ count: Int, _ label: StaticString) -> Bool {
        let prefix = try? CBOR.decodePrefix(span, limit: AgentSocket.messageLimit) {
            (reader) throws(FormatError) in
            try reader.array(count: count)
            try reader.label(label)
        }
        return prefix != nil
    }
}
