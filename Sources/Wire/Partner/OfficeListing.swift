package import Custody
package import Tips

/// `["sallyport.listing/1", [* [number, bundle, bytes]]]`: what one office may fetch.
///
/// Numbers are given to an office's bundles one by one as they are offered; the head's sequence is
/// the highest ever given. A number that is missing belongs to a bundle that is no longer served,
/// and `closed` lists those, so that nothing can be left out unseen.
package struct OfficeListing: PartnerBody, Equatable {
    package static let byteLimit = PartnerLimits.entries * 64 + 64

    /// One bundle.
    package struct Entry: Equatable, Sendable {
        /// Its number in the office's series, from 1.
        package let number: Int
        /// SHA-256 of its statement.
        package let bundle: Hash
        /// Bytes of the bundle.
        package let byteCount: Int

        /// An entry of these values.
        package init(number: Int, bundle: Hash, byteCount: Int) {
            self.number = number
            self.bundle = bundle
            self.byteCount = byteCount
        }
    }

    /// The bundles that can be fetched, in the order of their numbers.
    package let entries: [Entry]
    /// The numbers of bundles that are no longer served, ascending.
    package let closed: [Int]

    /// A listing of these bundles.
    package init(_ entries: [Entry], closed: [Int]) {
        self.entries = entries
        self.closed = closed
    }

    /// Whether every number from 1 to `sequence` is there once, and no other.
    package func isComplete(through sequence: Int) -> Bool {
        let numbers = (entries.map(\.number) + closed).sorted()
        return numbers.count == sequence && numbers.elementsEqual(1..<sequence + 1)
    }

    package func write(into writer: inout CBORWriter) {
        writer.array(3)
        writer.label("sallyport.listing/1")
        writer.list(entries) { writer, entry in
            writer.array(3)
            writer.uint(entry.number)
            writer.hash(entry.bundle)
            writer.uint(entry.byteCount)
        }
        writer.list(closed) { $0.uint($1) }
    }

    package static func read(_ reader: inout CBORReader) throws(FormatError) -> OfficeListing {
        try reader.array(count: 3)
        try reader.label("sallyport.listing/1")
        let entries = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in
            try reader.array(count: 3)
            return Entry(
                number: try reader.uint(in: 1...Int.max), bundle: try reader.hash(),
                byteCount: try reader.uint(in: 0...Int.max))
        }
        let closed = try reader.list(atMost: PartnerLimits.entries) {
            (reader) throws(FormatError) in try reader.uint(in: 1...Int.max)
        }
        return OfficeListing(entries, closed: closed)
    }
}
