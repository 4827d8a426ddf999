import Glibc
import Synchronization
import Testing

@testable import Examination

/// Whole examinations with the real tools, of files that are made here.
@Suite(.enabled(if: Machine.hasSandbox)) struct ExaminerTests {
    /// What one examination gave.
    private struct Found {
        let report: ExaminationReport
        let copies: [SafeCopy]
    }

    private func examine(_ bytes: [UInt8], _ extent: Examiner.Extent = .full) throws -> Found {
        let examiner = Examiner(sandbox: try Sandbox(), scanner: ClamAV(socketPath: nil))
        let file = try MemoryFile(bytes, limit: bytes.count)
        var copies: [SafeCopy] = []
        let report = try examiner.examine(file, extent: extent, unixTime: 0) { copies.append($0) }
        return Found(report: report, copies: copies)
    }

    /// A picture, made by the writer that makes safe copies.
    private func picture() throws -> [UInt8] {
        var reader = PixelReader(
            limits: PixelLimits(side: 100, pages: 1), sink: try PNGWriter(limit: 1 << 20))
        try reader.take(
            [UInt8]("P6\n8 8\n255\n".utf8) + (0..<192).map { UInt8(truncatingIfNeeded: $0) })
        let file = try reader.finish().finish()
        return try file.read(at: 0, count: file.byteCount)
    }

    @Test(.enabled(if: Machine.has("file", "vips", "vipsheader")))
    func aPictureIsCopiedFromItsPixels() throws {
        let marked = try picture() + [UInt8]("hidden behind the end".utf8)
        let found = try examine(marked)
        #expect(found.report.type == "image/png")
        #expect(found.report.accepted == [Acceptance(.picture, as: "pngload")])
        #expect((found.report.width, found.report.height) == (8, 8))
        let copy = try #require(found.copies.first)
        #expect(copy.kind == .picture)
        // The same pixels through the same writer, and nothing of what stood behind them.
        #expect(try copy.file.read(at: 0, count: copy.file.byteCount) == picture())
        #expect(found.report.scan.outcome == .couldNotScan(.notConfigured))
    }

    @Test(.enabled(if: Machine.has("file"))) func neverRenderStartsNoDecoder() throws {
        let found = try examine(try picture(), .neverRender)
        #expect(found.copies.isEmpty)
        #expect(found.report.type == "image/png")
        #expect(found.report.accepted.isEmpty)
        #expect(found.report.metadata == Metadata())
        #expect(found.report.gaps.contains(Gap(.copy, .neverRendered)))
    }

    @Test(.enabled(if: Machine.has("file"))) func aTextIsCleanedAndItsScriptsNamed() throws {
        let found = try examine([UInt8]("ကူညီပါ help \u{202E}txet\n".utf8))
        #expect(found.report.writingSystems == [.latin, .burmese])
        #expect(found.report.charactersLeftOut == 1)
        #expect(found.copies.map(\.kind) == [.text])
    }

    @Test(.enabled(if: Machine.has("file"))) func whatNobodyKnowsStaysSealed() throws {
        let found = try examine([0, 1, 2, 3, 0xFF, 0xFE, 9, 9])
        #expect(found.copies.isEmpty)
        #expect(found.report.gaps.contains(Gap(.copy, .unknownType)))
    }

    @Test(.enabled(if: Machine.has("file"))) func aPageIsNeverCopied() throws {
        let found = try examine([UInt8]("<!DOCTYPE html><html><script>alert(1)</script>".utf8))
        #expect(found.report.type == "text/html")
        #expect(found.report.accepted.contains(Acceptance(.page)))
        #expect(found.report.gaps.contains(Gap(.copy, .noCopyOfType)))
        #expect(found.copies.isEmpty)
    }

    @Test(.enabled(if: Machine.has("file", "bsdtar"))) func aMemberIsExaminedLikeAFile() throws {
        var tar = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            tar.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        put("note.txt", 0)
        put("0000644\u{0}0000000\u{0}0000000\u{0}00000000006\u{0}00000000000\u{0}        0", 100)
        put("ustar\u{0}00", 257)
        let sum = String(tar.reduce(0) { $0 + Int($1) }, radix: 8)
        put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ", 148)
        tar += [UInt8]("hello\n".utf8) + [UInt8](repeating: 0, count: 506 + 1024)
        let found = try examine(tar)
        #expect(found.report.members.map(\.name) == ["note.txt"])
        #expect(found.report.members.first?.type == "text/plain")
        #expect(found.copies.map(\.path) == [[0]])
    }

    @Test func whoSealsMayStopIt() throws {
        struct Full: Error {}
        let examiner = Examiner(sandbox: try Sandbox(), scanner: ClamAV(socketPath: nil))
        let file = try MemoryFile([UInt8]("text\n".utf8), limit: 5)
        #expect(throws: Full.self) {
            try examiner.examine(file, unixTime: 0) { _ in throw Full() }
        }
    }
}

/// Files in memory, and several at a time.
@Suite struct MemoryTests {
    @Test func aFileCannotBeChanged() throws {
        let file = try MemoryFile([1, 2, 3], limit: 3)
        #expect(unsafe pwrite(file.descriptor, [9], 1, 0) == -1)
        #expect(ftruncate(file.descriptor, 0) == -1)
        #expect(ftruncate(file.descriptor, 9) == -1)
        #expect(try file.read(at: 0, count: 9) == [1, 2, 3])
        #expect(try file.read(at: 2, count: 9) == [3])
        #expect(try file.read(at: 9, count: 9) == [])
        #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test func aFileHasALimit() throws {
        #expect(throws: MemoryFileError.tooLarge) { try MemoryFile([1, 2, 3], limit: 2) }
    }

    @Test func aStuckFileHoldsItsOwnPlaceOnly() {
        let done = Mutex<[Int]>([])
        SideBySide.run(6, atOnce: 2) { number in
            if number == 0 { usleep(400_000) }
            done.withLock { $0.append(number) }
        }
        #expect(done.withLock { $0 } == [1, 2, 3, 4, 5, 0])
    }

    @Test func noMoreRunThanMay() {
        let running = Atomic(0)
        let most = Atomic(0)
        SideBySide.run(12, atOnce: 3) { _ in
            let now = running.add(1, ordering: .relaxed).newValue
            _ = most.max(now, ordering: .relaxed)
            usleep(20_000)
            running.subtract(1, ordering: .relaxed)
        }
        #expect(most.load(ordering: .relaxed) == 3)
        SideBySide.run(0) { _ in Issue.record("there is nothing to do") }
    }
}
