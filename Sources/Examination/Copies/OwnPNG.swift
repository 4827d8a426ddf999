/// Reads a PNG that ``PNGWriter`` wrote, and nothing else: one form of `IHDR`, then `IDAT`, then
/// `IEND`, each with a right checksum; every row with the filter *Up*.
struct OwnPNG {
    /// Pixels across.
    let width: Int
    /// Pixels down.
    let height: Int

    private let file: [UInt8]

    /// - Throws: ``NotDone/unexpectedOutput``.
    init(_ file: [UInt8]) throws(NotDone) {
        let head = Array(file.prefix(PNGForm.headBytes))
        let ihdr = PNGForm.signature.count + 8
        guard head.count == PNGForm.headBytes else { throw .unexpectedOutput }
        let width = Self.number(head[ihdr..<ihdr + 4])
        let height = Self.number(head[ihdr + 4..<ihdr + 8])
        let sides = 1...ExaminationLimits.pictureSide
        guard sides.contains(width), sides.contains(height),
            head == PNGForm.head(width: width, height: height)
        else { throw .unexpectedOutput }
        self.width = width
        self.height = height
        self.file = file
    }

    /// Lends every row as it is in the file: the filter's number, then the filtered bytes.
    ///
    /// - Throws: ``NotDone/unexpectedOutput``.
    func eachRow(_ body: (ArraySlice<UInt8>) throws(NotDone) -> Void) throws(NotDone) {
        let rowBytes = 1 + width * 3
        let inflater = try Inflater()
        var held: [UInt8] = []
        var rows = 0
        try eachData { (data) throws(NotDone) in
            try inflater.take(data) { (piece) throws(NotDone) in
                held += piece
                var start = 0
                while held.count - start >= rowBytes {
                    let row = held[start..<start + rowBytes]
                    guard rows < height, row.first == RowFilter.up else { throw .unexpectedOutput }
                    try body(row)
                    rows += 1
                    start += rowBytes
                }
                held.removeFirst(start)
            }
        }
        guard rows == height, held.isEmpty, inflater.isAtEnd else { throw .unexpectedOutput }
    }

    /// Lends the content of every `IDAT`.
    private func eachData(_ body: ([UInt8]) throws(NotDone) -> Void) throws(NotDone) {
        let end = file.count - PNGForm.end.count
        var position = PNGForm.headBytes
        while position < end {
            guard end - position >= 12 else { throw .unexpectedOutput }
            let count = Self.number(file[position..<position + 4])
            guard count <= end - position - 12 else { throw .unexpectedOutput }
            let content = Array(file[position + 8..<position + 8 + count])
            guard
                file[position..<position + 12 + count].elementsEqual(
                    PNGForm.chunk("IDAT", content))
            else { throw .unexpectedOutput }
            try body(content)
            position += 12 + count
        }
        guard position == end, file[end...].elementsEqual(PNGForm.end) else {
            throw .unexpectedOutput
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
