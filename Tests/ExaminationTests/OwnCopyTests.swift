import Testing

@testable import Examination

/// Reading the copies that were written here, to show them page by page or hardly at all.
@Suite struct OwnCopyTests {
    private func whole(_ file: MemoryFile) throws -> [UInt8] {
        try file.read(at: 0, count: file.byteCount)
    }

    private func ppm(
        _ width: Int, _ height: Int, _ pixel: (Int, Int) -> [UInt8]
    ) -> [UInt8] {
        let pixels = (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
        return [UInt8]("P6\n\(width) \(height)\n255\n".utf8) + pixels
    }

    private func noise(_ x: Int, _ y: Int) -> [UInt8] {
        (0..<3).map { UInt8(truncatingIfNeeded: (x &* 31 &+ y &* 17 &+ $0) &* 2_654_435_761 >> 7) }
    }

    private func png(_ stream: [UInt8]) throws -> [UInt8] {
        var reader = PixelReader(
            limits: PixelLimits(side: 4096, pages: 1), sink: try PNGWriter(limit: 1 << 24))
        try reader.take(stream)
        return try whole(reader.finish().finish())
    }

    private func pdf(_ stream: [UInt8]) throws -> [UInt8] {
        var reader = PixelReader(
            limits: PixelLimits(side: 2000, pages: 9), sink: try PDFWriter(limit: 1 << 24))
        try reader.take(stream)
        return try whole(reader.finish().finish())
    }

    /// The pixels of a PNG of ours, row by row.
    private func pixels(_ png: [UInt8]) throws -> [[UInt8]] {
        var rows: [[UInt8]] = []
        try OwnPNG(png).eachRow { row in
            let above = rows.last ?? [UInt8](repeating: 0, count: row.count - 1)
            rows.append(zip(row.dropFirst(), above).map { $0 &+ $1 })
        }
        return rows
    }

    @Test func aPictureIsReadAsItWasWritten() throws {
        let picture = ppm(300, 200, noise)
        let read = try pixels(try png(picture))
        #expect(read.flatMap(\.self) == Array(picture.dropFirst("P6\n300 200\n255\n".utf8.count)))
    }

    @Test func theCoarsePictureIsSixteenPixelsOfMeans() throws {
        // Stripes of one pixel: what is fine vanishes, what is large stays.
        let picture = try png(
            ppm(640, 320) { x, y in
                y % 2 == 0 ? [x < 320 ? 200 : 0, 0, 0] : [0, 0, x < 320 ? 0 : 100]
            })
        let coarse = try CoarsePicture.png(of: picture)
        let shape = try OwnPNG(coarse)
        #expect(shape.width == 16 && shape.height == 8)
        for row in try pixels(coarse) {
            #expect(Array(row.prefix(24)) == (0..<8).flatMap { _ in [100, 0, 0] as [UInt8] })
            #expect(Array(row.suffix(24)) == (0..<8).flatMap { _ in [0, 0, 50] as [UInt8] })
        }
        #expect(coarse.count < 1024)
    }

    @Test(arguments: [(1, 1), (3, 2), (4096, 1), (1, 4096), (17, 5)])
    func anyShapeHasACoarsePicture(width: Int, height: Int) throws {
        let shape = try OwnPNG(
            try CoarsePicture.png(of: png(ppm(width, height, noise))))
        #expect(shape.width <= 16 && shape.height <= 16)
        #expect(shape.width >= 1 && shape.height >= 1)
    }

    @Test func thePagesOfADocumentAreThePicturesThatWentIn() throws {
        let (first, second) = (ppm(30, 40, noise), ppm(40, 30) { x, _ in [UInt8(x), 1, 2] })
        let document = try OwnPDF(try pdf(first + second))
        #expect(document.pageCount == 2)
        #expect(try pixels(document.png(page: 1)) == pixels(png(first)))
        #expect(try pixels(document.png(page: 2)) == pixels(png(second)))
        for number in [0, 3, -1, Int.max] {
            #expect(throws: NotDone.unexpectedOutput) { try document.png(page: number) }
        }
    }

    @Test func everyShortenedFileIsRefused() throws {
        let picture = try png(ppm(5, 4, noise))
        for count in 0..<picture.count {
            let start = Array(picture.prefix(count))
            #expect(throws: NotDone.self) { try CoarsePicture.png(of: start) }
        }
        let document = try pdf(ppm(5, 4, noise))
        for count in 0..<document.count {
            #expect(throws: NotDone.self) { try OwnPDF(Array(document.prefix(count))) }
        }
    }

    @Test func aPictureWithAnyByteChangedIsRefused() throws {
        let picture = try png(ppm(5, 4, noise))
        for index in picture.indices {
            var other = picture
            other[index] ^= 1
            #expect(throws: NotDone.self, "byte \(index)") { try CoarsePicture.png(of: other) }
        }
        #expect(throws: NotDone.self) { try CoarsePicture.png(of: picture + [0]) }
    }

    /// Nothing but one form of each object is read; what is changed inside the picture's data is the
    /// digest's matter.
    @Test func aDocumentWithAnotherFormIsRefused() throws {
        let bytes = try pdf(ppm(5, 4, noise))
        for (old, new) in [
            ("/DeviceRGB", "/DeviceXXX"), ("xref\n0 7", "xref\n0 9"), (" 00000 n", " 00001 n"),
            ("/Width 5", "/Width 0"), ("endstream", "endstreaM"), ("4 0 obj\n", "4 0 obj\t"),
            ("/Predictor 15", "/Predictor 10"),
        ] {
            let range = try #require(bytes.firstRange(of: [UInt8](old.utf8)))
            var other = bytes
            other.replaceSubrange(range, with: [UInt8](new.utf8))
            #expect(throws: NotDone.self, "\(new)") { _ = try OwnPDF(other).png(page: 1) }
        }
    }

    /// A face of light and shade that any size shows.
    private func shade(_ width: Int, _ height: Int, turned: Bool = false, noise: Int = 0) -> [UInt8]
    {
        ppm(width, height) { x, y in
            let (u, v) = (x * 240 / width, y * 240 / height)
            let (a, b) = turned ? (v, u) : (u, v)
            let light = (a * 7 % 200 + b * b / 300 + (a / 40 * b / 30) * 11) % 256
            let grain = noise == 0 ? 0 : (x &* 31 &+ y &* 17) % noise
            return [UInt8(clamping: light + grain), UInt8(clamping: light), UInt8(clamping: light)]
        }
    }

    @Test func aPictureMadeSmallerLooksAlike() throws {
        let whole = try #require(try PictureSketch(of: png(shade(640, 480))))
        let smaller = try #require(try PictureSketch(of: png(shade(320, 240))))
        let grainy = try #require(try PictureSketch(of: png(shade(640, 480, noise: 9))))
        let other = try #require(try PictureSketch(of: png(shade(640, 480, turned: true))))
        #expect(whole.isLike(smaller) && whole.isLike(grainy) && !whole.isLike(other))
    }

    @Test func whatShowsNearlyNothingIsLikeNothing() throws {
        #expect(try PictureSketch(of: png(ppm(64, 64) { _, _ in [200, 200, 200] })) == nil)
        #expect(
            try PictureSketch(of: png(ppm(640, 480) { x, _ in [UInt8(x / 160), 0, 0] })) == nil)
        #expect(try PictureSketch(of: png(shade(8, 8))) == nil)
        #expect(throws: NotDone.unexpectedOutput) { try PictureSketch(of: [1, 2, 3]) }
    }
}
