/// Takes pictures row by row, as they come out of a ``PixelReader``.
package protocol RowSink: ~Copyable {
    /// A picture begins.
    mutating func beginPage(width: Int, height: Int) throws(NotDone)
    /// The next row of three bytes a pixel: red, green, blue.
    mutating func row(_ row: [UInt8]) throws(NotDone)
    /// The picture is whole.
    mutating func endPage() throws(NotDone)
}

/// Reads a stream of PPM pictures (netpbm's `P6`, 8 bits), one after the other, from a worker that
/// may be in a stranger's hands.
///
/// Exactly this is accepted: `P6`, line feed, width, space, height, line feed, `255`, line feed,
/// then so many bytes. Sizes are bounded before anything is stored; one row is held at a time.
package struct PixelReader<Sink: RowSink & ~Copyable>: ~Copyable, OutputReader {
    /// Most bytes of a header: two sides of six digits.
    static var headerLimit: Int { 3 + 6 + 1 + 6 + 1 + 4 }

    /// What is allowed.
    let limits: PixelLimits
    private var sink: Sink
    /// Whole pictures so far.
    package private(set) var pages = 0
    private var header: [UInt8] = []
    private var row: [UInt8] = []
    private var rowBytes = 0
    private var rowsLeft = 0

    /// A reader at the start of a stream.
    package init(limits: PixelLimits, sink: consuming Sink) {
        self.limits = limits
        self.sink = sink
    }

    package mutating func take(_ bytes: [UInt8]) throws(NotDone) {
        var rest = bytes[...]
        while let byte = rest.first {
            if rowsLeft > 0 {
                let piece = rest.prefix(rowBytes - row.count)
                row += piece
                rest = rest.dropFirst(piece.count)
                if row.count == rowBytes { try endRow() }
            } else {
                rest = rest.dropFirst()
                header.append(byte)
                try readHeader()
            }
        }
    }

    /// Ends reading; gives back the sink.
    ///
    /// - Throws: ``NotDone/unexpectedOutput`` inside a picture, ``NotDone/decoderRefused`` for none.
    package consuming func finish() throws(NotDone) -> Sink {
        guard rowsLeft == 0, header.isEmpty else { throw .unexpectedOutput }
        guard pages > 0 else { throw .decoderRefused }
        return sink
    }

    private mutating func endRow() throws(NotDone) {
        try sink.row(row)
        row.removeAll(keepingCapacity: true)
        rowsLeft -= 1
        guard rowsLeft == 0 else { return }
        try sink.endPage()
        pages += 1
    }

    private mutating func readHeader() throws(NotDone) {
        guard header.count <= Self.headerLimit, zip(header, "P6\n".utf8).allSatisfy(==) else {
            throw .unexpectedOutput
        }
        let lines = header.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count == 4 else { return }
        let sides = lines[1].split(separator: 0x20, omittingEmptySubsequences: false)
        guard lines[2].elementsEqual("255".utf8), sides.count == 2,
            sides.allSatisfy({ $0.first != 0x30 }),
            let width = Decimal.parse(sides[0], limit: limits.side),
            let height = Decimal.parse(sides[1], limit: limits.side)
        else { throw .unexpectedOutput }
        guard pages < limits.pages else { throw .tooMany }
        header.removeAll(keepingCapacity: true)
        rowBytes = width * 3
        rowsLeft = height
        try sink.beginPage(width: width, height: height)
    }
}

/// The most that a stream of pictures may have.
package struct PixelLimits: Sendable {
    /// Pixels of a side.
    let side: Int
    /// Pictures.
    let pages: Int

    /// Limits.
    package init(side: Int, pages: Int) {
        self.side = side
        self.pages = pages
    }
}
