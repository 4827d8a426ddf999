/// A picture's likeness in 64 bits: the same picture made smaller, or saved again with more loss, has
/// nearly the same; a cut-out has not.
///
/// A difference hash (N. Krawetz, 2013): the picture as nine columns and eight rows of grey, and for
/// each two neighbours whether the left one is the brighter.
package struct PictureSketch: Equatable, Hashable, Sendable {
    /// Bits that may differ between two pictures that look alike.
    package static let threshold = 6
    /// Most bytes of a safe copy that is sketched.
    package static let copyBytes = 64 << 20
    private static let columns = 9
    private static let rows = 8
    /// Least difference of two neighbours that is seen, of 255.
    private static let step = 6
    /// Least neighbours that must differ: what is all one colour looks like everything.
    private static let leastSteps = 16

    /// One bit for each two neighbours, row by row, the first the highest.
    package let bits: UInt64

    /// The sketch of these bits.
    package init(bits: UInt64) { self.bits = bits }

    /// The sketch of `copy`, which must be one that ``PNGWriter`` wrote; nil for a picture that is too
    /// small, or in which there is too little to tell it by.
    ///
    /// - Throws: ``NotDone/unexpectedOutput`` for anything else.
    package init?(of copy: [UInt8]) throws(NotDone) {
        let picture = try OwnPNG(copy)
        guard picture.width >= Self.columns, picture.height >= Self.rows else { return nil }
        var cells = PictureCells(columns: Self.columns, rows: Self.rows, of: picture)
        try picture.eachRow { (row) throws(NotDone) in cells.add(row) }
        let grey = (0..<Self.rows).map { row in
            (0..<Self.columns).map { Self.grey(cells.means(ofRow: row)[($0 * 3)...]) }
        }
        var (bits, steps) = (UInt64(0), 0)
        for row in grey {
            for (left, right) in zip(row, row.dropFirst()) {
                bits = bits << 1 | (left > right ? 1 : 0)
                if abs(left - right) >= Self.step { steps += 1 }
            }
        }
        guard steps >= Self.leastSteps else { return nil }
        self.bits = bits
    }

    /// Whether two pictures look alike.
    package func isLike(_ other: PictureSketch) -> Bool {
        (bits ^ other.bits).nonzeroBitCount <= Self.threshold
    }

    private static func grey(_ pixel: ArraySlice<UInt8>) -> Int {
        let start = pixel.startIndex
        return (Int(pixel[start]) * 3 + Int(pixel[start + 1]) * 6 + Int(pixel[start + 2])) / 10
    }
}
