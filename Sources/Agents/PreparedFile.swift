package import Agencies
package import Custody
package import Tips

/// Names one file of a draft: a bundle for one office that is being prepared.
package struct PreparedName: Hashable, Sendable {
    /// The tip.
    package let tip: TipID
    /// The draft: 32 random bytes.
    package let draft: Hash
    /// The office.
    package let office: OfficeID
    /// The file's name in the bundle, for example `parts/00.age`.
    package let file: String

    /// What every bundle has beside its parts.
    static let besideParts = ["predicate.age", "cover.age"]

    /// Whether a bundle has files of this name: the agent keeps no others.
    var isOfABundle: Bool {
        Self.besideParts.contains(file)
            || (0..<ReleaseStatement.maximumPartCount).contains {
                ReleaseStatement.partName($0) == file
            }
    }

    /// Whether it is a part, with something of the case in it.
    var isPart: Bool { !Self.besideParts.contains(file) }

    /// A name of these values.
    package init(tip: TipID, draft: Hash, office: OfficeID, file: String) {
        self.tip = tip
        self.draft = draft
        self.office = office
        self.file = file
    }
}

/// What the agent tells of a header that it keeps; never the header itself.
package struct PreparedFile: Equatable, Sendable {
    /// The file's name in the bundle.
    package let file: String
    /// SHA-256 of the office's header.
    package let header: Hash
    /// SHA-256 of the payload, as the agent computed it.
    package let payload: Hash
    /// Bytes of the payload.
    package let payloadBytes: Int
    /// SHA-256 of header and payload together.
    package let whole: Hash

    /// What is told of a header.
    package init(file: String, header: Hash, payload: Hash, payloadBytes: Int, whole: Hash) {
        self.file = file
        self.header = header
        self.payload = payload
        self.payloadBytes = payloadBytes
        self.whole = whole
    }

    func write(to writer: inout CBORWriter) {
        writer.array(5)
        writer.text(file)
        writer.bytes(header.bytes)
        writer.bytes(payload.bytes)
        writer.uint(payloadBytes)
        writer.bytes(whole.bytes)
    }

    init(reading reader: inout CBORReader) throws(FormatError) {
        try reader.array(count: 5)
        self.init(
            file: try reader.text(atMost: 64), header: try reader.hash(),
            payload: try reader.hash(), payloadBytes: try reader.uint(in: 0...Int.max),
            whole: try reader.hash())
    }
}
