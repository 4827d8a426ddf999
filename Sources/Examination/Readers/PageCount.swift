/// What `pdfinfo` says of a document.
package enum PageCount {
    /// Most pages that are believed.
    package static let limit = 1_000_000

    /// The number of pages. Of several such lines the last counts: poppler writes its own after the
    /// document's title and author, in which there may be anything.
    ///
    /// - Throws: ``NotDone/unexpectedOutput``.
    package static func parse(pdfinfo output: [UInt8]) throws(NotDone) -> Int {
        let name = [UInt8]("Pages:".utf8)
        let lines = output.split(separator: 0x0A).filter { $0.starts(with: name) }
        let value = lines.last?.dropFirst(name.count).drop { $0 == 0x20 }
        guard let pages = Decimal.parse(value, limit: limit) else { throw .unexpectedOutput }
        return pages
    }
}
