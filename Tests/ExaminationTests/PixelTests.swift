import CZlib
import Glibc
import Testing

@testable import Examination

/// Pictures as they come out of workers, and the copies that are made of them.
@Suite struct PixelTests {
    private func whole(_ file: MemoryFile) throws -> [UInt8] {
        try file.read(at: 0, count: file.byteCount)
    }

    private func ppm(_ width: Int, _ height: Int) -> [UInt8] {
        let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        return [UInt8]("P6\n\(width) \(height)\n255\n".utf8) + pixels
    }

    private func png(_ stream: [UInt8], piece: Int = 1 << 20) throws -> [UInt8] {
        var reader = PixelReader(
            limits: PixelLimits(side: 1000, pages: 1), sink: try PNGWriter(limit: 1 << 24))
        for start in stride(from: 0, to: stream.count, by: piece) {
            try reader.take(Array(stream[start..<min(stream.count, start + piece)]))
        }
        return try whole(reader.finish().finish())
    }

    @Test(arguments: [1, 2, 3, 7, 100, 1 << 20])
    func aCopyIsTheSameInPiecesOfAnySize(piece: Int) throws {
        #expect(try png(ppm(20, 10), piece: piece) == png(ppm(20, 10)))
    }

    @Test func aCopyHoldsThePixels() throws {
        let file = try png(ppm(20, 10))
        #expect(file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        var rows = try inflated(idat(of: file))
        #expect(rows.count == 10 * 61)
        // Filter Up is undone: each byte and the one above it.
        var pixels: [UInt8] = []
        for row in 0..<10 {
            #expect(rows[row * 61] == 2)
            for index in row * 61 + 1..<(row + 1) * 61 {
                if row > 0 { rows[index] &+= rows[index - 61] }
                pixels.append(rows[index])
            }
        }
        #expect(pixels == Array(ppm(20, 10).dropFirst("P6\n20 10\n255\n".utf8.count)))
    }

    private func idat(of png: [UInt8]) -> [UInt8] {
        var data: [UInt8] = []
        var offset = 8
        while offset < png.count {
            let length = png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            let body = Array(png[offset + 4..<offset + 8 + length])
            let sum = png[offset + 8 + length..<offset + 12 + length].reduce(UInt32(0)) {
                $0 << 8 | UInt32($1)
            }
            #expect(sum == Checksum.crc32(body))
            if body.starts(with: "IDAT".utf8) { data += body.dropFirst(4) }
            offset += 12 + length
        }
        return data
    }

    private func inflated(_ data: [UInt8]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 1 << 20)
        var count = UInt(output.count)
        let result = unsafe uncompress(&output, &count, data, UInt(data.count))
        #expect(result == Z_OK)
        return Array(output.prefix(Int(count)))
    }

    @Test(arguments: [
        "P5\n1 1\n255\n", "P6\n0 1\n255\n", "P6\n1 0\n255\n", "P6\n1001 1\n255\n",
        "P6\n-1 1\n255\n", "P6\n1 1\n65535\n", "P6\n#comment\n1 1\n255\n", "P6 1 1 255\n",
        "P6\n1  1\n255\n", "P6\n1 1 1\n255\n", "P6\n\n1 1\n255\n", "\n\n\n\n",
        "P6\n0000001 1\n255\n", "P6\n999999999999 999999999999\n255\n",
    ])
    func otherHeadersAreRefused(header: String) throws {
        var reader = PixelReader(
            limits: PixelLimits(side: 1000, pages: 9), sink: try PNGWriter(limit: 1 << 20))
        var refused: NotDone?
        do { try reader.take([UInt8](header.utf8) + [0, 0, 0]) } catch { refused = error }
        #expect(refused == .unexpectedOutput)
    }

    @Test func anUnfinishedOrMissingPictureIsRefused() throws {
        #expect(throws: NotDone.unexpectedOutput) { try png(ppm(20, 10).dropLast()) }
        #expect(throws: NotDone.unexpectedOutput) { try png(Array("P6\n20 1".utf8)) }
        #expect(throws: NotDone.decoderRefused) { try png([]) }
    }

    private func png(_ stream: ArraySlice<UInt8>) throws -> [UInt8] { try png(Array(stream)) }

    @Test func aSecondPictureIsTooManyWhereOneIsMeant() throws {
        #expect(throws: NotDone.tooMany) { try png(ppm(2, 2) + ppm(2, 2)) }
    }

    @Test func aCopyHasALimit() throws {
        var reader = PixelReader(
            limits: PixelLimits(side: 1000, pages: 1), sink: try PNGWriter(limit: 100))
        var refused: NotDone?
        do { try reader.take(ppm(100, 100)) } catch { refused = error }
        #expect(refused == .outputLimit)
    }

    private func pdf(_ stream: [UInt8]) throws -> [UInt8] {
        var reader = PixelReader(
            limits: PixelLimits(side: 1000, pages: 9), sink: try PDFWriter(limit: 1 << 24))
        try reader.take(stream)
        return try whole(reader.finish().finish())
    }

    @Test func aDocumentIsPagesOfPixelsAndNothingElse() throws {
        let text = String(decoding: try pdf(ppm(30, 40) + ppm(40, 30)), as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1.4\n"))
        #expect(text.contains("/Count 2/Kids[6 0 R 10 0 R]"))
        for name in ["/Font", "/JS", "/URI", "/Annots", "/Info", "/Metadata", "/ID", "/Producer"] {
            #expect(!text.contains(name))
        }
    }

    @Test(.enabled(if: Machine.has("qpdf", "pdfinfo", "pdftotext")))
    func otherToolsAcceptTheDocument() throws {
        let path = "/tmp/examination-test-\(getpid()).pdf"
        let file = unsafe fopen(path, "w")
        defer { unsafe unlink(path) }
        let bytes = try pdf(ppm(30, 40) + ppm(400, 300) + ppm(1, 1000))
        unsafe fwrite(bytes, 1, bytes.count, file)
        unsafe fclose(file)
        #expect(shell("qpdf --check \(path) >/dev/null 2>&1"))
        #expect(shell("pdfinfo \(path) 2>&1 | grep -q '^Pages: *3$'"))
        #expect(
            shell("! pdfinfo \(path) | grep -qE '^(Title|Producer|Creator|Author|CreationDate)'"))
        #expect(shell("test -z \"$(pdftotext \(path) - | tr -d '\\f\\n')\""))
    }

    private func shell(_ command: String) -> Bool { unsafe system(command) == 0 }
}
