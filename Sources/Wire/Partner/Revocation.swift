package import Custody
package import Tips

/// `["sallyport.revocation/1", key fingerprint]`: stop every bundle sealed to this office's key.
package struct Revocation: PartnerBody, Equatable {
    package static let byteLimit = 128

    /// SHA-256 of the office's recipient as age prints it.
    package let keyFingerprint: Hash

    /// The revocation of a key.
    package init(keyFingerprint: Hash) {
        self.keyFingerprint = keyFingerprint
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.revocation/1")
        writer.hash(keyFingerprint)
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> Revocation {
        try reader.array(count: 2)
        try reader.label("sallyport.revocation/1")
        return Revocation(keyFingerprint: try reader.hash())
    }
}

/// `["sallyport.exposure/1", [* [bundle, tip, office, has left, was stopped, [* payload]]]]`: all
/// bundles that were sealed to a revoked key.
package struct ExposureReport: PartnerBody, Equatable {
    package static let byteLimit = 16 * 1024 * 1024

    /// One bundle that the key can open.
    package struct Entry: Equatable, Sendable {
        /// SHA-256 of its statement.
        package let bundle: Hash
        /// The tip.
        package let tip: Hash
        /// The office's identifier.
        package let office: String
        /// Whether any byte of it was ever handed out: then the key's holder can read it.
        package let hasLeft: Bool
        /// Whether this revocation stopped it.
        package let wasStopped: Bool
        /// The payloads in it.
        package let payloads: [Hash]

        /// An entry of these values.
        package init(
            bundle: Hash, tip: Hash, office: String, hasLeft: Bool, wasStopped: Bool,
            payloads: [Hash]
        ) {
            self.bundle = bundle
            self.tip = tip
            self.office = office
            self.hasLeft = hasLeft
            self.wasStopped = wasStopped
            self.payloads = payloads
        }
    }

    /// The bundles, in the order of their digests.
    package let entries: [Entry]

    /// A report on these bundles.
    package init(_ entries: [Entry]) {
        self.entries = entries
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.exposure/1")
        writer.list(entries) { writer, entry in
            writer.array(6)
            writer.hash(entry.bundle)
            writer.hash(entry.tip)
            writer.text(entry.office)
            writer.bool(entry.hasLeft)
            writer.bool(entry.wasStopped)
            writer.list(entry.payloads) { $0.hash($1) }
        }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> ExposureReport {
        try reader.array(count: 2)
        try reader.label("sallyport.exposure/1")
        let entries = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in
            try reader.array(count: 6)
            return Entry(
                bundle: try reader.hash(), tip: try reader.hash(),
                office: try reader.text(atMost: PartnerLimits.nameBytes),
                hasLeft: try reader.bool(), wasStopped: try reader.bool(),
                payloads: try reader.list(atMost: PartnerLimits.entries) {
                    (reader) throws(FormatError) in try reader.hash()
                })
        }
        return ExposureReport(entries)
    }
}
