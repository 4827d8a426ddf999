package import Custody
package import Tips

/// `["sallyport.hashes/1", [* bstr32]]`: digests that the desk confirms.
package struct HashList: PartnerBody, Equatable {
    package static let byteLimit = PartnerLimits.entries * 34 + 64

    /// The digests.
    package let hashes: [Hash]

    /// A list of digests, at most ``PartnerLimits/entries``.
    package init(_ hashes: [Hash]) {
        self.hashes = hashes
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(2)
        writer.label("sallyport.hashes/1")
        writer.list(hashes) { $0.hash($1) }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> HashList {
        try reader.array(count: 2)
        try reader.label("sallyport.hashes/1")
        return HashList(
            try reader.list(atMost: PartnerLimits.entries) {
                (reader) throws(FormatError) in try reader.hash()
            })
    }
}
