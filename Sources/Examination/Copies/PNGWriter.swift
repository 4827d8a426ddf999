/// Writes one picture as PNG (RFC 2083): signature, `IHDR`, `IDAT`, `IEND`, and nothing else that
/// could hold anything but the pixels.
struct PNGWriter: ~Copyable, RowSink {
    private var file: MemoryFileWriter
    private let deflater: Deflater
    private var filter: RowFilter

    /// - Parameter limit: most bytes of the whole file.
    init(limit: Int) throws(NotDone) {
        let deflater = try Deflater()
        let file = try Self.memory(limit)
        self.file = file
        self.deflater = deflater
        filter = RowFilter(rowBytes: 0)
    }

    mutating func beginPage(width: Int, height: Int) throws(NotDone) {
        try put(PNGForm.head(width: width, height: height))
        filter = RowFilter(rowBytes: width * 3)
    }

    mutating func row(_ row: [UInt8]) throws(NotDone) {
        let ready = try deflater.add(filter.filter(row))
        if !ready.isEmpty { try put(PNGForm.chunk("IDAT", ready)) }
    }

    mutating func endPage() throws(NotDone) {
        try put(PNGForm.chunk("IDAT", deflater.finish()))
        try put(PNGForm.end)
    }

    /// The file.
    consuming func finish() throws(NotDone) -> MemoryFile { try Self.seal(file) }

    private mutating func put(_ bytes: [UInt8]) throws(NotDone) {
        do throws(MemoryFileError) { try file.append(bytes) } catch { throw NotDone(error) }
    }
}

extension RowSink where Self: ~Copyable {
    /// A file in memory for a copy.
    static func memory(_ limit: Int) throws(NotDone) -> MemoryFileWriter {
        do throws(MemoryFileError) {
            return try MemoryFileWriter(limit: limit)
        } catch {
            throw NotDone(error)
        }
    }

    /// The copy, which nobody changes any more.
    static func seal(_ file: consuming MemoryFileWriter) throws(NotDone) -> MemoryFile {
        do throws(MemoryFileError) { return try file.sealed() } catch { throw NotDone(error) }
    }
}

extension NotDone {
    /// A copy that has no room.
    init(_ error: MemoryFileError) { self = error == .tooLarge ? .outputLimit : .memoryLimit }
}
