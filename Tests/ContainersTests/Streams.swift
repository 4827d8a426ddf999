import Containers
import DurableFiles
import Foundation
import NativePrimitives
import Opening
import Sealing

/// Bytes in memory, read in pieces of random size.
struct MemorySource: ~Copyable, ByteSource {
    private let bytes: [UInt8]
    private let mostAtOnce: Int
    private var position = 0

    init(_ bytes: [UInt8], mostAtOnce: Int = 100_000) {
        self.bytes = bytes
        self.mostAtOnce = mostAtOnce
    }

    mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FileError) -> Int {
        let most = min(buffer.count, bytes.count - position)
        guard most > 0 else { return 0 }
        let count = min(most, Int.random(in: 1...mostAtOnce))
        buffer.write(bytes.span.extracting(position..<position + count), at: 0)
        position += count
        return count
    }
}

/// What was written, in memory.
struct MemorySink: ~Copyable, ByteSink {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ piece: Span<UInt8>) throws(FileError) {
        bytes.append(copying: piece)
    }
}

/// A pipe that another thread fills with `bytes`.
func pipe(carrying bytes: [UInt8]) throws -> OpenFile {
    var ends: [Int32] = [0, 0]
    precondition(unsafe Foundation.pipe(&ends) == 0, "no pipe")
    let (readEnd, writeEnd) = (ends[0], ends[1])
    // A thread of its own: the tests' threads may all be waiting for such pipes.
    Thread.detachNewThread {
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe write(writeEnd, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count <= 0 { break }
            done += count
        }
        close(writeEnd)
    }
    defer { close(readEnd) }
    return try OpenFile(reading: "/proc/self/fd/\(readEnd)")
}

/// What came of opening one container, by one road.
struct Opened: Equatable, CustomStringConvertible {
    var released: [UInt8]
    var error: OpeningError?

    var description: String {
        "\(released.count) bytes, \(error.map { "\($0)" } ?? "whole")"
    }
}

/// Opens by the road of the programs: threads, segments.
func openParallel<Source: ByteSource & ~Copyable>(
    _ source: consuming Source, _ identities: [Identity<NativePrimitives>],
    passphrase: String? = nil
) throws -> Opened {
    var sink = MemorySink()
    do {
        let opening = try ContainerOpening(
            source, with: { identities },
            passphrase: { Secret(copying: Array((passphrase ?? "").utf8).span) })
        try opening.run(into: &sink)
        return Opened(released: sink.bytes, error: nil)
    } catch ContainerError.opening(let error) {
        return Opened(released: sink.bytes, error: error)
    }
}

/// Opens by the reference road: one thread, pieces of random size.
func openSerial(_ container: [UInt8], _ identity: Identity<NativePrimitives>) -> Opened {
    var plaintext: [UInt8] = []
    do throws(OpeningError) {
        let header: Header
        let start: Int
        do throws(HeaderError) {
            (header, start) = try Header.parse(container.span)
        } catch {
            throw .header(error)
        }
        var opener = PayloadOpener(fileKey: try header.unwrap(with: [identity]))
        var position = start
        while position < container.count {
            let end = min(position + Int.random(in: 1...200_000), container.count)
            try opener.update(container.span.extracting(position..<end), into: &plaintext)
            position = end
        }
        try opener.finish(into: &plaintext)
        return Opened(released: plaintext, error: nil)
    } catch {
        return Opened(released: plaintext, error: error)
    }
}
