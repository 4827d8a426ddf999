/// Writes pages of pixels as PDF 1.4 (ISO 32000-1): a picture on each page, and nothing else: no
/// text, no font, no link, no program, no date, no name.
///
/// The long side of each page is that of A4; the picture's own size in centimetres is not known.
///
/// ```
/// 1 0 obj <</Type/Catalog/Pages 2 0 R>>       2 0 obj <</Type/Pages …>>
/// 3 0 obj the first page's picture             4 0 obj its length in bytes
/// 5 0 obj what draws it                        6 0 obj the page, and so on by fours
/// ```
struct PDFWriter: ~Copyable, RowSink {
    /// The long side of A4 in points.
    private static let longSide = 842

    private var file: MemoryFileWriter
    private let deflater: Deflater
    private var filter: RowFilter
    /// Where each object begins; index 0 is object 1.
    private var offsets: [Int]
    private var pages: [Int]
    private var size: (width: Int, height: Int)
    private var streamBytes: Int

    /// - Parameter limit: most bytes of the whole file.
    init(limit: Int) throws(NotDone) {
        let deflater = try Deflater()
        let file = try Self.memory(limit)
        self.file = file
        self.deflater = deflater
        filter = RowFilter(rowBytes: 0)
        offsets = [0, 0]
        pages = []
        size = (0, 0)
        streamBytes = 0
    }

    mutating func beginPage(width: Int, height: Int) throws(NotDone) {
        if file.byteCount == 0 { try put("%PDF-1.4\n") }
        size = (width, height)
        filter = RowFilter(rowBytes: width * 3)
        let picture = beginObject()
        try put(
            "\(picture) 0 obj\n<</Type/XObject/Subtype/Image/Width \(width)/Height \(height)"
                + "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
                + "/DecodeParms<</Predictor 15/Colors 3/Columns \(width)>>"
                + "/Length \(picture + 1) 0 R>>\nstream\n")
        streamBytes = 0
    }

    mutating func row(_ row: [UInt8]) throws(NotDone) {
        let ready = try deflater.add(filter.filter(row))
        streamBytes += ready.count
        try put(ready)
    }

    mutating func endPage() throws(NotDone) {
        let rest = try deflater.finish()
        streamBytes += rest.count
        try put(rest)
        try put("\nendstream\nendobj\n")
        let picture = offsets.count
        try object("\(streamBytes)")
        let long = max(size.width, size.height)
        let width = max(1, size.width * Self.longSide / long)
        let height = max(1, size.height * Self.longSide / long)
        let drawing = "q \(width) 0 0 \(height) 0 0 cm /I Do Q"
        try object("<</Length \(drawing.utf8.count)>>\nstream\n\(drawing)\nendstream")
        try object(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(width) \(height)]"
                + "/Resources<</XObject<</I \(picture) 0 R>>>>/Contents \(picture + 2) 0 R>>")
        pages.append(offsets.count)
    }

    /// The file.
    consuming func finish() throws(NotDone) -> MemoryFile {
        try end()
        return try Self.seal(file)
    }

    private mutating func end() throws(NotDone) {
        try object("<</Type/Catalog/Pages 2 0 R>>", number: 1)
        let kids = pages.map { "\($0) 0 R" }.joined(separator: " ")
        try object("<</Type/Pages/Count \(pages.count)/Kids[\(kids)]>>", number: 2)
        let start = file.byteCount
        try put("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n")
        for offset in offsets {
            let digits = String(offset)
            try put(String(repeating: "0", count: 10 - digits.utf8.count) + digits + " 00000 n \n")
        }
        try put("trailer\n<</Size \(offsets.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n")
    }

    private mutating func beginObject() -> Int {
        offsets.append(file.byteCount)
        return offsets.count
    }

    private mutating func object(_ body: String, number: Int? = nil) throws(NotDone) {
        if let number { offsets[number - 1] = file.byteCount }
        let number = number ?? beginObject()
        try put("\(number) 0 obj\n\(body)\nendobj\n")
    }

    private mutating func put(_ text: String) throws(NotDone) { try put([UInt8](text.utf8)) }

    private mutating func put(_ bytes: [UInt8]) throws(NotDone) {
        do throws(MemoryFileError) { try file.append(bytes) } catch { throw NotDone(error) }
    }
}
