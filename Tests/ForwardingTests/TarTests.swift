import Custody
import Forwarding
import ReleaseKit
import Testing
import Tips

/// Bundles are read as strictly as they are written.
@Suite struct TarTests {
    static func tar(_ files: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        try SampleBundle.tar(files)
    }

    func names(_ tar: [UInt8]) throws -> [String] {
        try TarReader(MemoryBytes(tar), memberLimit: 4).names
    }

    /// The header of `tar` with a field changed and its checksum put right again.
    func bending(_ tar: [UInt8], at offset: Int, to bytes: [UInt8]) -> [UInt8] {
        var tar = tar
        tar.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        tar.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
        let sum = tar[0..<512].reduce(0) { $0 + Int($1) }
        let digits = [UInt8](String(sum, radix: 8).utf8)
        let zeros = [UInt8](repeating: 0x30, count: 6 - digits.count)
        tar.replaceSubrange(148..<156, with: zeros + digits + [0, 0x20])
        return tar
    }

    @Test func `what is written is read`() throws {
        let tar = try Self.tar([
            ("a", []), ("parts/00.age", [1, 2, 3]), ("c", [UInt8](repeating: 7, count: 512)),
        ])
        let reader = try TarReader(MemoryBytes(tar), memberLimit: 3)
        #expect(reader.names == ["a", "parts/00.age", "c"])
        #expect(try reader.bytes(of: "parts/00.age", limit: 3) == [1, 2, 3])
        #expect(try reader.bytes(of: "parts/00.age", limit: 2) == nil)
        #expect(try reader.bytes(of: "c", at: 500, count: 100) == [UInt8](repeating: 7, count: 12))
        #expect(try reader.bytes(of: "b", limit: 9) == nil)
    }

    @Test(arguments: ["/a", "../a", "a/../b", "a//b", ".a", "a/", "", "a b", "a\\b", "ü"])
    func `names that lead elsewhere are not written`(name: String) {
        #expect(throws: TarError.badName) { try TarHeader.encode(name: name, byteCount: 0) }
    }

    @Test func `links, modes, owners, times and other names are refused`() throws {
        let tar = try Self.tar([("a", [1])])
        let bends: [(Int, String)] = [
            (156, "2"), (156, "1"), (156, "5"), (156, "x"), (156, "\0"), (0, "/"), (0, "."),
            (100, "0000755"), (108, "0000001"), (136, "00000000001"), (157, "b"), (257, "ustar  "),
            (265, "root"), (345, "x"), (124, "0000000000x"),
        ]
        for (offset, text) in bends {
            #expect(throws: TarError.self, "\(offset) \(text)") {
                try names(bending(tar, at: offset, to: [UInt8](text.utf8)))
            }
        }
        var badSum = tar
        badSum[150] ^= 1
        #expect(throws: TarError.badHeader) { try names(badSum) }
    }

    @Test func `the archive ends where it should`() throws {
        let tar = try Self.tar([("a", [1])])
        #expect(throws: TarError.badEnd) { try names(tar + [UInt8](repeating: 0, count: 512)) }
        #expect(throws: TarError.badEnd) { try names([UInt8](tar.dropLast(512))) }
        #expect(throws: TarError.truncated) { try names([UInt8](tar.dropLast(1024))) }
        #expect(throws: TarError.truncated) { try names([UInt8](tar.prefix(700))) }
        #expect(throws: TarError.truncated) { try names([]) }
        var hidden = tar
        hidden[600] = 1
        #expect(throws: TarError.badFilling) { try names(hidden) }
        var afterEnd = tar
        afterEnd[tar.count - 1] = 1
        #expect(throws: TarError.badEnd) { try names(afterEnd) }
    }

    @Test func `no duplicates, and no more members than allowed`() throws {
        #expect(throws: TarError.duplicate("a")) { try names(Self.tar([("a", []), ("a", [])])) }
        let five = (0..<5).map { (name: "\($0)", bytes: [UInt8]()) }
        #expect(throws: TarError.tooManyMembers) { try names(Self.tar(five)) }
    }

    @Test func `any range of a layout is the range of the tar`() throws {
        let world = try SampleWorld()
        let bundle = try SampleRelease(in: world).build(in: world)
        let layout = try bundle.layout()
        let whole = try bundle.tar()
        #expect(layout.byteCount == whole.count)
        for range in [
            0..<1, 511..<513, 0..<whole.count, 5_000..<110_000, whole.count - 3..<whole.count,
        ] {
            var bytes: [UInt8] = []
            for slice in layout.slices(range) {
                switch slice {
                case .bytes(let run): bytes += run
                case .payload(let digest, let inner):
                    bytes += try required(bundle.payloads.first { Hash(sha256: $0) == digest })[
                        inner]
                }
            }
            #expect(bytes == [UInt8](whole[range]))
        }
        #expect(layout.slices(whole.count..<whole.count + 9).isEmpty)
    }
}
