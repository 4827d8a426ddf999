/// Reads a PDF that ``PDFWriter`` wrote, and nothing else, so that its pages can be shown one by one as
/// pictures: what draws a page there is compressed exactly as in PNG.
package struct OwnPDF {
    private let file: [UInt8]
    /// Where each object begins; index 0 is object 1.
    private let offsets: [Int]

    /// Objects of a file without pages.
    private static let fixedObjects = 2
    /// Objects of each page: its picture first, then the length of that.
    private static let objectsPerPage = 4

    /// - Throws: ``NotDone/unexpectedOutput``.
    package init(_ file: [UInt8]) throws(NotDone) {
        self.file = file
        var reader = Cursor(file, at: try Self.tableStart(file))
        try reader.expect("xref\n0 ")
        let count = try reader.number(atMost: Self.objectLimit + 1) - 1
        try reader.expect("\n0000000000 65535 f \n")
        guard count >= Self.fixedObjects,
            (count - Self.fixedObjects).isMultiple(of: Self.objectsPerPage)
        else { throw .unexpectedOutput }
        var offsets: [Int] = []
        for _ in 0..<count {
            offsets.append(try reader.digits(10))
            try reader.expect(" 00000 n \n")
        }
        self.offsets = offsets
    }

    /// How many pages there are.
    package var pageCount: Int { (offsets.count - Self.fixedObjects) / Self.objectsPerPage }

    /// A page as PNG.
    ///
    /// - Parameter number: from 1.
    /// - Throws: ``NotDone/unexpectedOutput``, also when there is no such page.
    package func png(page number: Int) throws(NotDone) -> [UInt8] {
        guard (1...max(1, pageCount)).contains(number), pageCount > 0 else {
            throw .unexpectedOutput
        }
        let object = Self.fixedObjects + (number - 1) * Self.objectsPerPage + 1
        var reader = Cursor(file, at: offsets[object - 1])
        let (width, height) = try Self.head(&reader, object)
        let data = try reader.bytes(try length(object + 1))
        try reader.expect("\nendstream\nendobj\n")
        return PNGForm.head(width: width, height: height) + PNGForm.chunk("IDAT", data)
            + PNGForm.end
    }

    private static var objectLimit: Int {
        fixedObjects + objectsPerPage * ExaminationLimits.pages
    }

    private static func tableStart(_ file: [UInt8]) throws(NotDone) -> Int {
        let tail = file.suffix(40)
        guard let mark = tail.firstRange(of: [UInt8]("startxref\n".utf8)) else {
            throw .unexpectedOutput
        }
        var reader = Cursor(file, at: mark.upperBound)
        let start = try reader.number(atMost: file.count)
        try reader.expect("\n%%EOF\n")
        guard reader.isAtEnd else { throw .unexpectedOutput }
        return start
    }

    /// What ``PDFWriter`` writes before a picture.
    private static func head(
        _ reader: inout Cursor, _ object: Int
    ) throws(NotDone) -> (width: Int, height: Int) {
        let side = ExaminationLimits.pageSide
        try reader.expect("\(object) 0 obj\n<</Type/XObject/Subtype/Image/Width ")
        let width = try reader.number(atMost: side)
        try reader.expect("/Height ")
        let height = try reader.number(atMost: side)
        guard width > 0, height > 0 else { throw .unexpectedOutput }
        try reader.expect(
            "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
                + "/DecodeParms<</Predictor 15/Colors 3/Columns \(width)>>"
                + "/Length \(object + 1) 0 R>>\nstream\n")
        return (width, height)
    }

    private func length(_ object: Int) throws(NotDone) -> Int {
        var reader = Cursor(file, at: offsets[object - 1])
        try reader.expect("\(object) 0 obj\n")
        let length = try reader.number(atMost: file.count)
        try reader.expect("\nendobj\n")
        return length
    }

    /// A place in the file.
    private struct Cursor {
        private let file: [UInt8]
        private var position: Int

        init(_ file: [UInt8], at position: Int) {
            self.file = file
            self.position = min(position, file.count)
        }

        var isAtEnd: Bool { position == file.count }

        mutating func expect(_ text: String) throws(NotDone) {
            guard file[position...].starts(with: text.utf8) else { throw .unexpectedOutput }
            position += text.utf8.count
        }

        mutating func number(atMost limit: Int) throws(NotDone) -> Int {
            let digits = file[position...].prefix(15).prefix { (0x30...0x39).contains($0) }
            guard let number = Decimal.parse(digits, limit: limit) else { throw .unexpectedOutput }
            position += digits.count
            return number
        }

        mutating func digits(_ count: Int) throws(NotDone) -> Int {
            let digits = file[position...].prefix(count)
            guard digits.count == count,
                let number = Decimal.parse(digits, limit: file.count)
            else { throw .unexpectedOutput }
            position += count
            return number
        }

        mutating func bytes(_ count: Int) throws(NotDone) -> [UInt8] {
            guard count <= file.count - position else { throw .unexpectedOutput }
            defer { position += count }
            return Array(file[position..<position + count])
        }
    }
}
