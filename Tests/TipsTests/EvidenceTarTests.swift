import NativePrimitives
import Sealing
import Testing

@testable import Tips

@Suite struct EvidenceTarTests {
    private func archive(_ original: [UInt8]) -> [UInt8] {
        guard let header = EvidenceTar.header(size: original.count) else { return [] }
        let tail = EvidenceTar.tailLength(size: original.count)
        return header + original + [UInt8](repeating: 0, count: tail)
    }

    private func read(_ bytes: [UInt8], step: Int = 700) throws(EvidenceTarError) -> [UInt8] {
        var reader = EvidenceTarReader()
        var original: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + step)
            try reader.push(bytes.span.extracting(start..<end), into: &original)
            start = end
        }
        try reader.finish()
        return original
    }

    /// The digest of the first block of what GNU tar 1.34 writes for a file `evidence` of five
    /// bytes with `--format=ustar --owner=0 --group=0 --numeric-owner --mtime=@0 --mode=0644`.
    @Test("the header is GNU tar's, byte for byte")
    func golden() {
        #expect(
            EvidenceTar.header(size: 5).map(sha256)
                == "2d0b472ab0b5e22ce1cb1a50bf96402fdcfb5cc7cfa17e7afc3359db14a87adf")
    }

    @Test(
        "originals of every size near a block come back bit by bit",
        arguments: [
            0, 1, 5, 511, 512, 513, 1023, 1024, 1025, 65_535, 65_536, 100_000,
        ])
    func roundTrip(_ size: Int) throws {
        let original = P.randomBytes(count: size)
        let bytes = archive(original)
        #expect(bytes.count == EvidenceTar.totalLength(size: size))
        #expect(Padding.isPadded(bytes.count) && bytes.count % 512 == 0)
        #expect(bytes.count >= 512 + size + 1024)
        for step in [1, 511, 512, 4096, bytes.count] where step > 1 || size < 2000 {
            #expect(try read(bytes, step: step) == original)
        }
    }

    @Test("the padded length is whole blocks at every scale")
    func lengths() {
        for exponent in 0...32 {
            for offset in [-1, 0, 1, 511, 513] {
                let size = max(0, 1 << exponent + offset)
                #expect(EvidenceTar.totalLength(size: size) % 512 == 0)
                #expect(EvidenceTar.tailLength(size: size) >= 1024)
            }
        }
        #expect(EvidenceTar.header(size: Limits.evidenceBytes) != nil)
        #expect(EvidenceTar.header(size: Limits.evidenceBytes + 1) == nil)
        #expect(EvidenceTar.header(size: -1) == nil)
    }

    @Test("cut anywhere or longer, an archive is refused")
    func truncations() {
        let bytes = archive([UInt8]("hello".utf8))
        for count in 0..<bytes.count {
            #expect(throws: EvidenceTarError.wrongLength) { try read([UInt8](bytes[..<count])) }
        }
        #expect(throws: EvidenceTarError.wrongLength) { try read(bytes + [0]) }
    }

    @Test("any byte changed outside the original, an archive is refused")
    func mutations() throws {
        let bytes = archive([UInt8]("hello".utf8))
        for index in bytes.indices where !(512..<517).contains(index) {
            var changed = bytes
            changed[index] ^= 1
            #expect(throws: EvidenceTarError.self) { try read(changed) }
        }
    }

    @Test("a second member, a link, a path and a dirty tail are told apart")
    func reasons() throws {
        let bytes = archive([UInt8]("hello".utf8))
        let header = try #require(EvidenceTar.header(size: 5))
        func changed(_ edit: (inout [UInt8]) -> Void) -> [UInt8] {
            var copy = bytes
            edit(&copy)
            return copy
        }
        let second = changed { $0.replaceSubrange(1024..<1536, with: header) }
        #expect(throws: EvidenceTarError.secondMember) { try read(second) }
        for type in ["1", "2", "5", "L", "x"].map({ Array($0.utf8)[0] }) {
            #expect(throws: EvidenceTarError.notAFile) { try read(changed { $0[156] = type }) }
        }
        let path = changed { $0.replaceSubrange(0..<8, with: "../../ev".utf8) }
        #expect(throws: EvidenceTarError.otherName) { try read(path) }
        let prefixed = changed { $0.replaceSubrange(345..<349, with: "/etc".utf8) }
        #expect(throws: EvidenceTarError.otherName) { try read(prefixed) }
        #expect(throws: EvidenceTarError.nonZeroTail) { try read(changed { $0[600] = 1 }) }
        #expect(throws: EvidenceTarError.nonZeroTail) { try read(changed { $0[1100] = 1 }) }
        #expect(throws: EvidenceTarError.badHeader) { try read(changed { $0[140] = 0x31 }) }
        #expect(throws: EvidenceTarError.badHeader) { try read(changed { $0[124] = 0x39 }) }
    }
}
