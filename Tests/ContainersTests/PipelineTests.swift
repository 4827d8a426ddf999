import Containers
import DurableFiles
import NativePrimitives
import Opening
import Sealing
import Testing

/// Many threads do exactly what one does.
@Suite struct PipelineTests {
    private typealias Key = Identity<NativePrimitives>

    private static let chunk = Payload.chunkBytes
    private static let segment = SegmentedSealer<NativePrimitives>.segmentBytes
    /// Around every edge, and anywhere.
    private static let lengths =
        [0, 1, chunk, 2 * chunk, segment, 2 * segment, 5 * segment]
        .flatMap { [$0 - 1, $0, $0 + 1] }.filter { $0 >= 0 }
        + (0..<12).map { _ in Int.random(in: 0...6 * segment) }

    private let identity: Key

    init() throws {
        identity = try Key.generate(.x25519)
    }

    @Test(arguments: lengths) func oneThreadOpensWhatManySealed(_ length: Int) throws {
        let plaintext = NativePrimitives.randomBytes(count: length)
        var source = MemorySource(plaintext)
        var sink = MemorySink()
        try ContainerSealing(to: [identity.recipient]).run(&source, into: &sink)
        let opened = openSerial(sink.bytes, identity)
        #expect(opened.error == nil)
        #expect(opened.released == plaintext)
    }

    @Test(arguments: lengths) func manyOpenWhatOneThreadSealed(_ length: Int) throws {
        let plaintext = NativePrimitives.randomBytes(count: length)
        let opened = try openParallel(MemorySource(sealed(plaintext)), [identity])
        #expect(opened.error == nil)
        #expect(opened.released == plaintext)
    }

    @Test(arguments: lengths) func filesAreWrittenWholeThoughOutOfOrder(_ length: Int) throws {
        let plaintext = NativePrimitives.randomBytes(count: length)
        let folder = try Folder()
        var source = MemorySource(plaintext)
        var file = try NewFile(at: folder.path + "/sealed")
        try ContainerSealing(to: [identity.recipient]).run(&source, into: &file)
        try file.commit()
        var opened = try NewFile(at: folder.path + "/opened")
        let opening = try ContainerOpening(
            try OpenFile(reading: folder.path + "/sealed"), with: { [identity] },
            passphrase: { Secret(count: 0) })
        try opening.run(into: &opened)
        try opened.commit()
        #expect(try Durable.read(folder.path + "/opened", limit: 1 << 24) == plaintext)
    }

    @Test(arguments: 0..<60) func damageIsNamedAndReleasedAlike(_ round: Int) throws {
        let length = Int.random(in: 0...4 * Self.segment)
        var container = try sealed(NativePrimitives.randomBytes(count: length))
        let (_, start) = try Header.parse(container.span)
        Self.damage(&container, from: start + Payload.nonceBytes)
        let serial = openSerial(container, identity)
        #expect(try openParallel(MemorySource(container), [identity]) == serial)
        #expect(serial.error != nil)
    }

    /// Flips a bit, cuts, adds, drops a chunk, or swaps two.
    private static func damage(_ container: inout [UInt8], from start: Int) {
        let sealedChunk = Payload.sealedChunkBytes
        let chunks = (container.count - start) / sealedChunk
        switch Int.random(in: 0..<5) {
        case 0: container[Int.random(in: start..<container.count)] ^= 1
        case 1: container.removeLast(Int.random(in: 1...container.count - start))
        case 2: container += NativePrimitives.randomBytes(count: Int.random(in: 1...100_000))
        case 3 where chunks > 0:
            let first = start + Int.random(in: 0..<chunks) * sealedChunk
            container.removeSubrange(first..<first + sealedChunk)
        case 4 where chunks > 1:
            for index in start..<start + sealedChunk {
                container.swapAt(index, index + sealedChunk)
            }
        default: container.removeLast()
        }
    }

    @Test func aChunkFlaggedAsLastTooEarlyIsReleasedAndNamed() throws {
        // One payload after another's last chunk: the first is authentic to its end.
        let plaintext = NativePrimitives.randomBytes(count: 3 * Self.segment)
        let container = try sealed(plaintext) + [UInt8](repeating: 7, count: Self.segment)
        let opened = try openParallel(MemorySource(container), [identity])
        #expect(opened == Opened(released: plaintext, error: .trailingData))
    }

    @Test func anErrorOfTheSourceComesAfterWhatWasReadBefore() throws {
        var source = FailingSource(after: 2 * Self.segment)
        var sink = MemorySink()
        #expect(throws: ContainerError.self) {
            try ContainerSealing(to: [identity.recipient]).run(&source, into: &sink)
        }
    }

    @Test func aSinkThatFailsEndsTheWork() throws {
        var source = MemorySource(NativePrimitives.randomBytes(count: 20 * Self.segment))
        var sink = FailingSink(after: 3)
        #expect(throws: ContainerError.self) {
            try ContainerSealing(to: [identity.recipient]).run(&source, into: &sink)
        }
        #expect(sink.writes == 3)
    }

    @Test func progressRisesToTheWholeLength() throws {
        let length = 7 * Self.segment + 5
        var source = MemorySource([UInt8](repeating: 1, count: length))
        var sink = MemorySink()
        var seen: [Int] = []
        try ContainerSealing(to: [identity.recipient]).run(&source, into: &sink) { seen.append($0) }
        #expect(seen == seen.sorted())
        #expect(seen.last == length)
    }

    private func sealed(_ plaintext: [UInt8]) throws -> [UInt8] {
        let container = try SealedContainer.sealing(
            plaintext.span, to: [identity.recipient], with: NativePrimitives.self)
        return container.header + container.payload
    }
}

private struct FailingSource: ~Copyable, ByteSource {
    private var left: Int

    init(after count: Int) { left = count }

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int {
        guard left > 0 else { throw FileError("read", "a source that fails", code: 5) }
        let count = min(left, buffer.count)
        left -= count
        return count
    }
}

private struct FailingSink: ~Copyable, ByteSink {
    private let limit: Int
    private(set) var writes = 0

    init(after count: Int) { limit = count }

    mutating func write(_ bytes: Span<UInt8>) throws(FileError) {
        guard writes < limit else { throw FileError("write", "a sink that fails", code: 28) }
        writes += 1
    }
}
