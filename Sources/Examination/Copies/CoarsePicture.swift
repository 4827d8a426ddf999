/// A picture made so coarse that nothing can be made out in it: what is shown before somebody asks for
/// the picture itself. Whoever gets it has not been sent the picture.
package enum CoarsePicture {
    /// Pixels of its long side.
    package static let side = 16

    /// A PNG of the same shape as `copy`, which must be one that ``PNGWriter`` wrote.
    ///
    /// - Throws: ``NotDone/unexpectedOutput`` for anything else.
    package static func png(of copy: [UInt8]) throws(NotDone) -> [UInt8] {
        let picture = try OwnPNG(copy)
        let long = max(picture.width, picture.height)
        let columns = min(picture.width, max(1, picture.width * side / long))
        let rows = min(picture.height, max(1, picture.height * side / long))
        var cells = PictureCells(columns: columns, rows: rows, of: picture)
        try picture.eachRow { (row) throws(NotDone) in cells.add(row) }
        return try cells.png()
    }
}

/// Sums of what falls into each pixel of the coarse picture.
///
/// The filter *Up* looks at the byte above alone, so columns that are not sampled need not be
/// undone.
struct PictureCells {
    /// Columns of the picture that are looked at for each column of the coarse one.
    private static let samples = 4

    private let columns: Int
    private let rows: Int
    private let height: Int
    /// Where each sampled byte stands in a row.
    private let places: [Int]
    /// The sampled bytes of the row above.
    private var above: [UInt8]
    private var sums: [Int]
    private var counts: [Int]
    private var next = 0

    /// Nothing summed yet, of a picture that will be given row by row.
    init(columns: Int, rows: Int, of picture: OwnPNG) {
        self.columns = columns
        self.rows = rows
        height = picture.height
        let sampled = columns * Self.samples
        places = (0..<sampled).flatMap { sample in
            let x = sample * picture.width / sampled
            return (0..<3).map { 1 + x * 3 + $0 }
        }
        above = [UInt8](repeating: 0, count: sampled * 3)
        sums = [Int](repeating: 0, count: columns * rows * 3)
        counts = [Int](repeating: 0, count: rows)
    }

    /// The next row, as it is in the file.
    mutating func add(_ row: ArraySlice<UInt8>) {
        let target = min(rows - 1, next * rows / height)
        let start = row.startIndex
        for (index, place) in places.enumerated() {
            above[index] &+= row[start + place]
            let cell = index / 3 / Self.samples
            sums[(target * columns + cell) * 3 + index % 3] += Int(above[index])
        }
        counts[target] += Self.samples
        next += 1
    }

    /// Red, green and blue of each pixel of a row of the coarse picture.
    func means(ofRow row: Int) -> [UInt8] {
        (0..<columns * 3).map {
            UInt8(clamping: sums[row * columns * 3 + $0] / max(1, counts[row]))
        }
    }

    /// The coarse picture as a PNG.
    func png() throws(NotDone) -> [UInt8] {
        var filter = RowFilter(rowBytes: columns * 3)
        let deflater = try Deflater()
        var data: [UInt8] = []
        for row in 0..<rows { data += try deflater.add(filter.filter(means(ofRow: row))) }
        data += try deflater.finish()
        return PNGForm.head(width: columns, height: rows) + PNGForm.chunk("IDAT", data)
            + PNGForm.end
    }
}
